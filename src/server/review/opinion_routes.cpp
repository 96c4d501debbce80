#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "call_json.h"
#include "review_json.h"
#include "review_reply.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCreated = 201;
constexpr double kMsPerS = 1000.0;
constexpr double kLongestCallS = 1e6;
constexpr TextRule kVerdict{.least_bytes = 1, .most_bytes = 20};
constexpr TextRule kNoteText{.least_bytes = 1, .most_bytes = kLongestNote, .lines = true};

std::string target_of(std::int64_t call_id) { return fmt::format("call/{}", call_id); }

Result<std::optional<CueVerdict>> read_verdict(JsonFields& fields) {
  const auto word = fields.nullable_text("verdict", kVerdict);
  if (auto ok = fields.result(); !ok) return tl::unexpected(ok.error());
  if (!word) return std::nullopt;
  const auto verdict = find_cue_verdict(*word);
  if (verdict) return verdict;
  return failure(ErrorCode::invalid_argument, R"("verdict" must be right, wrong, unsure or null)");
}

HttpReply give_verdict(ReviewDesk& desk, const ReviewRequest& request) {
  const auto cue = path_id(request);
  if (!cue) return not_found_reply();
  JsonFields fields(request.http.body);
  const auto verdict = read_verdict(fields);
  if (!verdict) return failure_reply(desk, verdict.error());
  const auto call = desk.reviews.call_of_cue(request.viewer.scope, *cue);
  if (!call) return failure_reply(desk, call.error());
  const std::int64_t person = request.viewer.person_id();
  if (const auto ok = desk.reviews.give_verdict(request.viewer.scope, person, *cue, *verdict);
      !ok) {
    return failure_reply(desk, ok.error());
  }
  const std::string what =
      fmt::format("cue {}: {}", *cue, *verdict ? name(**verdict) : "taken back");
  if (const auto ok = audit(desk, request, "verdict.give", target_of(*call), what); !ok) {
    return failure_reply(desk, ok.error());
  }
  const auto all = desk.reviews.verdicts(*call);
  if (!all) return failure_reply(desk, all.error());
  return json_reply({{"verdicts", verdicts_json(*all, *cue, person, VerdictsTold::after_own)}});
}

HttpReply set_reviewed(ReviewDesk& desk, const ReviewRequest& request) {
  const auto call = path_id(request);
  if (!call) return not_found_reply();
  JsonFields fields(request.http.body);
  const bool reviewed = fields.flag("reviewed");
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  if (const auto ok = desk.reviews.set_reviewed(request.viewer.scope, request.viewer.person_id(),
                                                *call, reviewed);
      !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok =
          audit(desk, request, "call.review", target_of(*call), reviewed ? "yes" : "no");
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

// What a note says stays out of the log: it goes when the call goes.

HttpReply add_note(ReviewDesk& desk, const ReviewRequest& request) {
  const auto call = path_id(request);
  if (!call) return not_found_reply();
  JsonFields fields(request.http.body);
  const auto at_s = fields.optional_number("at_s", 0.0, kLongestCallS);
  const std::string text = fields.text("text", kNoteText);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  std::optional<std::int64_t> at_ms;
  if (at_s) at_ms = std::llround(*at_s * kMsPerS);
  const std::int64_t person = request.viewer.person_id();
  const auto note = desk.reviews.add_note(request.viewer.scope, person, *call, at_ms, text);
  if (!note) return failure_reply(desk, note.error());
  if (const auto ok =
          audit(desk, request, "note.add", target_of(*call), fmt::format("note {}", note->id));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(note_json(*note, person), kCreated);
}

HttpReply change_note(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  JsonFields fields(request.http.body);
  const std::string text = fields.text("text", kNoteText);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  const std::int64_t person = request.viewer.person_id();
  const auto note = desk.reviews.change_note(person, *id, text);
  if (!note) return failure_reply(desk, note.error());
  if (const auto ok = audit(desk, request, "note.change", target_of(note->call_id),
                            fmt::format("note {}", *id));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(note_json(*note, person));
}

HttpReply remove_note(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  if (const auto ok = desk.reviews.remove_note(request.viewer.person_id(), *id); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "note.delete", fmt::format("note/{}", *id)); !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

constexpr std::array kRoutes = {
    Route{.method = "PUT",
          .path = "/api/cues/{cue}/verdict",
          .access = Access::supervisor,
          .answer = give_verdict,
          .summary = "Says whether a cue is right; tells what others said."},
    Route{.method = "PUT",
          .path = "/api/calls/{call}/reviewed",
          .access = Access::supervisor,
          .answer = set_reviewed,
          .summary = "Marks a call as reviewed by oneself, or takes it back."},
    Route{.method = "POST",
          .path = "/api/calls/{call}/notes",
          .access = Access::supervisor,
          .answer = add_note,
          .summary = "Writes a note, of the whole call or at a time in it."},
    Route{.method = "PUT",
          .path = "/api/notes/{note}",
          .access = Access::supervisor,
          .answer = change_note,
          .summary = "Changes the text of a note of one's own."},
    Route{.method = "DELETE",
          .path = "/api/notes/{note}",
          .access = Access::supervisor,
          .answer = remove_note,
          .summary = "Deletes a note of one's own."},
};

}  // namespace

std::span<const Route> opinion_routes() { return kRoutes; }

}  // namespace tonecue

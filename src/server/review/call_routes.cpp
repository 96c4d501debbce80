#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "call_entry_json.h"
#include "call_export.h"
#include "call_json.h"
#include "call_query.h"
#include "review_json.h"
#include "review_reply.h"
#include "team_in_scope.h"
#include "tonecue/core/iso_time.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr TextRule kDetail{.least_bytes = 0, .most_bytes = kLongestDetail};

constexpr std::string_view kView = "call.view";
constexpr std::string_view kPlay = "call.play";

std::string target_of(std::int64_t id) { return fmt::format("call/{}", id); }

// A machine has no session; it goes by its name.
std::string same_look(const ReviewRequest& request, std::string_view action, std::int64_t id) {
  const Viewer& viewer = request.viewer;
  return fmt::format("{} {} {}", action, id,
                     viewer.session_key.empty() ? viewer.who : viewer.session_key);
}

// Once per session, call and hour: what a page asks for by many requests.
Result<void> audit_once(ReviewDesk& desk, const ReviewRequest& request, std::string_view action,
                        std::int64_t id) {
  const std::string look = same_look(request, action, id);
  if (!desk.looks.first(look, request.now_unix_ms)) return {};
  auto done = audit(desk, request, action, target_of(id));
  if (!done) desk.looks.forget(look);
  return done;
}

// From now on what was the agent's alone is others' to see as well. Of a call that goes on they
// have not seen all.
Result<void> mark_seen(ReviewDesk& desk, const ReviewRequest& request, const CallEntry& entry) {
  const auto& person = request.viewer.person;
  const bool own = person && !person->agent.empty() && person->agent == entry.details.agent;
  if (!own || entry.state == CallState::open) return {};
  return desk.calls.mark_seen_by_agent(entry.id);
}

Result<ReviewedCall> load(ReviewDesk& desk, const ReviewRequest& request, std::int64_t id) {
  ReviewedCall call;
  auto kept = desk.calls.load(request.viewer.scope, id);
  if (!kept) return tl::unexpected(kept.error());
  auto verdicts = desk.reviews.verdicts(id);
  if (!verdicts) return tl::unexpected(verdicts.error());
  auto notes = desk.reviews.notes(id);
  if (!notes) return tl::unexpected(notes.error());
  call.kept = std::move(*kept);
  call.verdicts = std::move(*verdicts);
  call.notes = std::move(*notes);
  return call;
}

HttpReply show_call(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const auto call = load(desk, request, *id);
  if (!call) return failure_reply(desk, call.error());
  if (const auto ok = audit(desk, request, kView, target_of(*id)); !ok) {
    return failure_reply(desk, ok.error());
  }
  desk.looks.first(same_look(request, kView, *id), request.now_unix_ms);
  if (const auto ok = mark_seen(desk, request, call->kept.entry); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(call_json(*call, request.viewer.person_id()));
}

HttpReply show_track(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const auto call = desk.calls.load(request.viewer.scope, *id);
  if (!call) return failure_reply(desk, call.error());
  if (const auto ok = audit_once(desk, request, kView, *id); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(track_json(call->report));
}

HttpReply no_sound() { return error_reply(kNotFound, "no sound of this call is kept"); }

HttpReply play(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const auto recording = desk.calls.recording(request.viewer.scope, *id);
  if (!recording) return failure_reply(desk, recording.error());
  auto path = *recording ? recording_file(**recording, desk.store.folder()) : std::nullopt;
  if (!path) return no_sound();
  if (const auto ok = audit_once(desk, request, kPlay, *id); !ok) {
    return failure_reply(desk, ok.error());
  }
  return FileResponse{.path = std::move(*path), .type = "audio/flac"};
}

// What is left out would be missed by nobody who reads the file later.
HttpReply agent_first(const CallEntry& entry) {
  return error_reply(kConflict,
                     fmt::format("the agent sees this call first; it can be exported once they "
                                 "have opened it, or from {}",
                                 iso_time(*entry.conduct_from_unix_ms)));
}

HttpReply export_call(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  const auto form = find_export_form(request.path_values.at(1));
  if (!id || !form) return not_found_reply();
  const auto call = desk.calls.load(request.viewer.scope, *id);
  if (!call) return failure_reply(desk, call.error());
  if (call->entry.conduct_from_unix_ms && form != ExportForm::flac) return agent_first(call->entry);
  auto reply = export_reply(*call, *form, desk.store.folder());
  if (!reply) return no_sound();
  if (const auto ok =
          audit(desk, request, "call.export", target_of(*id), request.path_values.at(1));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return std::move(*reply);
}

HttpReply next_call(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const auto filter = read_call_filter(request.http.query);
  if (!filter) return failure_reply(desk, filter.error());
  const auto next = desk.calls.next(request.viewer.scope, *filter, *id);
  if (!next) return failure_reply(desk, next.error());
  return json_reply({{"id", *next ? Json(**next) : Json()}});
}

// What was and is is told by which fields: names need not stand in the log a second time.
std::string changed_fields(const CallDetails& before, const CallDetails& after) {
  std::string words;
  const auto compare = [&](std::string_view field, const std::string& was, const std::string& is) {
    if (was != is) words += fmt::format("{}{}", words.empty() ? "" : ", ", field);
  };
  compare("agent", before.agent, after.agent);
  compare("team", before.team, after.team);
  compare("queue", before.queue, after.queue);
  compare("caller_ref", before.caller_ref, after.caller_ref);
  compare("consent_ref", before.consent_ref, after.consent_ref);
  return words;
}

HttpReply change_call(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const Scope& scope = request.viewer.scope;
  const auto entry = desk.calls.entry(scope, *id);
  if (!entry) return failure_reply(desk, entry.error());
  CallDetails details = entry->details;
  JsonFields fields(request.http.body);
  details.agent = fields.optional_text("agent", kDetail).value_or(details.agent);
  details.team = fields.optional_text("team", kDetail).value_or(details.team);
  details.queue = fields.optional_text("queue", kDetail).value_or(details.queue);
  details.caller_ref = fields.optional_text("caller_ref", kDetail).value_or(details.caller_ref);
  details.consent_ref = fields.optional_text("consent_ref", kDetail).value_or(details.consent_ref);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  // Under another name what is the agent's to see first would be everybody's at once.
  if (entry->conduct_from_unix_ms && details.agent != entry->details.agent) {
    return error_reply(kConflict,
                       fmt::format("the agent sees this call first; the name can be changed once "
                                   "they have opened it, or from {}",
                                   iso_time(*entry->conduct_from_unix_ms)));
  }
  auto team = team_in_scope(scope, details.team);
  if (!team) return failure_reply(desk, team.error());
  details.team = std::move(*team);
  if (const auto ok = desk.calls.change_details(scope, *id, details); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "call.change", target_of(*id),
                            changed_fields(entry->details, details));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  const auto after = desk.calls.entry(scope, *id);
  if (!after) return failure_reply(desk, after.error());
  return json_reply(call_entry_json(*after));
}

HttpReply delete_call(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  if (const auto ok = desk.calls.remove(request.viewer.scope, *id); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "call.delete", target_of(*id)); !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/calls/{call}",
          .token_right = TokenRight::read,
          .answer = show_call,
          .summary = "One call: what was found, why, and what people say of it."},
    Route{.method = "GET",
          .path = "/api/calls/{call}/track",
          .token_right = TokenRight::read,
          .answer = show_track,
          .summary = "Both voices ten times a second, for drawing."},
    Route{.method = "GET",
          .path = "/api/calls/{call}/audio",
          .token_right = TokenRight::read,
          .answer = play,
          .summary = "The sound, to play: FLAC, left the agent, right the customer."},
    Route{.method = "GET",
          .path = "/api/calls/{call}/export/{form}",
          .token_right = TokenRight::read,
          .answer = export_call,
          .summary = "The call as a file to take away."},
    Route{.method = "GET",
          .path = "/api/calls/{call}/next",
          .token_right = TokenRight::read,
          .answer = next_call,
          .summary = "The call after this one in a list."},
    Route{.method = "PATCH",
          .path = "/api/calls/{call}",
          .access = Access::supervisor,
          .answer = change_call,
          .summary = "Changes what is known of a call beside its sound."},
    Route{.method = "DELETE",
          .path = "/api/calls/{call}",
          .access = Access::admin,
          .answer = delete_call,
          .summary = "Deletes a call, all that hangs on it, and its recording."},
};

}  // namespace

std::span<const Route> call_routes() { return kRoutes; }

}  // namespace tonecue

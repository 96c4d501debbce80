#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "call_json.h"
#include "review_reply.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/store/data_age.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kNotFound = 404;

Json time_or_null(const std::optional<std::int64_t>& unix_ms) {
  return unix_ms ? Json(iso_time(*unix_ms)) : Json();
}

Json kept_json(std::string_view kind, int days, const DataStock& stock) {
  return {{"kind", kind},
          {"days", days > 0 ? Json(days) : Json()},
          {"count", stock.count},
          {"oldest", time_or_null(stock.oldest_unix_ms)}};
}

HttpReply privacy(ReviewDesk& desk, const ReviewRequest& /*request*/) {
  const DataAge age(desk.store);
  const auto audio = age.audio();
  if (!audio) return failure_reply(desk, audio.error());
  const auto calls = age.calls();
  if (!calls) return failure_reply(desk, calls.error());
  const auto log = age.audit();
  if (!log) return failure_reply(desk, log.error());
  const Retention& retention = desk.config.retention;
  std::optional<std::int64_t> last_run;
  if (desk.actions.last_retention_unix_ms) last_run = desk.actions.last_retention_unix_ms();
  return json_reply({{"keeps_audio", desk.config.keeps_audio},
                     {"require_notice", desk.config.require_notice},
                     {"agent_first_h", desk.config.agent_first_h},
                     {"retention",
                      {kept_json("audio", retention.audio_days, *audio),
                       kept_json("calls", retention.calls_days, *calls),
                       kept_json("audit", retention.audit_days, *log)}},
                     {"last_run", time_or_null(last_run)}});
}

std::string target_of(std::string_view caller_ref) { return fmt::format("caller/{}", caller_ref); }

// A call that is deleted meanwhile is no longer the caller's either.
Result<Json> all_of_caller(ReviewDesk& desk, const ReviewRequest& request,
                           const std::vector<std::int64_t>& ids) {
  Json calls = Json::array();
  for (const std::int64_t id : ids) {
    auto kept = desk.calls.load(request.viewer.scope, id);
    if (!kept && kept.error().code == ErrorCode::not_found) continue;
    if (!kept) return tl::unexpected(kept.error());
    auto verdicts = desk.reviews.verdicts(id);
    if (!verdicts) return tl::unexpected(verdicts.error());
    auto notes = desk.reviews.notes(id);
    if (!notes) return tl::unexpected(notes.error());
    const ReviewedCall call{
        .kept = std::move(*kept), .verdicts = std::move(*verdicts), .notes = std::move(*notes)};
    calls.push_back(call_json(call, request.viewer.person_id(), VerdictsTold::all));
  }
  return calls;
}

HttpReply export_caller(ReviewDesk& desk, const ReviewRequest& request) {
  const std::string& ref = request.path_values.at(0);
  const auto ids = desk.calls.calls_of_caller(request.viewer.scope, ref);
  if (!ids) return failure_reply(desk, ids.error());
  if (ids->empty()) return error_reply(kNotFound, "nothing is kept of this caller");
  auto calls = all_of_caller(desk, request, *ids);
  if (!calls) return failure_reply(desk, calls.error());
  if (const auto ok = audit(desk, request, "caller.export", target_of(ref),
                            fmt::format("{} calls", calls->size()));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  HttpResponse reply = json_reply({{"caller_ref", ref},
                                   {"exported_at", iso_time(request.now_unix_ms)},
                                   {"calls", std::move(*calls)}});
  reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"caller.json\"");
  return reply;
}

// What went is told and written down also when the rest could not go: asked again, it goes on.
HttpReply remove_caller(ReviewDesk& desk, const ReviewRequest& request) {
  const std::string& ref = request.path_values.at(0);
  const auto ids = desk.calls.calls_of_caller(request.viewer.scope, ref);
  if (!ids) return failure_reply(desk, ids.error());
  std::int64_t removed = 0;
  std::optional<Error> failed;
  for (const std::int64_t id : *ids) {
    const auto gone = desk.calls.remove(request.viewer.scope, id);
    if (gone) ++removed;
    if (!gone && gone.error().code != ErrorCode::not_found) failed = gone.error();
  }
  const std::string what =
      fmt::format("{} calls{}", removed, failed ? "; not all could be deleted" : "");
  if (const auto ok = audit(desk, request, "caller.delete", target_of(ref), what); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (failed) return failure_reply(desk, *failed);
  return json_reply({{"removed", removed}});
}

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/privacy",
          .answer = privacy,
          .summary = "What is kept, how long, and by which rules."},
    Route{.method = "GET",
          .path = "/api/callers/{ref}/export",
          .access = Access::admin,
          .answer = export_caller,
          .summary = "All that is kept of one caller."},
    Route{.method = "DELETE",
          .path = "/api/callers/{ref}",
          .access = Access::admin,
          .answer = remove_caller,
          .summary = "Deletes all calls of one caller."},
};

}  // namespace

std::span<const Route> privacy_routes() { return kRoutes; }

}  // namespace tonecue

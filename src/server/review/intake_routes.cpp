#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "review_reply.h"
#include "team_in_scope.h"
#include "tonecue/report/rounded.h"
#include "upload_query.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kAccepted = 202;

// A machine that hands in sees nothing, but may be told for which teams it does.
Scope scope_of_sender(const Viewer& viewer) {
  if (!viewer.token) return viewer.scope;
  if (viewer.token->teams.empty()) return {.reach = Scope::Reach::everything};
  return {.reach = Scope::Reach::teams, .teams = viewer.token->teams};
}

HttpReply take_recording(ReviewDesk& desk, const ReviewRequest& request) {
  auto file = read_upload_query(request.http.query, request.now_unix_ms);
  if (!file) return failure_reply(desk, file.error());
  auto team = team_in_scope(scope_of_sender(request.viewer), file->details.team);
  if (!team) return failure_reply(desk, team.error());
  const auto& upload = request.http.upload;
  if (!upload || upload->size_bytes() == 0) {
    return failure_reply(desk, {ErrorCode::invalid_argument, "the recording is empty"});
  }
  file->details.team = std::move(*team);
  file->path = upload->path().string();
  file->by = request.viewer.who;
  const auto job = desk.actions.submit(*file);
  if (!job) return failure_reply(desk, job.error());
  upload->keep();
  if (const auto ok =
          audit(desk, request, "call.upload", fmt::format("job/{}", *job),
                fmt::format("{} bytes, sha256 {}", upload->size_bytes(), upload->sha256()));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"job", *job}}, kAccepted);
}

// Of content that was there before, in a call of another team, only that is told.
Json visible_call(ReviewDesk& desk, const ReviewRequest& request, const IntakeJob& job) {
  if (!job.call_id || !desk.calls.entry(request.viewer.scope, *job.call_id)) return {};
  return *job.call_id;
}

Json job_json(ReviewDesk& desk, const ReviewRequest& request, const IntakeJob& job) {
  return {{"id", job.id},
          {"name", job.name},
          {"state", name(job.state)},
          {"progress", thousandths(job.progress)},
          {"call", visible_call(desk, request, job)},
          {"error", job.error}};
}

// Names of files are others' affair: everybody sees their own jobs, an admin all.
HttpReply list_jobs(ReviewDesk& desk, const ReviewRequest& request) {
  const bool all = request.viewer.person && request.viewer.person->role == Role::admin;
  Json jobs = Json::array();
  for (const IntakeJob& job : desk.actions.jobs()) {
    if (all || job.by == request.viewer.who) jobs.push_back(job_json(desk, request, job));
  }
  return json_reply({{"jobs", std::move(jobs)}});
}

constexpr std::array kRoutes = {
    Route{.method = "POST",
          .path = "/api/calls",
          .access = Access::supervisor,
          .token_right = TokenRight::upload,
          .answer = take_recording,
          .summary = "Hands in a recording to be analysed.",
          .body = RouteBody::file},
    Route{.method = "GET",
          .path = "/api/jobs",
          .access = Access::supervisor,
          .answer = list_jobs,
          .summary = "What became of recordings that were handed in."},
};

}  // namespace

std::span<const Route> intake_routes() { return kRoutes; }

}  // namespace tonecue

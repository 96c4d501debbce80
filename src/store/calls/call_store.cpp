#include "tonecue/store/call_store.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "store/calls/abandoned_calls.h"
#include "store/calls/call_rows.h"
#include "store/calls/details_check.h"
#include "store/calls/recording_path.h"
#include "store/database/store_impl.h"
#include "store/list/call_filter_sql.h"
#include "store/list/call_list_entry.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> no_call(std::int64_t id) {
  return failure(ErrorCode::not_found, fmt::format("there is no call {}", id));
}

// The agent's side, as long as it is the agent's alone.
void leave_out_agent(KeptCall& call) {
  CallReport& report = call.report;
  std::vector<std::int64_t> cue_ids;
  for (std::size_t i = 0; i < report.cues.size(); ++i) {
    if (report.cues[i].party != Party::agent) cue_ids.push_back(call.cue_ids[i]);
  }
  call.cue_ids = std::move(cue_ids);
  std::erase_if(report.cues, [](const Cue& cue) { return cue.party == Party::agent; });
  std::erase_if(report.alerts, [](const AlertRecord& a) { return a.party == Party::agent; });
  std::erase_if(report.overlaps, [](const Overlap& o) { return o.starter == Party::agent; });
  report.parties.agent = {};
  report.usual.agent.reset();
  report.usual_ready_at_ms.agent.reset();
  report.talk.agent_overtalk_incidents = 0;
}

Result<CallMakers> read_makers(Connection& connection, std::int64_t id) {
  Statement row = connection.prepare(
      "SELECT program, toml FROM calls JOIN settings ON settings.id = settings_id"
      " WHERE calls.id = ?1");
  row.bind_all(id);
  CallMakers makers;
  if (row.step()) {
    makers = {.program_version = std::string(row.text(0)),
              .settings_toml = std::string(row.text(1))};
  }
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return makers;
}

Result<std::optional<KeptRecording>> read_recording(Connection& connection, std::int64_t id) {
  Statement row =
      connection.prepare("SELECT path, sha256, size_bytes FROM recordings WHERE call_id = ?1");
  row.bind_all(id);
  std::optional<KeptRecording> recording;
  // A path that somebody has put there leads nowhere.
  if (row.step() && is_recording_path(row.text(0), id)) {
    recording = KeptRecording{.path = std::string(row.text(0)),
                              .sha256 = std::string(row.text(1)),
                              .size_bytes = row.integer(2)};
  }
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return recording;
}

// Changes one row of a call, and says when there is none.
Result<void> run_on_call(std::int64_t id, Statement& change, WriteTransaction& writing) {
  if (auto ok = change.run(); !ok) return ok;
  if (writing.connection().changes() == 0) return no_call(id);
  return writing.commit();
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return failure(ErrorCode::unwritable,
                 fmt::format("cannot remove {}: {}; the call stays, try again", path,
                             std::generic_category().message(errno)));
}

}  // namespace

Result<CallEntry> CallStore::entry(const Scope& scope, std::int64_t id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return read_call_entry(*reading, scope, agent_first(agent_first_h_), id);
}

Result<KeptCall> CallStore::load(const Scope& scope, std::int64_t id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  auto entry = read_call_entry(*reading, scope, agent_first(agent_first_h_), id);
  if (!entry) return tl::unexpected(entry.error());
  Connection& connection = reading->connection();
  KeptCall call{.entry = std::move(*entry)};
  auto report = read_report(connection, id, call.cue_ids);
  if (!report) return tl::unexpected(report.error());
  call.report = std::move(*report);
  auto makers = read_makers(connection, id);
  if (!makers) return tl::unexpected(makers.error());
  call.makers = std::move(*makers);
  auto recording = read_recording(connection, id);
  if (!recording) return tl::unexpected(recording.error());
  call.recording = std::move(*recording);
  if (call.entry.conduct_from_unix_ms) leave_out_agent(call);
  return call;
}

Result<std::optional<KeptRecording>> CallStore::recording(const Scope& scope,
                                                          std::int64_t id) const {
  if (auto there = entry(scope, id); !there) return tl::unexpected(there.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return read_recording(reading->connection(), id);
}

Result<void> CallStore::end_abandoned(std::int64_t now_unix_ms) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  if (auto ok = end_abandoned_calls(writing->connection(), now_unix_ms); !ok) return ok;
  return writing->commit();
}

Result<void> CallStore::change_details(const Scope& scope, std::int64_t id,
                                       const CallDetails& details) {
  if (auto ok = validate(details); !ok) return ok;
  if (auto there = entry(scope, id); !there) return tl::unexpected(there.error());
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  // Another agent has not seen it.
  Statement change = writing->prepare(
      "UPDATE calls SET agent_seen = agent_seen AND agent = ?2, agent = ?2, team = ?3, queue = ?4,"
      " caller_ref = ?5, consent_ref = ?6 WHERE id = ?1");
  change.bind_all(id, details.agent, details.team, details.queue, details.caller_ref,
                  details.consent_ref);
  return run_on_call(id, change, *writing);
}

Result<void> CallStore::mark_seen_by_agent(std::int64_t id) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  Statement change = writing->prepare("UPDATE calls SET agent_seen = 1 WHERE id = ?1");
  change.bind_all(id);
  return run_on_call(id, change, *writing);
}

Result<void> CallStore::keep_recording(std::int64_t id, const KeptRecording& recording) {
  if (!is_recording_path(recording.path, id)) {
    return failure(
        ErrorCode::invalid_argument,
        fmt::format("the recording of call {0} must lie at recordings/YYYY/MM/{0}.flac", id));
  }
  if (!is_sha256(recording.sha256) || recording.size_bytes <= 0) {
    return failure(ErrorCode::invalid_argument,
                   "a recording is kept with its sha256, 64 lower-case hex digits, and its size");
  }
  const fs::path file = fs::path(store_->folder()) / recording.path;
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(file, error))) {
    return failure(ErrorCode::not_found, file.string() + " is not there, or no file");
  }
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  Statement insert = writing->prepare(
      "INSERT OR REPLACE INTO recordings (call_id, path, sha256, size_bytes)"
      " SELECT id, ?2, ?3, ?4 FROM calls WHERE id = ?1");
  insert.bind_all(id, recording.path, recording.sha256, recording.size_bytes);
  return run_on_call(id, insert, *writing);
}

// The file first: what was to be forgotten must not stay because the program ended in between.
Result<void> CallStore::remove(const Scope& scope, std::int64_t id) {
  if (auto there = entry(scope, id); !there) return tl::unexpected(there.error());
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  auto recording = read_recording(writing->connection(), id);
  if (!recording) return tl::unexpected(recording.error());
  Statement remove = writing->prepare("DELETE FROM calls WHERE id = ?1");
  remove.bind_all(id);
  if (auto ok = remove.run(); !ok) return ok;
  if (writing->connection().changes() == 0) return no_call(id);
  if (*recording) {
    const fs::path file = fs::path(store_->folder()) / (*recording)->path;
    if (auto ok = remove_file(file.string()); !ok) return ok;
  }
  return writing->commit();
}

Result<std::vector<std::int64_t>> CallStore::calls_of_caller(const Scope& scope,
                                                             std::string_view caller_ref) const {
  if (caller_ref.empty()) return std::vector<std::int64_t>{};
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  auto filter = CallFilterSql::of_scope(scope, 0);
  Statement rows = reading->prepare("SELECT id FROM calls WHERE " + filter.where() +
                                    " AND caller_ref = ? ORDER BY id");
  filter.bind(rows);
  rows.bind(rows.places(), caller_ref);
  std::vector<std::int64_t> ids;
  while (rows.step()) ids.push_back(rows.integer(0));
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return ids;
}

}  // namespace tonecue

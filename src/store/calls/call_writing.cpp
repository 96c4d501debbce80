#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "store/calls/call_figures.h"
#include "store/calls/call_rows.h"
#include "store/codec/evidence_text.h"
#include "store/codec/stretch_codec.h"
#include "store/codec/trace_codec.h"
#include "store/database/stored_values.h"
#include "store/review/call_numbers.h"
#include "tonecue/model/sha256.h"

namespace tonecue {
namespace {

constexpr std::int64_t kStretchChunkMs = 600'000;

std::size_t hash_of(std::string_view bytes) { return std::hash<std::string_view>{}(bytes); }

class RowWriter {
 public:
  RowWriter(Connection& connection, std::int64_t id, StoredRows& rows)
      : connection_(&connection), id_(id), rows_(&rows) {}

  Result<void> write_cues(const std::vector<Cue>& cues);
  Result<void> write_alerts(const std::vector<AlertRecord>& alerts);
  Result<void> write_stretches(const CallReport& report);
  Result<void> write_traces(const CallReport& report, Extent extent);

 private:
  Result<StoredCue> insert_cue(const Cue& cue, std::string evidence);
  Result<void> change_cue(const StoredCue& cue);
  Result<void> remove_cue(std::int64_t cue_id);
  Result<void> write_alert(std::size_t number, const AlertRecord& alert);
  Result<void> write_trace(Party party, std::size_t chunk, std::span<const TrackPoint> points);

  Connection* connection_;
  std::int64_t id_;
  StoredRows* rows_;
};

// --- Cues

Result<StoredCue> RowWriter::insert_cue(const Cue& cue, std::string evidence) {
  Statement insert = connection_->prepare(
      "INSERT INTO cues (call_id, kind, party, start_ms, end_ms, raised_ms, confidence, evidence)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  insert.bind_all(id_, stored(cue.kind), stored(cue.party), cue.start_ms, cue.end_ms,
                  cue.raised_at_ms, cue.confidence, evidence);
  if (auto ok = insert.run(); !ok) return tl::unexpected(ok.error());
  return StoredCue{.id = connection_->last_insert_id(),
                   .start_ms = cue.start_ms,
                   .end_ms = cue.end_ms,
                   .confidence = cue.confidence,
                   .evidence = std::move(evidence)};
}

Result<void> RowWriter::change_cue(const StoredCue& cue) {
  Statement change = connection_->prepare(
      "UPDATE cues SET start_ms = ?2, end_ms = ?3, confidence = ?4, evidence = ?5 WHERE id = ?1");
  change.bind_all(cue.id, cue.start_ms, cue.end_ms, cue.confidence, cue.evidence);
  return change.run();
}

Result<void> RowWriter::remove_cue(std::int64_t cue_id) {
  Statement remove = connection_->prepare("DELETE FROM cues WHERE id = ?1");
  remove.bind_all(cue_id);
  return remove.run();
}

Result<void> RowWriter::write_cues(const std::vector<Cue>& cues) {
  std::map<StoredRows::CueKey, int> seen;  // How many of this kind, party and moment.
  std::map<StoredRows::CueKey, StoredCue> now;
  for (const Cue& cue : cues) {
    const int before = seen[{cue.kind, cue.party, cue.raised_at_ms, 0}]++;
    const StoredRows::CueKey key{cue.kind, cue.party, cue.raised_at_ms, before};
    std::string evidence = evidence_text(cue.evidence);
    auto known = rows_->cues.extract(key);
    if (known.empty()) {
      auto inserted = insert_cue(cue, std::move(evidence));
      if (!inserted) return tl::unexpected(inserted.error());
      now.emplace(key, std::move(*inserted));
      continue;
    }
    StoredCue& old = known.mapped();
    const bool same = old.start_ms == cue.start_ms && old.end_ms == cue.end_ms &&
                      old.confidence == cue.confidence && old.evidence == evidence;
    if (!same) {
      old = {old.id, cue.start_ms, cue.end_ms, cue.confidence, std::move(evidence)};
      if (auto ok = change_cue(old); !ok) return ok;
    }
    now.insert(std::move(known));
  }
  for (const auto& [key, gone] : rows_->cues) {
    if (auto ok = remove_cue(gone.id); !ok) return ok;
  }
  rows_->cues = std::move(now);
  return {};
}

// --- Alerts

bool same(const AlertRecord& a, const AlertRecord& b) {
  const auto answer = [](const AlertRecord& alert) {
    return std::tuple(alert.answer.has_value(), alert.answer.value_or(AlertAnswer{}).answer,
                      alert.answer.value_or(AlertAnswer{}).snooze_min,
                      alert.answer.value_or(AlertAnswer{}).at_ms);
  };
  const auto all = [](const AlertRecord& alert) {
    return std::tie(alert.at_ms, alert.cue, alert.party, alert.text, alert.delivery, alert.id,
                    alert.escalation, alert.raised_at_ms, alert.confidence);
  };
  return all(a) == all(b) && answer(a) == answer(b);
}

Result<void> RowWriter::write_alert(std::size_t number, const AlertRecord& alert) {
  Statement insert = connection_->prepare(
      "INSERT OR REPLACE INTO alerts (call_id, number, at_ms, kind, party, text, delivery,"
      " alert_id, escalation, answer, snooze_min, answered_ms, raised_ms, confidence)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
  std::optional<std::int64_t> answer;
  if (alert.answer) answer = stored(alert.answer->answer);
  const AlertAnswer said = alert.answer.value_or(AlertAnswer{});
  insert.bind_all(id_, static_cast<std::int64_t>(number), alert.at_ms, stored(alert.cue),
                  stored(alert.party), alert.text, stored(alert.delivery), alert.id,
                  alert.escalation, answer, said.snooze_min, said.at_ms, alert.raised_at_ms,
                  alert.confidence);
  return insert.run();
}

Result<void> RowWriter::write_alerts(const std::vector<AlertRecord>& alerts) {
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    if (i < rows_->alerts.size() && same(alerts[i], rows_->alerts[i])) continue;
    if (auto ok = write_alert(i, alerts[i]); !ok) return ok;
  }
  if (alerts.size() < rows_->alerts.size()) {
    Statement rest = connection_->prepare("DELETE FROM alerts WHERE call_id = ?1 AND number >= ?2");
    rest.bind_all(id_, static_cast<std::int64_t>(alerts.size()));
    if (auto ok = rest.run(); !ok) return ok;
  }
  rows_->alerts = alerts;
  return {};
}

// --- Stretches

// What of a list by start lies in each chunk.
template <class T>
std::map<std::int64_t, std::vector<T>> by_chunk(const std::vector<T>& stretches) {
  std::map<std::int64_t, std::vector<T>> chunks;
  for (const T& one : stretches) {
    chunks[std::max<std::int64_t>(one.start_ms, 0) / kStretchChunkMs].push_back(one);
  }
  return chunks;
}

Result<void> RowWriter::write_stretches(const CallReport& report) {
  auto segments = by_chunk(report.segments);
  auto overlaps = by_chunk(report.overlaps);
  for (const auto& [chunk, some] : overlaps) segments.try_emplace(chunk);
  for (const auto& [chunk, some] : rows_->stretches) segments.try_emplace(chunk);
  for (const auto& [chunk, spoken] : segments) {
    const std::string said = encode_segments(spoken);
    const std::string both = encode_overlaps(overlaps[chunk]);
    const std::size_t hash = hash_of(said + both);
    const auto [known, added] = rows_->stretches.try_emplace(chunk, hash);
    if (!added && known->second == hash) continue;
    known->second = hash;
    Statement insert = connection_->prepare(
        "INSERT OR REPLACE INTO stretches (call_id, chunk, segments, overlaps)"
        " VALUES (?1, ?2, ?3, ?4)");
    insert.bind_all(id_, chunk, BlobView{said}, BlobView{both});
    if (auto ok = insert.run(); !ok) return ok;
  }
  return {};
}

// --- Traces

Result<void> RowWriter::write_trace(Party party, std::size_t chunk,
                                    std::span<const TrackPoint> points) {
  const std::string trace = encode_trace(points);
  const std::size_t hash = hash_of(trace);
  const auto [known, added] = rows_->traces.try_emplace({party, chunk}, hash);
  if (!added && known->second == hash) return {};
  known->second = hash;
  Statement insert = connection_->prepare(
      "INSERT OR REPLACE INTO traces (call_id, party, chunk, data) VALUES (?1, ?2, ?3, ?4)");
  insert.bind_all(id_, stored(party), static_cast<std::int64_t>(chunk), BlobView{trace});
  return insert.run();
}

Result<void> RowWriter::write_traces(const CallReport& report, Extent extent) {
  for (const Party party : kParties) {
    const std::span track(report.track[party]);
    std::size_t& points = rows_->points[party];
    if (track.size() < points) {
      Statement rest = connection_->prepare(
          "DELETE FROM traces WHERE call_id = ?1 AND party = ?2 AND chunk >= ?3");
      rest.bind_all(id_, stored(party), static_cast<std::int64_t>(track.size() / kTracePoints));
      if (auto ok = rest.run(); !ok) return ok;
      std::erase_if(rows_->traces, [&](const auto& known) {
        return known.first.first == party && known.first.second >= track.size() / kTracePoints;
      });
    }
    // The newest point that is stored may have been half a step.
    const std::size_t last = extent == Extent::whole ? 0 : std::min(points, track.size());
    const std::size_t unchanged = last == 0 ? 0 : last - 1;
    for (std::size_t chunk = unchanged / kTracePoints; chunk * kTracePoints < track.size();
         ++chunk) {
      const std::size_t begin = chunk * kTracePoints;
      const std::size_t count = std::min(kTracePoints, track.size() - begin);
      if (auto ok = write_trace(party, chunk, track.subspan(begin, count)); !ok) return ok;
    }
    points = track.size();
  }
  return {};
}

}  // namespace

Result<std::int64_t> settings_id_of(Connection& connection, const std::string& toml) {
  const std::string sha256 = sha256_hex(toml);
  Statement insert =
      connection.prepare("INSERT OR IGNORE INTO settings (sha256, toml) VALUES (?1, ?2)");
  insert.bind_all(sha256, toml);
  if (auto ok = insert.run(); !ok) return tl::unexpected(ok.error());
  Statement find = connection.prepare("SELECT id FROM settings WHERE sha256 = ?1");
  find.bind_all(sha256);
  const std::int64_t id = find.step() ? find.integer(0) : 0;
  if (auto ok = find.result(); !ok) return tl::unexpected(ok.error());
  return id;
}

Result<std::int64_t> insert_call(Connection& connection, const CallDetails& details,
                                 std::string_view program, std::int64_t settings_id,
                                 std::int64_t now_unix_ms) {
  // What a report fills begins empty: update_call() follows in the same transaction.
  Statement insert = connection.prepare(
      "INSERT INTO calls (started_ms, agent, team, queue, caller_ref, consent_ref, origin, source,"
      " content_sha256, program, settings_id, written_ms, state, file, duration_ms,"
      " sample_rate_hz, line_delay_ms, model, model_sha256, site_calibrated, distressed_s,"
      " judged_s, unknown_s, unknown_baseline_forming_s, unknown_too_little_voice_s,"
      " unknown_noisy_s, unknown_bleed_s, unknown_out_of_range_s, either_s, sum_s, both_s,"
      " overtalk_ratio, overtalk_incidents, agent_overtalk_incidents, non_talk_s,"
      " non_talk_incidents, need_customer, need_agent)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'open', '', 0, 0, 0, '', '', 0,"
      " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
  insert.bind_all(
      details.started_unix_ms, details.agent, details.team, details.queue, details.caller_ref,
      details.consent_ref, name(details.origin), details.source,
      details.content_sha256.empty() ? std::nullopt : std::optional(details.content_sha256),
      program, settings_id, now_unix_ms);
  if (auto ok = insert.run(); !ok) return tl::unexpected(ok.error());
  return connection.last_insert_id();
}

Result<void> update_call(Connection& connection, std::int64_t id, CallState state,
                         const CallReport& report, Extent extent, std::int64_t now_unix_ms,
                         StoredRows& rows) {
  const int places = call_figures_places();
  Statement update = connection.prepare(
      fmt::format("UPDATE calls SET {}, state = ?{}, written_ms = ?{} WHERE id = ?{}",
                  call_figures_update(), places + 1, places + 2, places + 3));
  bind_call_figures(update, report);
  update.bind(places + 1, name(state));
  update.bind(places + 2, now_unix_ms);
  update.bind(places + 3, id);
  if (auto ok = update.run(); !ok) return ok;
  if (connection.changes() == 0) {
    return failure(ErrorCode::not_found, fmt::format("call {} was removed meanwhile", id));
  }
  if (auto ok = write_parties(connection, id, report); !ok) return ok;
  if (auto ok = write_devices(connection, id, report); !ok) return ok;
  RowWriter writer(connection, id, rows);
  if (auto ok = writer.write_cues(report.cues); !ok) return ok;
  if (auto ok = writer.write_alerts(report.alerts); !ok) return ok;
  if (auto ok = writer.write_stretches(report); !ok) return ok;
  if (auto ok = writer.write_traces(report, extent); !ok) return ok;
  return state == CallState::open ? Result<void>() : count_call(connection, id);
}

}  // namespace tonecue

#include <fmt/format.h>

#include "store/calls/call_figures.h"
#include "store/calls/call_rows.h"
#include "store/codec/evidence_text.h"
#include "store/codec/stretch_codec.h"
#include "store/codec/trace_codec.h"
#include "store/database/stored_values.h"

namespace tonecue {
namespace {

class RowReader {
 public:
  RowReader(Connection& connection, std::int64_t id) : connection_(&connection), id_(id) {}

  Result<void> read_cues(std::vector<Cue>& cues, std::vector<std::int64_t>& ids);
  Result<void> read_alerts(std::vector<AlertRecord>& alerts);
  Result<void> read_stretches(CallReport& report);
  Result<void> read_traces(CallReport& report);

 private:
  Statement select(std::string_view sql) {
    Statement rows = connection_->prepare(sql);
    rows.bind_all(id_);
    return rows;
  }
  // Numbers that stand for nothing are kept in mind, and told once all is read.
  template <class T>
  T value_of(std::int64_t number) {
    const auto value = from_stored<T>(number);
    known_ = known_ && value.has_value();
    return value.value_or(T{});
  }
  Result<void> end(const Statement& rows) const {
    if (auto ok = rows.result(); !ok) return ok;
    if (known_) return {};
    return failure(ErrorCode::corrupt,
                   fmt::format("call {} has values that this tonecue does not know", id_));
  }

  Connection* connection_;
  std::int64_t id_;
  bool known_ = true;
};

Result<void> RowReader::read_cues(std::vector<Cue>& cues, std::vector<std::int64_t>& ids) {
  Statement rows = select(
      "SELECT id, kind, party, start_ms, end_ms, raised_ms, confidence, evidence FROM cues"
      " WHERE call_id = ?1 ORDER BY raised_ms, id");
  while (rows.step()) {
    auto evidence = parse_evidence(rows.text(7));
    if (!evidence) return tl::unexpected(evidence.error());
    ids.push_back(rows.integer(0));
    cues.push_back({.kind = value_of<CueKind>(rows.integer(1)),
                    .party = value_of<Party>(rows.integer(2)),
                    .start_ms = rows.integer(3),
                    .end_ms = rows.integer(4),
                    .raised_at_ms = rows.integer(5),
                    .confidence = rows.number(6),
                    .evidence = *evidence});
  }
  return end(rows);
}

Result<void> RowReader::read_alerts(std::vector<AlertRecord>& alerts) {
  Statement rows = select(
      "SELECT at_ms, kind, party, text, delivery, alert_id, escalation, answer, snooze_min,"
      " answered_ms, raised_ms, confidence FROM alerts WHERE call_id = ?1 ORDER BY number");
  while (rows.step()) {
    AlertRecord alert{.at_ms = rows.integer(0),
                      .cue = value_of<CueKind>(rows.integer(1)),
                      .party = value_of<Party>(rows.integer(2)),
                      .text = std::string(rows.text(3)),
                      .delivery = value_of<Delivery>(rows.integer(4)),
                      .id = static_cast<int>(rows.integer(5)),
                      .escalation = rows.flag(6),
                      .answer = {},
                      .raised_at_ms = rows.integer(10),
                      .confidence = rows.number(11)};
    if (!rows.is_null(7)) {
      alert.answer = AlertAnswer{.alert_id = alert.id,
                                 .answer = value_of<Answer>(rows.integer(7)),
                                 .snooze_min = static_cast<int>(rows.integer(8)),
                                 .at_ms = rows.integer(9)};
    }
    alerts.push_back(std::move(alert));
  }
  return end(rows);
}

Result<void> RowReader::read_stretches(CallReport& report) {
  Statement rows =
      select("SELECT segments, overlaps FROM stretches WHERE call_id = ?1 ORDER BY chunk");
  while (rows.step()) {
    if (auto ok = decode_segments(rows.blob(0), report.segments); !ok) return ok;
    if (auto ok = decode_overlaps(rows.blob(1), report.overlaps); !ok) return ok;
  }
  return end(rows);
}

Result<void> RowReader::read_traces(CallReport& report) {
  Statement rows =
      select("SELECT party, data FROM traces WHERE call_id = ?1 ORDER BY party, chunk");
  while (rows.step()) {
    const auto party = value_of<Party>(rows.integer(0));
    const auto points = decode_trace(rows.blob(1));
    if (!points) return tl::unexpected(points.error());
    report.track[party].insert(report.track[party].end(), points->begin(), points->end());
  }
  return end(rows);
}

// Says of which call, for people who read a log.
Result<void> of_call(std::int64_t id, Result<void> result) {
  if (result || result.error().code != ErrorCode::corrupt) return result;
  return failure(ErrorCode::corrupt,
                 fmt::format("call {} cannot be read: {}; put a backup in its place, or remove it",
                             id, result.error().message));
}

Result<void> read_rows(Connection& connection, std::int64_t id, CallReport& report,
                       std::vector<std::int64_t>& cue_ids) {
  if (auto ok = read_parties(connection, id, report); !ok) return ok;
  if (auto ok = read_devices(connection, id, report); !ok) return ok;
  RowReader reader(connection, id);
  if (auto ok = reader.read_cues(report.cues, cue_ids); !ok) return ok;
  if (auto ok = reader.read_alerts(report.alerts); !ok) return ok;
  if (auto ok = reader.read_stretches(report); !ok) return ok;
  return reader.read_traces(report);
}

}  // namespace

Result<CallReport> read_report(Connection& connection, std::int64_t id,
                               std::vector<std::int64_t>& cue_ids) {
  auto report = read_call_figures(connection, id);
  if (!report) return report;
  auto ok = of_call(id, read_rows(connection, id, *report, cue_ids));
  if (!ok) return tl::unexpected(ok.error());
  return report;
}

}  // namespace tonecue

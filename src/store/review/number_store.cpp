#include "tonecue/store/number_store.h"

#include <string>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/database/stored_values.h"
#include "store/list/call_filter_sql.h"
#include "store/list/call_list_entry.h"

namespace tonecue {
namespace {

constexpr double kSecond = 0.001;  // Of a ms.

// CROSS JOIN: the calls come first, from their index, which holds all that the filter asks.
constexpr std::string_view kNumbers =
    "SELECT calls.id, started_ms, agent, team, queue, {}, recovered, agent_cues, customer_cues,"
    " n.duration_ms, both_voices_ms, agent_talk_s, customer_talk_s, agent_interruptions,"
    " customer_interruptions, overtalk_s, silence_s, distress_s, calm_s, alerts, helpful, not_now,"
    " wrong, live FROM calls CROSS JOIN call_numbers AS n ON n.call_id = calls.id WHERE {}"
    " ORDER BY started_ms";

CallNumbers numbers_of(const Statement& row) {
  const auto recovered = row.optional_integer(6);
  return {.call_id = row.integer(0),
          .started_unix_ms = row.integer(1),
          .agent = row.text(2),
          .team = row.text(3),
          .queue = row.text(4),
          .conduct_visible = !row.flag(5),
          .duration_s = kSecond * static_cast<double>(row.integer(9)),
          .both_voices_s = kSecond * static_cast<double>(row.integer(10)),
          .agent_talk_s = row.real(11),
          .customer_talk_s = row.real(12),
          .agent_interruptions = static_cast<int>(row.integer(13)),
          .customer_interruptions = static_cast<int>(row.integer(14)),
          .overtalk_s = row.real(15),
          .silence_s = row.real(16),
          .distress_s = row.real(17),
          .recovered = recovered ? std::optional(*recovered != 0) : std::nullopt,
          .calm_s = row.optional_number(18),
          .live = row.flag(23),
          .alerts = static_cast<int>(row.integer(19)),
          .helpful = static_cast<int>(row.integer(20)),
          .not_now = static_cast<int>(row.integer(21)),
          .wrong = static_cast<int>(row.integer(22)),
          .cue_bytes = {static_cast<std::uint64_t>(row.integer(7)),
                        static_cast<std::uint64_t>(row.integer(8))}};
}

}  // namespace

Result<void> NumberStore::each_call(const Scope& scope, const CallFilter& filter,
                                    const std::function<void(const CallNumbers&)>& visit) const {
  auto sql = CallFilterSql::create(scope, filter, agent_first(agent_first_h_).cutoff_unix_ms());
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  const std::string withheld = sql->withheld();
  Statement calls = reading->prepare(fmt::format(kNumbers, withheld, sql->where()));
  sql->bind(calls);
  while (calls.step()) visit(numbers_of(calls));
  return calls.result();
}

Result<std::vector<JudgedCue>> NumberStore::judged_cues(const Scope& scope,
                                                        const CallFilter& filter) const {
  auto sql = CallFilterSql::create(scope, filter, agent_first(agent_first_h_).cutoff_unix_ms());
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  const std::string withheld = sql->withheld();
  Statement rows = reading->prepare(fmt::format(
      "SELECT cues.id, cues.call_id, file, kind, raised_ms, confidence, person_id, verdict"
      " FROM verdicts JOIN cues ON cues.id = cue_id JOIN calls ON calls.id = cues.call_id"
      " WHERE NOT (party = 0 AND {}) AND {} ORDER BY cues.call_id, cues.id, person_id",
      withheld, sql->where()));
  sql->bind(rows);
  std::vector<JudgedCue> cues;
  std::int64_t cue_id = 0;
  while (rows.step()) {
    const auto kind = from_stored<CueKind>(rows.integer(3));
    const auto verdict = from_stored<CueVerdict>(rows.integer(7));
    if (!kind || !verdict) continue;  // The tables hold no others.
    if (cues.empty() || rows.integer(0) != cue_id) {
      cue_id = rows.integer(0);
      cues.push_back({.call_id = rows.integer(1),
                      .file = std::string(rows.text(2)),
                      .kind = *kind,
                      .raised_at_ms = rows.integer(4),
                      .confidence = rows.number(5)});
    }
    cues.back().verdicts.emplace_back(rows.integer(6), *verdict);
  }
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return cues;
}

Result<std::vector<float>> NumberStore::confidences(const Scope& scope, const CallFilter& filter,
                                                    CueKind kind) const {
  CallFilter with_kind = filter;
  with_kind.kinds = {kind};
  auto sql = CallFilterSql::create(scope, with_kind, agent_first(agent_first_h_).cutoff_unix_ms());
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  const std::string withheld = sql->withheld();
  Statement cues = reading->prepare(
      fmt::format("SELECT confidence FROM calls CROSS JOIN cues ON cues.call_id = calls.id"
                  " WHERE kind = {} AND NOT (party = 0 AND {}) AND {}",
                  stored(kind), withheld, sql->where()));
  sql->bind(cues);
  std::vector<float> found;
  while (cues.step()) found.push_back(cues.number(0));
  if (auto ok = cues.result(); !ok) return tl::unexpected(ok.error());
  return found;
}

}  // namespace tonecue

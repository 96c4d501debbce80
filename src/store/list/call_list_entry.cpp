#include "store/list/call_list_entry.h"

#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "store/database/stored_values.h"
#include "store/list/call_filter_sql.h"
#include "store/list/surest_cues.h"
#include "tonecue/core/unix_time.h"

namespace tonecue {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

constexpr std::array kStates = {CallState::open, CallState::done, CallState::cut_short};
constexpr std::array kOrigins = {CallOrigin::recording, CallOrigin::watched, CallOrigin::uploaded,
                                 CallOrigin::live};

template <class Enum, std::size_t Count>
std::optional<Enum> find(const std::array<Enum, Count>& all, std::string_view word) {
  for (const Enum one : all) {
    if (name(one) == word) return one;
  }
  return std::nullopt;
}

constexpr std::string_view kColumns =
    "started_ms, agent, team, queue, caller_ref, consent_ref, origin, source, content_sha256,"
    " state, duration_ms, distressed_s, peak_distress, recovered, reviewed, written_ms,"
    " agent_cues, customer_cues,"
    " (SELECT count(*) FROM notes WHERE call_id = calls.id),"
    " EXISTS (SELECT 1 FROM recordings WHERE call_id = calls.id)";

// Reads the columns of a row one after another.
class Columns {
 public:
  explicit Columns(const Statement& row) : row_(&row) {}
  int next() { return ++column_; }
  std::string text() { return std::string(row_->text(next())); }
  std::int64_t integer() { return row_->integer(next()); }
  bool flag() { return row_->flag(next()); }
  float number() { return row_->number(next()); }
  std::optional<float> optional_number() { return row_->optional_number(next()); }
  std::optional<bool> optional_flag() {
    const auto value = row_->optional_integer(next());
    return value ? std::optional(*value != 0) : std::nullopt;
  }

 private:
  const Statement* row_;
  int column_ = -1;
};

Error damaged(std::int64_t id) {
  return {ErrorCode::corrupt,
          fmt::format("call {} is stored in a way that this program does not know", id)};
}

// The row of a call as it is stored, the agent's side with it.
struct EntryRow {
  CallEntry entry{};
  PerParty<std::int64_t> surest{};  // surest_cues.h
};

// In the order of kColumns, then whether the agent's side is left out, and the visible need.
Result<EntryRow> row_of(std::int64_t id, const Statement& row, const AgentFirst& first) {
  Columns columns(row);
  EntryRow read{.entry = {.id = id}};
  CallEntry& entry = read.entry;
  entry.details.started_unix_ms = columns.integer();
  entry.details.agent = columns.text();
  entry.details.team = columns.text();
  entry.details.queue = columns.text();
  entry.details.caller_ref = columns.text();
  entry.details.consent_ref = columns.text();
  const auto origin = find(kOrigins, columns.text());
  entry.details.source = columns.text();
  entry.details.content_sha256 = columns.text();
  const auto state = find(kStates, columns.text());
  if (!origin || !state) return tl::unexpected(damaged(id));
  entry.details.origin = *origin;
  entry.state = *state;
  entry.duration_ms = columns.integer();
  entry.distressed_s = columns.number();
  entry.peak_distress = columns.optional_number();
  entry.recovered = columns.optional_flag();
  entry.reviewed = columns.flag();
  const std::int64_t written_unix_ms = columns.integer();
  read.surest.agent = columns.integer();
  read.surest.customer = columns.integer();
  entry.notes = static_cast<int>(columns.integer());
  entry.audio = columns.flag();
  if (columns.flag()) entry.conduct_from_unix_ms = written_unix_ms + first.hold_ms;
  entry.need = columns.number();
  return read;
}

Result<void> count_cues(const ReadTransaction& reading, const PerParty<std::int64_t>& surest,
                        CallEntry& entry) {
  Statement cues = reading.prepare(
      "SELECT party, kind, count(*) FROM cues WHERE call_id = ?1 GROUP BY party, kind");
  cues.bind_all(entry.id);
  while (cues.step()) {
    const auto party = from_stored<Party>(cues.integer(0));
    const auto kind = from_stored<CueKind>(cues.integer(1));
    if (!party || !kind) return tl::unexpected(damaged(entry.id));
    if (*party == Party::agent && entry.conduct_from_unix_ms) continue;
    const auto index = static_cast<std::size_t>(*kind);
    entry.cues[*party][index] = static_cast<int>(cues.integer(2));
    entry.confidence[*party][index] = surest_of(surest[*party], *kind);
  }
  return cues.result();
}

}  // namespace

AgentFirst agent_first(int hours) {
  return {.hold_ms = hours * kHourMs, .now_unix_ms = unix_ms_now()};
}

Result<CallEntry> read_call_entry(const ReadTransaction& reading, const Scope& scope,
                                  const AgentFirst& first, std::int64_t id) {
  auto filter = CallFilterSql::of_scope(scope, first.cutoff_unix_ms());
  filter.require_id(id);
  const std::string withheld = filter.withheld();
  Statement call = reading.prepare(fmt::format("SELECT {}, {}, {} FROM calls WHERE {}", kColumns,
                                               withheld, filter.visible_need(), filter.where()));
  filter.bind(call);
  if (!call.step()) {
    if (auto ok = call.result(); !ok) return tl::unexpected(ok.error());
    return failure(ErrorCode::not_found, fmt::format("there is no call {}", id));
  }
  auto read = row_of(id, call, first);
  if (!read) return tl::unexpected(read.error());
  if (auto ok = count_cues(reading, read->surest, read->entry); !ok) {
    return tl::unexpected(ok.error());
  }
  return std::move(read->entry);
}

}  // namespace tonecue

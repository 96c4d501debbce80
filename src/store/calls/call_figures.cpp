#include "store/calls/call_figures.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "store/database/stored_values.h"
#include "tonecue/store/need.h"

namespace tonecue {
namespace {

constexpr auto kColumns = std::to_array<std::string_view>({
    "file",
    "duration_ms",
    "sample_rate_hz",
    "line_delay_ms",
    "model",
    "model_sha256",
    "site_calibrated",
    "distressed_s",
    "judged_s",
    "unknown_s",
    "unknown_baseline_forming_s",
    "unknown_too_little_voice_s",
    "unknown_noisy_s",
    "unknown_bleed_s",
    "unknown_out_of_range_s",
    "peak_distress",
    "either_s",
    "sum_s",
    "both_s",
    "overtalk_ratio",
    "overtalk_incidents",
    "agent_overtalk_incidents",
    "non_talk_s",
    "non_talk_incidents",
    "decision_median_ms",
    "decision_p99_ms",
    "recovered",
    "need_customer",
    "need_agent",
});

// In the order of the columns "unknown_..."; of `ok` nothing is unknown.
constexpr std::array kUnknownStates = {DistressState::baseline_forming,
                                       DistressState::too_little_voice, DistressState::noisy,
                                       DistressState::bleed, DistressState::out_of_range};

// Binds values to one place after another.
class Places {
 public:
  explicit Places(Statement& statement) : statement_(&statement) {}
  template <class T>
  Places& operator<<(const T& value) {
    statement_->bind(++place_, value);
    return *this;
  }

 private:
  Statement* statement_;
  int place_ = 0;
};

// Reads the columns of a row one after another.
class Columns {
 public:
  explicit Columns(const Statement& row) : row_(&row) {}
  std::int64_t integer() { return row_->integer(column_++); }
  int count() { return static_cast<int>(integer()); }
  bool flag() { return integer() != 0; }
  float number() { return row_->number(column_++); }
  std::string text() { return std::string(row_->text(column_++)); }
  std::optional<float> optional_number() { return row_->optional_number(column_++); }
  std::optional<std::int64_t> optional_integer() { return row_->optional_integer(column_++); }

 private:
  const Statement* row_;
  int column_ = 0;
};

std::string joined() { return fmt::format("{}", fmt::join(kColumns, ", ")); }

std::optional<float> peak_of(const DistressSummary& distress) {
  const bool judged = distress.judged_s > 0.0F || distress.peak_score > 0.0F;
  return judged ? std::optional(distress.peak_score) : std::nullopt;
}

void read_distress(Columns& columns, DistressSummary& distress) {
  distress.judge.model = columns.text();
  distress.judge.sha256_begins = columns.text();
  distress.judge.site_calibrated = columns.flag();
  distress.distressed_s = columns.number();
  distress.judged_s = columns.number();
  distress.unknown_s = columns.number();
  for (const DistressState state : kUnknownStates) {
    distress.unknown_by_s[static_cast<std::size_t>(state)] = columns.number();
  }
  distress.peak_score = columns.optional_number().value_or(0.0F);
}

void read_talk(Columns& columns, TalkSummary& talk) {
  talk.either_s = columns.number();
  talk.sum_s = columns.number();
  talk.both_s = columns.number();
  talk.overtalk_ratio = columns.number();
  talk.overtalk_incidents = columns.count();
  talk.agent_overtalk_incidents = columns.count();
  talk.non_talk_s = columns.number();
  talk.non_talk_incidents = columns.count();
}

PartySummary read_summary(Columns& columns, bool& known) {
  PartySummary party;
  party.talk_s = columns.number();
  party.talk_share = columns.number();
  party.syllables = columns.count();
  party.speech_rate_syl_per_s = columns.optional_number();
  party.articulation_rate_syl_per_s = columns.optional_number();
  party.f0_median_hz = columns.optional_number();
  party.f0_range_st = columns.optional_number();
  party.level_dbfs = columns.optional_number();
  party.interruptions = columns.count();
  party.interruptions_per_hour = columns.optional_number();
  party.given_back = columns.count();
  party.given_back_median_s = columns.optional_number();
  party.backchannels = columns.count();
  party.longest_turn_s = columns.number();
  party.response_gap_p10_ms = columns.optional_number();
  party.response_gap_median_ms = columns.optional_number();
  party.response_gap_p90_ms = columns.optional_number();
  const auto bleed = from_stored<BleedState>(columns.integer());
  known = known && bleed.has_value();
  party.bleed = bleed.value_or(BleedState::clean);
  party.baseline_ready = columns.flag();
  return party;
}

std::optional<UsualVoice> read_usual(Columns& columns) {
  const auto f0_hz = columns.optional_number();
  const auto level_dbfs = columns.optional_number();
  const auto rate_syl_per_s = columns.optional_number();
  if (!f0_hz || !level_dbfs || !rate_syl_per_s) return std::nullopt;
  return UsualVoice{.f0_hz = *f0_hz, .level_dbfs = *level_dbfs, .rate_syl_per_s = *rate_syl_per_s};
}

void bind_party(Places& places, const PartySummary& party) {
  places << party.talk_s << party.talk_share << party.syllables << party.speech_rate_syl_per_s
         << party.articulation_rate_syl_per_s << party.f0_median_hz << party.f0_range_st
         << party.level_dbfs << party.interruptions << party.interruptions_per_hour
         << party.given_back << party.given_back_median_s << party.backchannels
         << party.longest_turn_s << party.response_gap_p10_ms << party.response_gap_median_ms
         << party.response_gap_p90_ms << stored(party.bleed) << party.baseline_ready;
}

constexpr std::string_view kPartyColumns =
    "present, talk_s, talk_share, syllables, speech_rate_syl_per_s, articulation_rate_syl_per_s,"
    " f0_median_hz, f0_range_st, level_dbfs, interruptions, interruptions_per_hour, given_back,"
    " given_back_median_s, backchannels, longest_turn_s, response_gap_p10_ms,"
    " response_gap_median_ms, response_gap_p90_ms, bleed, baseline_ready, usual_ready_ms,"
    " usual_f0_hz, usual_level_dbfs, usual_rate_syl_per_s";
constexpr int kPartyPlaces = 26;  // With call_id and party.

constexpr std::string_view kDeviceColumns =
    "name, agent, customer, sample_rate_hz, drift_ppm, wrong_rate, times_lost, gaps, gap_ms,"
    " dropped_ms, overruns, bad_samples";
constexpr int kDevicePlaces = 14;  // With call_id and number.

std::string places_to(int last) {
  std::string places = "?1";
  for (int place = 2; place <= last; ++place) places += fmt::format(", ?{}", place);
  return places;
}

}  // namespace

const std::string& call_figures_update() {
  static const std::string update = [] {
    std::string text;
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      text += fmt::format("{}{} = ?{}", i == 0 ? "" : ", ", kColumns[i], i + 1);
    }
    return text;
  }();
  return update;
}

int call_figures_places() { return static_cast<int>(kColumns.size()); }

void bind_call_figures(Statement& statement, const CallReport& report) {
  Places places(statement);
  const DistressSummary& distress = report.distress;
  places << report.file << report.duration_ms << report.sample_rate_hz << report.line_delay_ms
         << distress.judge.model << distress.judge.sha256_begins << distress.judge.site_calibrated
         << distress.distressed_s << distress.judged_s << distress.unknown_s;
  for (const DistressState state : kUnknownStates) {
    places << distress.unknown_by_s[static_cast<std::size_t>(state)];
  }
  places << peak_of(distress);
  const TalkSummary& talk = report.talk;
  places << talk.either_s << talk.sum_s << talk.both_s << talk.overtalk_ratio
         << talk.overtalk_incidents << talk.agent_overtalk_incidents << talk.non_talk_s
         << talk.non_talk_incidents;
  if (report.live) {
    places << report.live->decision_median_ms << report.live->decision_p99_ms;
  } else {
    places << std::nullopt << std::nullopt;
  }
  const CallNeed need = need_of(report);
  places << recovered_in(report) << need.customer << need.agent;
}

Result<CallReport> read_call_figures(Connection& connection, std::int64_t id) {
  Statement call = connection.prepare("SELECT " + joined() + " FROM calls WHERE id = ?1");
  call.bind_all(id);
  if (!call.step()) {
    if (auto ok = call.result(); !ok) return tl::unexpected(ok.error());
    return failure(ErrorCode::not_found, fmt::format("there is no call {}", id));
  }
  Columns columns(call);
  CallReport report;
  report.file = columns.text();
  report.duration_ms = columns.integer();
  report.sample_rate_hz = columns.count();
  report.line_delay_ms = columns.count();
  read_distress(columns, report.distress);
  read_talk(columns, report.talk);
  const auto median_ms = columns.optional_integer();
  const auto p99_ms = columns.optional_integer();
  if (median_ms && p99_ms) {
    report.live = LiveFacts{.decision_median_ms = static_cast<int>(*median_ms),
                            .decision_p99_ms = static_cast<int>(*p99_ms),
                            .devices = {}};
  }
  return report;
}

Result<void> write_parties(Connection& connection, std::int64_t id, const CallReport& report) {
  static const std::string sql =
      fmt::format("INSERT OR REPLACE INTO parties (call_id, party, {}) VALUES ({})", kPartyColumns,
                  places_to(kPartyPlaces));
  Statement insert = connection.prepare(sql);
  for (const Party party : kParties) {
    Places places(insert);
    places << id << stored(party) << report.present[party];
    bind_party(places, report.parties[party]);
    places << report.usual_ready_at_ms[party];
    if (const auto& usual = report.usual[party]) {
      places << usual->f0_hz << usual->level_dbfs << usual->rate_syl_per_s;
    } else {
      places << std::nullopt << std::nullopt << std::nullopt;
    }
    if (auto ok = insert.run(); !ok) return ok;
  }
  return {};
}

Result<void> read_parties(Connection& connection, std::int64_t id, CallReport& report) {
  Statement row = connection.prepare(
      fmt::format("SELECT {} FROM parties WHERE call_id = ?1 AND party = ?2", kPartyColumns));
  bool known = true;
  for (const Party party : kParties) {
    row.bind_all(id, stored(party));
    if (!row.step()) {
      if (auto ok = row.result(); !ok) return ok;
      return failure(ErrorCode::corrupt, fmt::format("call {} lacks a party", id));
    }
    Columns columns(row);
    report.present[party] = columns.flag();
    report.parties[party] = read_summary(columns, known);
    report.usual_ready_at_ms[party] = columns.optional_integer();
    report.usual[party] = read_usual(columns);
    row.reset();
  }
  if (!known) return failure(ErrorCode::corrupt, fmt::format("call {} has unknown values", id));
  return {};
}

Result<void> write_devices(Connection& connection, std::int64_t id, const CallReport& report) {
  if (!report.live) return {};
  static const std::string sql =
      fmt::format("INSERT OR REPLACE INTO devices (call_id, number, {}) VALUES ({})",
                  kDeviceColumns, places_to(kDevicePlaces));
  Statement insert = connection.prepare(sql);
  std::int64_t number = 0;
  for (const DeviceHealth& device : report.live->devices) {
    Places places(insert);
    places << id << number++ << device.name << device.parties.agent << device.parties.customer
           << device.sample_rate_hz << device.drift_ppm << device.wrong_rate << device.times_lost
           << device.gaps << device.gap_ms << device.dropped_ms << device.overruns
           << device.bad_samples;
    if (auto ok = insert.run(); !ok) return ok;
  }
  Statement rest = connection.prepare("DELETE FROM devices WHERE call_id = ?1 AND number >= ?2");
  rest.bind_all(id, number);
  return rest.run();
}

Result<void> read_devices(Connection& connection, std::int64_t id, CallReport& report) {
  if (!report.live) return {};
  Statement rows = connection.prepare(
      fmt::format("SELECT {} FROM devices WHERE call_id = ?1 ORDER BY number", kDeviceColumns));
  rows.bind_all(id);
  while (rows.step()) {
    DeviceHealth device;
    device.name = rows.text(0);
    device.parties = {rows.flag(1), rows.flag(2)};
    device.sample_rate_hz = static_cast<int>(rows.integer(3));
    device.drift_ppm = rows.real(4);
    device.wrong_rate = rows.flag(5);
    device.times_lost = static_cast<int>(rows.integer(6));
    device.gaps = rows.integer(7);
    device.gap_ms = rows.integer(8);
    device.dropped_ms = rows.integer(9);
    device.overruns = rows.integer(10);
    device.bad_samples = rows.integer(11);
    report.live->devices.push_back(std::move(device));
  }
  return rows.result();
}

}  // namespace tonecue

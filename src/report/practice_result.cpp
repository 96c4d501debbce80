#include "tonecue/report/practice_result.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "terminal_text.h"
#include "tonecue/core/hop.h"
#include "tonecue/report/hard_moments.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

using AfterMs = std::optional<std::int64_t> HardMoment::*;

std::optional<float> mean_s(const std::vector<HardMoment>& moments, AfterMs after_ms) {
  float sum_s = 0.0F;
  int count = 0;
  for (const HardMoment& moment : moments) {
    if (!(moment.*after_ms)) continue;
    sum_s += static_cast<float>(ms_to_s(*(moment.*after_ms)));
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum_s / static_cast<float>(count);
}

std::string or_dash(const std::optional<float>& value, std::string_view unit, int decimals = 1) {
  return value ? fmt::format("{:.{}f} {}", *value, decimals, unit) : "-";
}

std::string moments_text(const PracticeResult& result) {
  if (result.hard_moments == 0) return "-";
  return fmt::format("{} of {}", result.recovered, result.hard_moments);
}

struct Row {
  std::string_view label;
  std::string (*text)(const PracticeResult&);
};

constexpr auto kRows = std::to_array<Row>({
    {"Length", [](const PracticeResult& r) { return clock_time(r.duration_ms); }},
    {"You came in while they spoke",
     [](const PracticeResult& r) { return fmt::format("{} x", r.interruptions); }},
    {"Your share of the talking",
     [](const PracticeResult& r) { return fmt::format("{:.0f} %", 100.0F * r.talk_share); }},
    {"Your wait before answering",
     [](const PracticeResult& r) { return or_dash(r.response_gap_s, "s"); }},
    {"Your pace", [](const PracticeResult& r) { return or_dash(r.pace_syl_per_s, "syllables/s"); }},
    {"Your level", [](const PracticeResult& r) { return or_dash(r.level_dbfs, "dBFS"); }},
    {"After their voice rose, your first word",
     [](const PracticeResult& r) { return or_dash(r.acknowledged_after_s, "s"); }},
    {"Until it was near its usual",
     [](const PracticeResult& r) { return or_dash(r.recovered_after_s, "s", 0); }},
    {"Times it came back", moments_text},
    {"Reminders shown", [](const PracticeResult& r) { return std::to_string(r.alerts); }},
});

}  // namespace

PracticeResult practice_result(const CallReport& report) {
  const PartySummary& agent = report.parties.agent;
  const float all_s = agent.talk_s + report.parties.customer.talk_s;
  const std::vector<HardMoment> moments = hard_moments(report);
  PracticeResult result;
  result.duration_ms = report.duration_ms;
  result.interruptions = agent.interruptions;
  result.talk_share = all_s > 0.0F ? agent.talk_s / all_s : 0.0F;
  result.pace_syl_per_s = agent.articulation_rate_syl_per_s;
  result.level_dbfs = agent.level_dbfs;
  if (agent.response_gap_median_ms) result.response_gap_s = *agent.response_gap_median_ms / 1000.0F;
  result.hard_moments = static_cast<int>(moments.size());
  result.acknowledged_after_s = mean_s(moments, &HardMoment::acknowledged_after_ms);
  result.recovered = static_cast<int>(std::ranges::count_if(
      moments, [](const HardMoment& moment) { return moment.recovered_after_ms.has_value(); }));
  result.recovered_after_s = mean_s(moments, &HardMoment::recovered_after_ms);
  result.alerts = static_cast<int>(
      std::ranges::count(report.alerts, Delivery::delivered, &AlertRecord::delivery));
  return result;
}

std::string practice_text(const PracticeAttempt& attempt,
                          const std::optional<PracticeAttempt>& earlier,
                          const TerminalConfig& config) {
  const TerminalText text(config);
  const auto line = [&](std::string_view label, std::string_view now, std::string_view before) {
    std::string row = fmt::format("  {:<41}{:<18}{}", label, now, before);
    row.erase(row.find_last_not_of(' ') + 1);
    return row + '\n';
  };
  std::string page = earlier ? line("How it went", "now", "earlier") : line("How it went", "", "");
  for (const Row& row : kRows) {
    page += line(row.label, row.text(attempt.result), earlier ? row.text(earlier->result) : "");
  }
  if (earlier && earlier->scenario != attempt.scenario) {
    page += "  " +
            text.wrapped(
                fmt::format(
                    "The earlier attempt was with another call, {}, so the two tell little of each "
                    "other.",
                    text.printable(earlier->scenario)),
                2);
  }
  return page;
}

}  // namespace tonecue

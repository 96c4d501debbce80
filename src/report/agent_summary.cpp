#include "tonecue/report/agent_summary.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "agent_advice.h"
#include "call_third.h"
#include "terminal_text.h"
#include "tonecue/report/hard_moments.h"
#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

constexpr std::size_t kMostMoved = 3;

// The least move worth telling. Where nothing is cited it is our judgement of what a person would
// notice, and of more than how a call happens to be divided.
constexpr float kShareStep = 0.15F;  // One turn of 9 s in a minute with both speaking.
constexpr float kPaceStep = 0.15F;  // What is said alone moves it by 10 %: audio_samples/calm.flac.
constexpr float kLevelStepDb = 3.0F;  // Twice the power; a head turned away makes 1 to 2 dB.
constexpr float kGapStepS = 0.3F;
constexpr float kTurnStepS = 15.0F;   // Three or four sentences.
constexpr float kSilentStep = 0.15F;  // As the share of the talking.
constexpr float kCalmStepS = 10.0F;   // A recovery is known to no more than its own 10 s.
constexpr float kPausedStep = 0.5F;
constexpr int kLeastAlerts = 2;

struct Move {
  MovedNumber told;
  float steps = 0.0F;  ///< In least moves worth telling.
};

class Moves {
 public:
  /// Kept when it moved by at least `step`.
  template <class Tell>
  void add(std::string_view name, const std::optional<float>& from, const std::optional<float>& to,
           float step, Tell tell) {
    if (!from || !to) return;
    const float steps = std::abs(*to - *from) / step;
    if (steps >= 1.0F) moves_.push_back({{std::string(name), tell(*from), tell(*to)}, steps});
  }

  std::vector<MovedNumber> largest() {
    std::ranges::stable_sort(moves_, std::ranges::greater{}, &Move::steps);
    std::vector<MovedNumber> told;
    for (const Move& move : moves_) {
      if (told.size() < kMostMoved) told.push_back(move.told);
    }
    return told;
  }

 private:
  std::vector<Move> moves_;
};

std::string percent(float share) { return fmt::format("{:.0f} %", 100.0F * share); }
std::string seconds(float time_s) { return fmt::format("{:.1f} s", time_s); }
std::string whole_seconds(float time_s) { return fmt::format("{:.0f} s", time_s); }
std::string decibels(float level_dbfs) { return fmt::format("{:.0f} dBFS", level_dbfs); }
std::string pace(float rate) { return fmt::format("{:.1f} syllables/s", rate); }

std::optional<float> number(const std::optional<int>& count) {
  return count ? std::optional(static_cast<float>(*count)) : std::nullopt;
}

std::optional<float> share(const PausedAlerts& alerts) {
  if (alerts.shown < kLeastAlerts) return std::nullopt;
  return static_cast<float>(alerts.paused) / static_cast<float>(alerts.shown);
}

std::optional<float> time_to_calm_s(const std::optional<HardMoment>& moment) {
  if (!moment || !moment->recovered_after_ms) return std::nullopt;
  return static_cast<float>(ms_to_s(*moment->recovered_after_ms));
}

std::vector<MovedNumber> moved(const CallStory& story) {
  const CallThird& first = story.first;
  const CallThird& last = story.last;
  Moves moves;
  moves.add("Times you came in while they spoke", number(first.interruptions),
            number(last.interruptions), 1.0F,
            [](float count) { return fmt::format("{:.0f}", count); });
  moves.add("Your share of the talking", first.talk_share, last.talk_share, kShareStep, percent);
  moves.add("Your wait before answering", first.response_gap_s, last.response_gap_s, kGapStepS,
            seconds);
  moves.add("Your pace", first.pace_syl_per_s, last.pace_syl_per_s,
            kPaceStep * first.pace_syl_per_s.value_or(1.0F), pace);
  moves.add("Your level", first.level_dbfs, last.level_dbfs, kLevelStepDb, decibels);
  moves.add("Your longest turn", first.longest_turn_s, last.longest_turn_s, kTurnStepS,
            whole_seconds);
  moves.add("Nobody spoke", first.silent_share, last.silent_share, kSilentStep, percent);
  if (story.moments.size() > 1) {
    moves.add("Until their voice was near its usual", time_to_calm_s(story.moments.front()),
              time_to_calm_s(story.moments.back()), kCalmStepS, whole_seconds);
  }
  const std::int64_t half_ms = story.report.duration_ms / 2;  // Alerts are too few for thirds.
  moves.add("Reminders after which you paused", share(paused_alerts(story.report, 0, half_ms)),
            share(paused_alerts(story.report, half_ms, story.report.duration_ms)), kPausedStep,
            percent);
  return moves.largest();
}

void count_alerts(const CallReport& report, AgentSummary& summary) {
  for (const AlertRecord& alert : report.alerts) {
    if (alert.delivery != Delivery::delivered) continue;
    ++summary.alerts;
    if (!alert.answer) continue;
    if (alert.answer->answer == Answer::helpful) ++summary.helpful;
    if (alert.answer->answer == Answer::wrong) ++summary.wrong;
  }
}

std::string alerts_line(const AgentSummary& summary) {
  if (summary.alerts == 0) return "No reminder was shown.";
  const char* noun = summary.alerts == 1 ? "reminder" : "reminders";
  if (summary.helpful + summary.wrong == 0) {
    return fmt::format("{} {} shown.", summary.alerts, noun);
  }
  return fmt::format("{} {} shown; you called {} helpful and {} wrong.", summary.alerts, noun,
                     summary.helpful, summary.wrong);
}

}  // namespace

AgentSummary agent_summary(const CallReport& report, [[maybe_unused]] Customer customer) {
  AgentSummary summary;
  summary.duration_ms = report.duration_ms;
  count_alerts(report, summary);
  const float talk_s = report.present.agent ? report.parties.agent.talk_s : 0.0F;
  if (report.duration_ms < kLeastSummaryMs || talk_s < kLeastSummarySpeechS) {
    summary.note = fmt::format(
        "There was too little to tell: it takes a minute of call and {:.0f} s of your "
        "speech, and there were {:.0f} s and {:.0f} s.",
        kLeastSummarySpeechS, ms_to_s(report.duration_ms), talk_s);
    return summary;
  }
  const std::int64_t third_ms = report.duration_ms / 3;
  const CallStory story{report, call_third(report, 0, third_ms),
                        call_third(report, report.duration_ms - third_ms, report.duration_ms),
                        hard_moments(report), customer};
  summary.moved = moved(story);
  if (summary.moved.empty()) {
    summary.note = "Your numbers stayed level from the first third of the call to the last.";
  } else if (summary.moved.size() < kMostMoved) {
    summary.note = "Your other numbers stayed level.";
  }
  summary.well = went_well(story);
  summary.to_try = to_try(story);
  return summary;
}

std::string agent_summary_json(const AgentSummary& summary) {
  using Json = nlohmann::ordered_json;
  Json json = {{"duration_s", ms_to_s(summary.duration_ms)}, {"moved", Json::array()}};
  for (const MovedNumber& number : summary.moved) {
    json["moved"].push_back({{"name", number.name}, {"from", number.from}, {"to", number.to}});
  }
  json["note"] = summary.note;
  json["well"] = summary.well;
  json["try"] = summary.to_try;
  json["counts"] = {
      {"alerts", summary.alerts}, {"helpful", summary.helpful}, {"wrong", summary.wrong}};
  return print_json(json);
}

std::string agent_summary_text(const AgentSummary& summary, const TerminalConfig& config) {
  constexpr int kIndent = 14;
  const TerminalText text(config);
  std::string lines = "  " + text.bold("For you alone") + '\n';
  const auto entry = [&](std::string_view label, std::string_view sentence) {
    lines += fmt::format("  {:<12}{}", label, text.wrapped(sentence, kIndent));
  };
  std::string_view label = "What moved";
  for (const MovedNumber& number : summary.moved) {
    entry(label, fmt::format("{}: {} -> {}", number.name, number.from, number.to));
    label = "";
  }
  if (!summary.note.empty()) entry("", summary.note);
  if (!summary.well.empty()) entry("Went well", summary.well);
  if (!summary.to_try.empty()) entry("To try", summary.to_try);
  entry("", alerts_line(summary));
  return lines;
}

}  // namespace tonecue

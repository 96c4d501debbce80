#include "call_third.h"

#include <algorithm>
#include <span>
#include <vector>

#include "tonecue/core/decibel.h"
#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

/// One sentence: less speech says little of a voice, and one turn more or less moves the share.
constexpr float kLeastSpeechS = 5.0F;
constexpr std::size_t kLeastGaps = 2;
constexpr float kStepS = static_cast<float>(kTrackStepMs) / 1000.0F;

using Track = std::span<const TrackPoint>;

Track within(const std::vector<TrackPoint>& track, std::int64_t from_ms, std::int64_t to_ms) {
  const auto size = static_cast<std::int64_t>(track.size());
  const auto from = std::clamp<std::int64_t>(from_ms / kTrackStepMs, 0, size);
  const auto to = std::clamp<std::int64_t>(to_ms / kTrackStepMs, from, size);
  return Track(track).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
}

float speech_s(Track track) {
  return kStepS * static_cast<float>(std::ranges::count(track, true, &TrackPoint::speaking));
}

void measure_voice(Track agent, CallThird& third) {
  const float spoken_s = speech_s(agent);
  if (spoken_s < kLeastSpeechS) return;
  double power = 0.0;
  int syllables = 0;
  for (const TrackPoint& point : agent) {
    if (!point.speaking) continue;
    power += static_cast<double>(db_to_power(point.level_dbfs));
    syllables += point.syllables;
  }
  third.level_dbfs = power_to_db(static_cast<float>(power) * kStepS / spoken_s);
  if (syllables >= kLeastRateSyllables) {
    third.pace_syl_per_s = static_cast<float>(syllables) / spoken_s;
  }
}

void measure_sharing(Track agent, Track customer, CallThird& third) {
  const float agent_s = speech_s(agent);
  const float all_s = agent_s + speech_s(customer);
  if (all_s >= kLeastSpeechS) third.talk_share = agent_s / all_s;
  std::size_t silent = 0;
  const std::size_t steps = std::min(agent.size(), customer.size());
  for (std::size_t i = 0; i < steps; ++i) {
    if (!agent[i].speaking && !customer[i].speaking) ++silent;
  }
  if (steps > 0) third.silent_share = static_cast<float>(silent) / static_cast<float>(steps);
}

/// The agent's waits, where there was silence before the answer.
std::optional<float> median_gap_s(const CallReport& report, std::int64_t from_ms,
                                  std::int64_t to_ms) {
  std::vector<std::int64_t> gaps_ms;
  const SpeechSegment* before = nullptr;
  const std::vector<SpeechSegment> speech = without_backchannels(report);
  for (const SpeechSegment& segment : speech) {
    const bool answer = before != nullptr && before->party == Party::customer &&
                        segment.party == Party::agent && segment.start_ms > before->end_ms;
    if (answer && segment.start_ms >= from_ms && segment.start_ms < to_ms) {
      gaps_ms.push_back(segment.start_ms - before->end_ms);
    }
    if (before == nullptr || segment.end_ms > before->end_ms) before = &segment;
  }
  if (gaps_ms.size() < kLeastGaps) return std::nullopt;
  const auto middle = gaps_ms.begin() + static_cast<std::ptrdiff_t>(gaps_ms.size() / 2);
  std::ranges::nth_element(gaps_ms, middle);
  return static_cast<float>(ms_to_s(*middle));
}

std::optional<float> longest_turn_s(const CallReport& report, std::int64_t from_ms,
                                    std::int64_t to_ms) {
  std::optional<float> longest_s;
  for (const SpokenTurn& turn : spoken_turns(report, Party::agent)) {
    if (turn.start_ms < from_ms || turn.start_ms >= to_ms) continue;
    const auto turn_s = static_cast<float>(ms_to_s(turn.end_ms - turn.start_ms));
    longest_s = std::max(longest_s.value_or(0.0F), turn_s);
  }
  return longest_s;
}

}  // namespace

CallThird call_third(const CallReport& report, std::int64_t from_ms, std::int64_t to_ms) {
  CallThird third;
  const Track agent = within(report.track.agent, from_ms, to_ms);
  measure_voice(agent, third);
  if (!hears_both(report)) return third;
  measure_sharing(agent, within(report.track.customer, from_ms, to_ms), third);
  third.response_gap_s = median_gap_s(report, from_ms, to_ms);
  third.longest_turn_s = longest_turn_s(report, from_ms, to_ms);
  third.interruptions = static_cast<int>(std::ranges::count_if(report.cues, [&](const Cue& cue) {
    return cue.kind == CueKind::interruption && cue.party == Party::agent &&
           cue.start_ms >= from_ms && cue.start_ms < to_ms;
  }));
  return third;
}

bool hears_both(const CallReport& report) {
  return report.present.agent && report.present.customer &&
         report.parties.agent.bleed != BleedState::unusable &&
         report.parties.customer.bleed != BleedState::unusable;
}

}  // namespace tonecue

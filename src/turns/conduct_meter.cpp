#include "tonecue/turns/conduct_meter.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// One interruption in a few seconds of speech says nothing about an hour.
constexpr float kLeastOtherTalkS = 30.0F;

std::optional<float> rate(int syllables, std::int64_t hops) noexcept {
  if (syllables < kLeastRateSyllables || hops == 0) return std::nullopt;
  return static_cast<float>(syllables) / hops_to_s(hops);
}

}  // namespace

void ConductMeter::add_frame(const FeatureFrame& frame, const PartyTurn& turn, bool leak) noexcept {
  if (turn.alone) voice_.add(voice_.sample(frame));
  if (turn.active) {
    ++active_hops_;
    if (std::isfinite(frame.level_dbfs)) {
      power_sum_ += static_cast<double>(db_to_power(frame.level_dbfs));
    }
  }
  if (frame.syllable && !leak) {
    ++syllables_;
    if (turn.turn_s > 0.0F) ++turn_syllables_;
  }
}

void ConductMeter::add_segment(const HopSpan& segment) noexcept {
  talk_hops_ += segment.end - segment.start;
}

void ConductMeter::add_turn(const FloorTracker::Turn& turn) noexcept {
  turn_hops_ += turn.end - turn.start;
  longest_turn_hops_ = std::max(longest_turn_hops_, turn.end - turn.start);
  if (turn.response_gap) {
    gaps_ms_.add(gaps_ms_.bin(static_cast<float>(hops_to_ms(*turn.response_gap))));
  }
}

void ConductMeter::add_outcome(const InterruptionOutcome& outcome) noexcept {
  if (outcome.given_back_after_s) {
    given_back_s_.add(given_back_s_.bin(*outcome.given_back_after_s));
  }
}

float ConductMeter::talk_s() const noexcept { return hops_to_s(talk_hops_); }

PartySummary ConductMeter::summary(std::int64_t call_hops, float other_talk_s) const noexcept {
  PartySummary summary;
  summary.talk_s = talk_s();
  if (call_hops > 0) {
    summary.talk_share = static_cast<float>(talk_hops_) / static_cast<float>(call_hops);
  }
  summary.syllables = syllables_;
  summary.speech_rate_syl_per_s = rate(turn_syllables_, turn_hops_);
  summary.articulation_rate_syl_per_s = rate(syllables_, active_hops_);
  summary.f0_median_hz = voice_.f0_median_hz();
  if (summary.f0_median_hz) summary.f0_range_st = *voice_.f0_st(0.9F) - *voice_.f0_st(0.1F);
  if (active_hops_ > 0) {
    const double mean_power = power_sum_ / static_cast<double>(active_hops_);
    summary.level_dbfs = power_to_db(static_cast<float>(mean_power));
  }
  summary.interruptions = interruptions_;
  if (other_talk_s >= kLeastOtherTalkS) {
    summary.interruptions_per_hour = 3600.0F * static_cast<float>(interruptions_) / other_talk_s;
  }
  summary.given_back = static_cast<int>(given_back_s_.total());
  summary.given_back_median_s = given_back_s_.quantile(0.5F);
  summary.backchannels = backchannels_;
  summary.longest_turn_s = hops_to_s(longest_turn_hops_);
  summary.response_gap_p10_ms = gaps_ms_.quantile(0.1F);
  summary.response_gap_median_ms = gaps_ms_.quantile(0.5F);
  summary.response_gap_p90_ms = gaps_ms_.quantile(0.9F);
  return summary;
}

}  // namespace tonecue

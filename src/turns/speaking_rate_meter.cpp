#include "tonecue/turns/speaking_rate_meter.h"

#include <cmath>

namespace tonecue {

void SpeakingRateMeter::process(const FeatureFrame& frame, const PartyTurn& turn,
                                bool leak) noexcept {
  forget_before(frame.index - static_cast<std::int64_t>(kWindowHops) + 1);
  if (turn.active) remember(frame.index, turn);
  if (frame.syllable && !leak && size_ > 0 &&
      frame.index - newest().index <= kSyllableLatencyHops) {
    ++newest().syllables;
    ++syllables_;
  }
}

void SpeakingRateMeter::forget_before(std::int64_t index) noexcept {
  while (size_ > 0 && moments_[oldest_].index < index) {
    pause_hops_ -= moments_[oldest_].pause_hops;
    syllables_ -= moments_[oldest_].syllables;
    oldest_ = (oldest_ + 1) % kWindowHops;
    --size_;
    // The pause before what is now the oldest hop lies outside the window.
    if (size_ == 0) break;
    pause_hops_ -= moments_[oldest_].pause_hops;
    moments_[oldest_].pause_hops = 0;
  }
}

void SpeakingRateMeter::remember(std::int64_t index, const PartyTurn& turn) noexcept {
  Moment moment{index, 0, 0};
  if (size_ > 0) {
    const std::int64_t turn_start =
        index + 1 - std::lround(turn.turn_s * static_cast<float>(kHopsPerSecond));
    const bool same_turn = turn.turn_s > 0.0F && turn_start <= newest().index;
    if (same_turn) moment.pause_hops = static_cast<std::int32_t>(index - newest().index - 1);
  }
  pause_hops_ += moment.pause_hops;
  ++size_;
  newest() = moment;
}

SpeakingRate SpeakingRateMeter::rate() const noexcept {
  SpeakingRate rate;
  rate.syllables = syllables_;
  rate.speech_s = hops_to_s(static_cast<std::int64_t>(size_));
  rate.turn_s = hops_to_s(static_cast<std::int64_t>(size_) + pause_hops_);
  if (syllables_ >= kLeastRateSyllables) {
    rate.speech_rate_syl_per_s = static_cast<float>(syllables_) / rate.turn_s;
    rate.articulation_rate_syl_per_s = static_cast<float>(syllables_) / rate.speech_s;
  }
  return rate;
}

}  // namespace tonecue

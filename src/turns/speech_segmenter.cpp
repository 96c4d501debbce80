#include "tonecue/turns/speech_segmenter.h"

namespace tonecue {
namespace {

// A syllable lasts longer; a click does not.
constexpr int kConfirmActiveHops = 50 / kHopMs;
constexpr int kConfirmWithinHops = 250 / kHopMs;

}  // namespace

std::optional<HopSpan> SpeechSegmenter::process(std::int64_t index, bool active) noexcept {
  may_start_ = false;
  confirmed_ = false;
  if (state_ != State::speaking) {
    wait_for_confirmation(index, active);
    return std::nullopt;
  }
  if (active) last_active_ = index;
  if (index - last_active_ < kSegmentPauseHops) return std::nullopt;
  return flush();
}

void SpeechSegmenter::wait_for_confirmation(std::int64_t index, bool active) noexcept {
  if (state_ == State::starting && index - start_ >= kConfirmWithinHops) state_ = State::silent;
  if (!active) return;
  if (state_ == State::silent) {
    state_ = State::starting;
    pause_before_ = index - last_active_;
    start_ = index;
    active_hops_ = 0;
    may_start_ = true;
  }
  last_active_ = index;
  if (++active_hops_ < kConfirmActiveHops) return;
  state_ = State::speaking;
  confirmed_ = true;
}

std::optional<HopSpan> SpeechSegmenter::flush() noexcept {
  const bool was_speaking = speaking();
  state_ = State::silent;
  if (!was_speaking) return std::nullopt;
  ended_ = {start_, last_active_ + 1};
  return ended_;
}

}  // namespace tonecue

#include "tonecue/sinks/tone_sink.h"

#include <algorithm>

#include "tonecue/core/decibel.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// The closures within a word are shorter. AlertPolicy, which holds most alerts back itself, asks
// for a longer pause, so what comes from there sounds at once.
constexpr int kPauseHops = 200 / kHopMs;
constexpr int kLongestWaitHops = 2000 / kHopMs;

constexpr int kLeastSpeechHops = kHopsPerSecond;
constexpr int kMemoryHops = 10 * kHopsPerSecond;

}  // namespace

std::optional<ToneShape> tone_of(const Alert& alert) noexcept {
  if (alert.cue.kind == CueKind::recovered) return std::nullopt;
  // Both ask for the same: to meet how the customer feels. All else is about the agent's own way.
  const bool customer_is_upset =
      alert.cue.party == Party::customer &&
      (alert.cue.kind == CueKind::distress || alert.cue.kind == CueKind::raised_voice);
  return customer_is_upset ? ToneShape::distress : ToneShape::conduct;
}

void ToneSink::on_frame(const CallFrame& frame) noexcept {
  customer_power_ = db_to_power(frame.voice.customer.level_dbfs);
}

void ToneSink::on_turn(const TurnFrame& frame) noexcept {
  if (frame.parties.customer.active) {
    // The mean of all until the memory is full; from there on the older fades.
    speech_hops_ = std::min(speech_hops_ + 1, kMemoryHops);
    speech_power_ += (customer_power_ - speech_power_) / static_cast<float>(speech_hops_);
  }
  agent_silent_hops_ =
      frame.parties.agent.active ? 0 : std::min(agent_silent_hops_ + 1, kPauseHops);
  if (!waiting_) return;
  if (agent_silent_hops_ == kPauseHops) {
    play(*waiting_);
  } else if (++waiting_hops_ > kLongestWaitHops) {
    waiting_.reset();
  }
}

void ToneSink::on_alert(const Alert& alert) noexcept {
  const auto shape = tone_of(alert);
  if (alert.delivery != Delivery::delivered || !shape) return;
  if (alert.critical || agent_silent_hops_ == kPauseHops) {
    play(*shape);
  } else {
    waiting_ = shape;
    waiting_hops_ = 0;
  }
}

void ToneSink::play(ToneShape shape) noexcept {
  player_->play(shape, tone_level_dbfs(speech_level_dbfs()));
  waiting_.reset();
}

std::optional<float> ToneSink::speech_level_dbfs() const noexcept {
  if (speech_hops_ < kLeastSpeechHops) return std::nullopt;
  return power_to_db(speech_power_);
}

}  // namespace tonecue

#include "tonecue/cues/distress_detector.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// What an ordinary moment of a call says; the pool starts from it. Most of a call is ordinary.
constexpr float kPriorLogOdds = -2.0F;

// The pool follows the estimates over this much speech. Windows of 3 s overlap, so that a new
// estimate is mostly the old one again.
constexpr float kPoolSpeechS = 2.0F;

// Never raised on less than half a window of speech.
constexpr float kLeastSpeechS = 1.5F;

// After this much without an estimate the evidence has ended with it.
constexpr int kForgetHops = 15 * kHopsPerSecond;

float log_odds(float probability) noexcept {
  constexpr float kEdge = 0.01F;  // No single window may count for more.
  const float p = std::clamp(probability, kEdge, 1.0F - kEdge);
  return std::log(p / (1.0F - p));
}

}  // namespace

DistressDetector::DistressDetector(const DistressConfig& config) noexcept
    : raise_log_odds_(log_odds(config.raise_probability)),
      end_log_odds_(log_odds(config.end_probability)) {}

void DistressDetector::process(const std::optional<DistressEstimate>& estimate,
                               const TurnFrame& turn, CueChanges& changes) noexcept {
  if (estimate && estimate->state == DistressState::ok) {
    pool(*estimate, turn.index);
    judge(turn, changes);
  } else if (++idle_hops_ == kForgetHops) {
    cue_.end(changes);
    forget();
  }
}

void DistressDetector::pool(const DistressEstimate& estimate, std::int64_t index) noexcept {
  if (pooled_speech_s_ <= 0.0F) pooled_log_odds_ = kPriorLogOdds;
  const float odds = log_odds(estimate.agitated);
  const float share = 1.0F - std::exp(-estimate.speech_s / kPoolSpeechS);
  pooled_log_odds_ += share * (odds - pooled_log_odds_);
  pooled_speech_s_ += estimate.speech_s;
  idle_hops_ = 0;
  if (odds <= 0.0F) {
    windows_ = 0;
  } else if (windows_++ == 0) {
    rising_since_ = index + 1 - std::lround(estimate.speech_s * kHopsPerSecond);
  }
}

void DistressDetector::judge(const TurnFrame& turn, CueChanges& changes) noexcept {
  if (cue_.holds()) {
    if (pooled_log_odds_ > end_log_odds_) {
      cue_.extend(turn.index);
    } else {
      cue_.end(changes);
    }
    return;
  }
  if (pooled_log_odds_ < raise_log_odds_ || pooled_speech_s_ < kLeastSpeechS) return;
  const float probability = 1.0F / (1.0F + std::exp(-pooled_log_odds_));
  const Departure& departure = turn.parties.customer.departure;
  Evidence evidence;
  evidence.add("probability", probability);
  if (turn.parties.customer.baseline_ready) {  // Later than what the model compares with.
    evidence.add("f0_st", departure.f0_st);
    evidence.add("level_db", departure.level_db);
    evidence.add("rate_ratio", departure.rate_ratio);
  }
  evidence.add("windows", static_cast<float>(windows_));
  cue_.raise(hops_to_ms(rising_since_), turn.index, probability, evidence, changes);
}

void DistressDetector::forget() noexcept {
  pooled_log_odds_ = kPriorLogOdds;
  pooled_speech_s_ = 0.0F;
  windows_ = 0;
}

}  // namespace tonecue

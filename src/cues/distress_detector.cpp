#include "tonecue/cues/distress_detector.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"
#include "tonecue/cues/log_odds.h"

namespace tonecue {
namespace {

// What an ordinary moment of a call says; the pool starts from it, and before a cue no
// window says it more strongly: a very calm caller is believed as soon as one who is always lively.
constexpr float kPriorLogOdds = -2.0F;

// At most what most ordinary moments say: a probability of a quarter.
constexpr float kOrdinaryLogOdds = -1.1F;

// The pool follows the estimates over this much speech. Windows of 3 s overlap, so that a new
// estimate is mostly the old one again.
constexpr float kPoolSpeechS = 2.0F;

// Never raised on less than half a window of speech.
constexpr float kLeastSpeechS = 1.5F;

// After this much without an estimate the evidence has ended with it.
constexpr int kForgetHops = 15 * kHopsPerSecond;

constexpr float kEdge = 0.01F;  // No single window may count for more than 0.99.

}  // namespace

DistressDetector::DistressDetector(const DistressConfig& config, DistressForm form) noexcept
    : form_(form),
      raise_log_odds_(log_odds(config.raise_probability, kEdge)),
      end_log_odds_(log_odds(config.end_probability, kEdge)) {}

void DistressDetector::process(const std::optional<DistressEstimate>& estimate,
                               const TurnFrame& turn, CueChanges& changes) noexcept {
  const auto probability = estimate ? probability_in(*estimate) : std::nullopt;
  if (probability) {
    const float odds = log_odds(*probability, kEdge);
    pool(cue_.holds() ? odds : std::max(odds, kPriorLogOdds), estimate->speech_s, turn.index);
    judge(*estimate, turn, changes);
  } else if (++idle_hops_ == kForgetHops) {
    finish(changes);
  }
}

std::optional<float> DistressDetector::probability_in(
    const DistressEstimate& estimate) const noexcept {
  if (estimate.state != DistressState::ok) return {};
  return form_ == DistressForm::agitated ? estimate.agitated : estimate.subdued;
}

void DistressDetector::finish(CueChanges& changes) noexcept {
  cue_.end(changes);
  pooled_log_odds_ = kPriorLogOdds;
  pooled_speech_s_ = 0.0F;
  windows_ = 0;
}

Agitation DistressDetector::agitation() const noexcept {
  if (cue_.holds()) return Agitation::present;
  const bool low = pooled_log_odds_ <= std::min(kOrdinaryLogOdds, end_log_odds_);
  return low || pooled_speech_s_ <= 0.0F ? Agitation::none : Agitation::fading;
}

void DistressDetector::pool(float odds, float speech_s, std::int64_t index) noexcept {
  if (pooled_speech_s_ <= 0.0F) pooled_log_odds_ = kPriorLogOdds;
  const float share = 1.0F - std::exp(-speech_s / kPoolSpeechS);
  pooled_log_odds_ += share * (odds - pooled_log_odds_);
  pooled_speech_s_ += speech_s;
  idle_hops_ = 0;
  if (odds <= 0.0F) {
    windows_ = 0;
  } else if (windows_++ == 0) {
    rising_since_ = index + 1 - std::lround(speech_s * kHopsPerSecond);
  }
}

void DistressDetector::judge(const DistressEstimate& estimate, const TurnFrame& turn,
                             CueChanges& changes) noexcept {
  if (cue_.holds()) {
    if (pooled_log_odds_ > end_log_odds_) {
      cue_.extend(turn.index);
    } else {
      cue_.end(changes);
    }
    return;
  }
  if (pooled_log_odds_ < raise_log_odds_ || pooled_speech_s_ < kLeastSpeechS) return;
  const float probability = probability_of(pooled_log_odds_);
  cue_.raise(hops_to_ms(rising_since_), turn.index, probability,
             evidence_of(estimate, turn, probability), changes);
}

Evidence DistressDetector::evidence_of(const DistressEstimate& estimate, const TurnFrame& turn,
                                       float probability) const noexcept {
  Evidence evidence;
  if (form_ == DistressForm::agitated) {
    evidence.add("probability", probability);
    for (const DistressReason& reason : estimate.reasons) {  // Of agitation.
      if (!reason.name.empty()) evidence.add(reason.name, reason.step);
    }
  } else {
    evidence.add("subdued_probability", probability);
  }
  evidence.add("usual_s", estimate.usual_s);
  const Departure& departure = turn.parties.customer.departure;
  if (turn.parties.customer.baseline_ready) {  // Later than what the model compares with.
    evidence.add("f0_st", departure.f0_st);
    evidence.add("level_db", departure.level_db);
    evidence.add("rate_ratio", departure.rate_ratio);
  }
  return evidence;
}

}  // namespace tonecue

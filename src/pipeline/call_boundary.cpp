#include "tonecue/pipeline/call_boundary.h"

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// A cough or a click of the line is no customer.
constexpr std::int64_t kLeastSpeechHops = 1000 / kHopMs;

// Longer than somebody who was greeted takes to say their first second.
constexpr std::int64_t kForgetHops = 20'000 / kHopMs;

constexpr std::int64_t hops(int seconds) { return std::int64_t{seconds} * kHopsPerSecond; }

}  // namespace

void CallBoundary::on_turn(const TurnFrame& frame) noexcept {
  const bool agent = frame.parties.agent.active;
  const bool customer = frame.parties.customer.active;
  customer_speech_hops_ += customer ? 1 : 0;
  customer_silent_hops_ = customer ? 0 : customer_silent_hops_ + 1;
  both_silent_hops_ = customer || agent ? 0 : both_silent_hops_ + 1;
  if (!begun() && customer_silent_hops_ >= kForgetHops) customer_speech_hops_ = 0;
}

bool CallBoundary::begun() const noexcept { return customer_speech_hops_ >= kLeastSpeechHops; }

bool CallBoundary::over() const noexcept {
  return begun() && (both_silent_hops_ >= hops(config_.both_silent_s) ||
                     customer_silent_hops_ >= hops(config_.customer_silent_s));
}

}  // namespace tonecue

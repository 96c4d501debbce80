#include "tonecue/turns/outcome_tracker.h"

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr std::int64_t kWithinMs = 10'000;

}  // namespace

void OutcomeTracker::process(std::int64_t index,
                             const PerParty<std::optional<Interruption>>& raised,
                             const FloorTracker& floor) noexcept {
  known_ = {};
  for (const Party starter : kParties) {
    // Cutting in again before the first time has ended is one and the same to the other.
    if (raised[starter] && !open_[starter]) open_[starter] = Open{raised[starter]->start_ms, 0, 0};
    if (!open_[starter]) continue;
    Open& open = *open_[starter];
    if (floor.voice(starter).silent == 0) {
      open.alone_hops = 0;
    } else if (floor.voice(other(starter)).silent == 0 &&
               floor.voice(starter).silent > kAloneAfterHops) {
      if (open.alone_hops++ == 0) open.alone_since = index;
    }
    if (open.alone_hops >= kTakesFloorHops) {
      const std::int64_t after_ms = hops_to_ms(open.alone_since) - open.start_ms;
      settle(starter, static_cast<float>(ms_to_s(after_ms)));
    } else if (hops_to_ms(index) - open.start_ms > kWithinMs && open.alone_hops == 0) {
      settle(starter, std::nullopt);
    }
  }
}

void OutcomeTracker::settle(Party starter, std::optional<float> given_back_after_s) noexcept {
  known_[starter] = InterruptionOutcome{starter, open_[starter]->start_ms, given_back_after_s};
  open_[starter].reset();
}

void OutcomeTracker::flush() noexcept {
  known_ = {};
  open_ = {};
}

}  // namespace tonecue

/// @file
/// What became of the one who was cut off.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/party.h"
#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Follows each interruption for up to 10 s: was the floor given back to the party that had been
/// cut off, and how soon? It was when that party talked alone for 0.7 s (as long as it takes to
/// have the floor).
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class OutcomeTracker {
 public:
  /// Takes one hop; the floor has already taken it.
  /// @param raised  The interruptions raised at this hop, by starter.
  void process(std::int64_t index, const PerParty<std::optional<Interruption>>& raised,
               const FloorTracker& floor) noexcept;

  /// The call is over: what is still open is not told, as nobody can know it.
  void flush() noexcept;

  /// What this hop made known, if anything, of the interruption by `starter`.
  const std::optional<InterruptionOutcome>& known(Party starter) const noexcept {
    return known_[starter];
  }

 private:
  struct Open {
    std::int64_t start_ms = 0;
    std::int64_t alone_since = 0;  // First hop of the holder's talking alone.
    int alone_hops = 0;
  };
  void settle(Party starter, std::optional<float> given_back_after_s) noexcept;

  PerParty<std::optional<Open>> open_;
  PerParty<std::optional<InterruptionOutcome>> known_;
};

}  // namespace tonecue

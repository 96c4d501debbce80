/// @file
/// How fast a party speaks now.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Speech rate and articulation rate of one party over a sliding window, with the syllables that
/// they rest on: syllable nuclei divided by the time of the party's turn, pauses included, and by
/// its active speech alone (as de Jong and Wempe, 2009, define the two). A silence is a pause of
/// the turn only once the party speaks on in the same turn, so neither the other party's turns nor
/// the silence after the last word slow a rate down.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class SpeakingRateMeter {
 public:
  /// Speech before this long ago is forgotten: about 25 syllables of a party that speaks on.
  static constexpr int kWindowMs = 8000;

  /// Takes one hop of the party, and what is known of its turn.
  /// @param leak  The sound is the other party's voice: its syllables are not this party's.
  void process(const FeatureFrame& frame, const PartyTurn& turn, bool leak) noexcept;

  SpeakingRate rate() const noexcept;

 private:
  /// A hop of active speech.
  struct Moment {
    std::int64_t index = 0;
    std::int32_t pause_hops = 0;  ///< Of the turn, since the moment before.
    std::int32_t syllables = 0;
  };

  static constexpr std::size_t kWindowHops = kWindowMs / kHopMs;

  Moment& newest() noexcept { return moments_[(oldest_ + size_ - 1) % kWindowHops]; }
  void forget_before(std::int64_t index) noexcept;
  void remember(std::int64_t index, const PartyTurn& turn) noexcept;

  std::array<Moment, kWindowHops> moments_{};  // Ring.
  std::size_t oldest_ = 0;
  std::size_t size_ = 0;
  std::int64_t pause_hops_ = 0;  // Sums over the ring.
  int syllables_ = 0;
};

}  // namespace tonecue

/// @file
/// Whose turn it is.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"
#include "tonecue/turns/speech_segmenter.h"

namespace tonecue {

/// A party talks alone once the other has been silent for longer: a stop consonant is no silence.
inline constexpr int kAloneAfterHops = 100 / kHopMs;

/// So long alone, a party has the floor. Longer than nearly every backchannel: 99 % of 220 real
/// ones end by 0.70 s.
inline constexpr int kTakesFloorHops = 700 / kHopMs;

/// Gives the floor to a party that has talked alone for 0.7 s, so that a "mm-hm" in the other's
/// pause does not take it. The holder keeps it through pauses and overlaps until the other party is
/// given it; a common silence of 3 s ends the turn (shorter ones are pauses; 3 s is what
/// call-centre products count as non-talk time).
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class FloorTracker {
 public:
  static constexpr int kNever = 1 << 30;  ///< No call has as many hops: 120 days.

  /// Counters of one voice, in hops.
  struct Voice {
    int silent = kNever;  ///< Since it was last active; 0 while active.
    int alone = 0;        ///< Active on its own since the other last talked alone.
    int turn_active = 0;  ///< Active since it last was silent for 1.5 s, or the other took over.
    std::int64_t alone_start = 0;  ///< First hop of the segment with which `alone` began.
    std::int64_t last_active = 0;
  };

  struct Turn {
    Party party = Party::agent;
    std::int64_t start = 0;  ///< First hop.
    std::int64_t end = 0;    ///< After the last active hop so far.

    /// Silence between the other party's turn and this one; empty when this one began before the
    /// other had ended, or there was none.
    std::optional<std::int64_t> response_gap;
  };

  /// Takes one hop; the segmenters have already taken it.
  void process(std::int64_t index, PerParty<bool> active,
               const PerParty<SpeechSegmenter>& segments) noexcept;

  /// The call is over: the present turn becomes the ended one.
  void flush() noexcept;

  /// The present turn; empty before the first and after a long silence.
  const std::optional<Turn>& turn() const noexcept { return turn_; }

  /// The turn that this hop ended, if any.
  const std::optional<Turn>& ended_turn() const noexcept { return ended_turn_; }

  /// Whether `party` has the floor and the other has not talked alone since.
  bool holds_uncontested(Party party) const noexcept;

  const Voice& voice(Party party) const noexcept { return voices_[party]; }

  int both_silent_hops() const noexcept;

 private:
  void count(std::int64_t index, PerParty<bool> active,
             const PerParty<SpeechSegmenter>& segments) noexcept;
  void give_floor(Party party, std::int64_t index) noexcept;
  void end_turn() noexcept;

  PerParty<Voice> voices_;
  std::optional<Turn> turn_;
  std::optional<Turn> ended_turn_;
  std::optional<Turn> previous_turn_;
};

}  // namespace tonecue

/// @file
/// What it means when one party speaks while the other does.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/party.h"
#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/speech_segmenter.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Follows each entry of a party into the other's speech: raises an interruption as soon as its
/// rule holds, and tells the kind of overlap once it is over. Both parties are treated alike.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class OverlapDetector {
 public:
  /// Takes one hop. The segmenters have already taken it; the floor has not: it is that of the hop
  /// before, which the party that comes in now has not touched.
  void process(std::int64_t index, PerParty<bool> active, const PerParty<SpeechSegmenter>& segments,
               const FloorTracker& floor) noexcept;

  /// Ends the call: an entry that is still open is told as it stands.
  void flush() noexcept;

  const std::optional<Interruption>& raised(Party starter) const noexcept {
    return raised_[starter];
  }

  /// An overlap that is over. Speech that fell wholly into the other's pause has an empty span.
  const std::optional<Overlap>& ended(Party starter) const noexcept { return ended_[starter]; }

 private:
  /// One party's speech since it came in. Times are hop indices, lengths are hops.
  struct Entry {
    bool open = false;              // Confirmed to be speech.
    std::int64_t start = 0;         // The incomer's first hop.
    std::int64_t holder_start = 0;  // Of the holder's segment.
    bool holder_had_floor = false;
    bool together = false;  // Both started after a silence: nobody had the floor.
    bool resumes = false;   // The floor is the incomer's own: the other spoke in its pause.
    int holder_turn = 0;
    int incomer_active = 0;
    int holder_active = 0;
    int both_active = 0;
    std::int64_t incomer_last = 0;
    std::int64_t holder_last = 0;
    bool raised = false;
  };

  static std::optional<Entry> begin(Party incomer, std::int64_t index, PerParty<bool> active,
                                    const PerParty<SpeechSegmenter>& segments,
                                    const FloorTracker& floor) noexcept;
  static bool is_interruption(const Entry& entry, std::int64_t index) noexcept;
  static OverlapKind kind(const Entry& entry) noexcept;
  void close(Party incomer) noexcept;

  PerParty<std::optional<Entry>> entries_;
  PerParty<std::optional<Interruption>> raised_;
  PerParty<std::optional<Overlap>> ended_;
};

}  // namespace tonecue

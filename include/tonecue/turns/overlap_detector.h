/// @file
/// What it means when one party speaks while the other does.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/decibel.h"
#include "tonecue/core/party.h"
#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/speech_segmenter.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Follows each entry of a party into the other's speech: raises an interruption as soon as its
/// rule holds, and tells the kind of overlap once it is over. Both parties are treated alike.
///
/// An entry is an interruption when the other party has the floor and goes on into it (0.16 to 0.44
/// s: longer when they fade, as turns do at their end), and the incomer shows that they want it:
/// 0.88 s of speech, pauses counting half against it, 0.18 s less once the holder has fallen
/// silent, 30 ms more or less for each dB below or above their usual level. Loud entries compete
/// for the floor, soft ones support it (French and Local, "Turn-competitive incomings", 1983). The
/// cue tells of the cutting in; the kind of the overlap tells how it ended: an interruption if the
/// holder gave way, an attempt if the incomer did.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class OverlapDetector {
 public:
  /// One party in one hop.
  struct Voice {
    bool active = false;
    bool clear = false;  ///< Active, and surely speech: what counts as evidence.
    float level_dbfs = kSilenceDbfs;
    std::optional<float> usual_level_dbfs;  ///< Empty until some speech was heard.
  };

  /// Takes one hop. The segmenters have already taken it; the floor has not: it is that of the hop
  /// before, which the party that comes in now has not touched.
  void process(std::int64_t index, const PerParty<Voice>& voices,
               const PerParty<SpeechSegmenter>& segments, const FloorTracker& floor) noexcept;

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
    bool open = false;       // Confirmed to be speech.
    std::int64_t start = 0;  // The incomer's first hop.
    bool holder_had_floor = false;
    bool together = false;  // Both started after a silence: nobody had the floor.
    bool resumes = false;   // The floor is the incomer's own: the other spoke in its pause.
    std::int64_t holder_turn = 0;
    int incomer_clear = 0;
    int holder_clear = 0;
    std::int64_t holder_clear_last = 0;
    int both_active = 0;
    std::int64_t both_first = 0;  // Of the hops in which both speak.
    std::int64_t both_last = 0;
    std::int64_t incomer_last = 0;
    std::int64_t holder_last = 0;
    float incomer_power = 0.0F;  // Sum over its clear hops.
    float holder_power = 0.0F;
    bool raised = false;
  };

  static std::optional<Entry> begin(Party incomer, std::int64_t index,
                                    const PerParty<SpeechSegmenter>& segments,
                                    const FloorTracker& floor) noexcept;
  static void follow(Entry& entry, std::int64_t index, const Voice& incomer,
                     const Voice& holder) noexcept;
  static bool holder_goes_on(const Entry& entry, const Voice& holder) noexcept;
  static bool has_yielded(const Entry& entry, std::int64_t index) noexcept;
  static bool wants_floor(const Entry& entry, std::int64_t index, const Voice& incomer) noexcept;
  static bool is_interruption(const Entry& entry, std::int64_t index, const Voice& incomer,
                              const Voice& holder) noexcept;
  static float confidence(const Entry& entry, std::int64_t index, const Voice& incomer) noexcept;
  void raise(Party incomer, std::int64_t index, const Voice& voice) noexcept;
  static OverlapKind kind(const Entry& entry) noexcept;
  void close(Party incomer) noexcept;

  PerParty<std::optional<Entry>> entries_;
  PerParty<std::optional<Interruption>> raised_;
  PerParty<std::optional<Overlap>> ended_;
};

}  // namespace tonecue

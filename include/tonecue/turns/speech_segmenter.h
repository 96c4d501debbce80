/// @file
/// From speech or not, hop by hop, to segments of speech.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/hop.h"

namespace tonecue {

/// A pause at least this long ends a segment. Stop consonants reach 0.15 to 0.2 s; transcribers of
/// conversation divide inter-pausal units at 0.2 to 0.3 s.
inline constexpr int kSegmentPauseHops = 300 / kHopMs;

/// Hops since the start of the call, the end not included.
struct HopSpan {
  std::int64_t start = 0;
  std::int64_t end = 0;
};

/// Joins active hops into segments (inter-pausal units). A segment begins at its first active hop,
/// known as soon as 50 ms of the last 250 ms were active; it ends with its last active hop, known
/// after a pause of 300 ms. Shorter sounds are no segment.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class SpeechSegmenter {
 public:
  /// Takes one hop. @return The segment that is now known to be over, if any.
  std::optional<HopSpan> process(std::int64_t index, bool active) noexcept;

  /// Ends the call. @return The segment that was still open, if any.
  std::optional<HopSpan> flush() noexcept;

  bool speaking() const noexcept { return state_ == State::speaking; }

  /// Whether this hop confirmed a new segment.
  bool confirmed() const noexcept { return confirmed_; }

  /// First active hop of the present segment or of the sound that may become one.
  std::int64_t start() const noexcept { return start_; }

  /// Hops from the last active one before start() to it.
  std::int64_t pause_before() const noexcept { return pause_before_; }

  /// Whether `index` lies in a segment; known once kSegmentPauseHops newer hops were taken, and not
  /// for long after: a segment is remembered until the next one ends.
  bool covers(std::int64_t index) const noexcept {
    return (speaking() && index >= start_) || (index >= ended_.start && index < ended_.end);
  }

  /// Whether this hop may be the first of a segment.
  bool may_start() const noexcept { return may_start_; }

 private:
  enum class State { silent, starting, speaking };

  void wait_for_confirmation(std::int64_t index, bool active) noexcept;

  State state_ = State::silent;
  bool may_start_ = false;
  bool confirmed_ = false;
  std::int64_t start_ = 0;
  std::int64_t last_active_ = 0;
  std::int64_t pause_before_ = 0;
  int active_hops_ = 0;
  HopSpan ended_;
};

}  // namespace tonecue

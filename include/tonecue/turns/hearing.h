/// @file
/// A call as it sounds at one place.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/party.h"
#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/overlap_detector.h"
#include "tonecue/turns/speech_segmenter.h"

namespace tonecue {

/// Segments, floor and overlaps of two voices in the order in which they arrive at one place. A
/// long line has two such places: what overlaps at one end need not overlap at the other.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class Hearing {
 public:
  using Voices = PerParty<OverlapDetector::Voice>;

  /// Takes one hop of both voices.
  void process(std::int64_t index, const Voices& voices) noexcept;

  /// The call is over: closes what is open.
  void flush() noexcept;

  const PerParty<SpeechSegmenter>& segments() const noexcept { return segmenters_; }
  const FloorTracker& floor() const noexcept { return floor_; }
  const OverlapDetector& overlaps() const noexcept { return overlaps_; }

  /// The segment that this hop made known to be over, if any.
  const std::optional<HopSpan>& ended_segment(Party party) const noexcept {
    return ended_segment_[party];
  }

 private:
  PerParty<SpeechSegmenter> segmenters_;
  FloorTracker floor_;
  OverlapDetector overlaps_;
  PerParty<std::optional<HopSpan>> ended_segment_;
};

}  // namespace tonecue

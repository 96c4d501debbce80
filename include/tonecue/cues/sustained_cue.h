/// @file
/// A cue that begins, holds and ends.
#pragma once

#include "tonecue/cues/cue_change.h"

namespace tonecue {

/// The one place where a condition over time becomes a raised and an ended cue.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class SustainedCue {
 public:
  SustainedCue(CueKind kind, Party party) noexcept : cue_{.kind = kind, .party = party} {}

  bool holds() const noexcept { return holds_; }
  const Cue& cue() const noexcept { return cue_; }

  /// The condition is proven by the frame `frame_index`; it began at `start_ms`.
  void raise(std::int64_t start_ms, std::int64_t frame_index, float confidence,
             const Evidence& evidence, CueChanges& changes) noexcept;

  /// It still holds at this frame.
  void extend(std::int64_t frame_index) noexcept;

  /// It no longer holds; it did until `end_ms`, or until the last frame it was extended to.
  void end(CueChanges& changes) noexcept;
  void end(std::int64_t end_ms, CueChanges& changes) noexcept;

 private:
  Cue cue_;
  bool holds_ = false;
};

}  // namespace tonecue

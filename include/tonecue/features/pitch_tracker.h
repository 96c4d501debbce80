/// @file
/// F0 (fundamental frequency) of one voice.
#pragma once

#include <memory>
#include <optional>

#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// The pitch of one frame.
struct PitchFrame {
  std::optional<float> f0_hz;  ///< [59, 500]; empty when unvoiced.
  float voicing = 0.0F;        ///< Probability that the frame, by itself, is voiced, [0, 1].
  float nccf = 0.0F;  ///< Correlation below 800 Hz at the chosen lag, or, when unvoiced, at
                      ///< the likeliest; [-1, 1], 0 in silence.
};

/// Tracks F0 in telephone speech. The correlation of the low band, that of the rectified envelope
/// (which gives back a fundamental that the telephone cut off) and that of the spectrum above the
/// noise add up; height and level decide on voicing; the cheapest path through the peaks of
/// successive frames decides on the period, 3 frames late. After D. Talkin, "A Robust Algorithm for
/// Pitch Tracking" (1995), with the constants found for 8 kHz, 300 to 3400 Hz.
///
///     auto tracker = PitchTracker::create();
///     if (!tracker) return tl::unexpected(tracker.error());
///     for (Hop hop : hops) use(tracker->process(hop).f0_hz);
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; separate objects are independent.
class PitchTracker {
 public:
  static Result<PitchTracker> create();

  /// Takes the next hop and returns the frame of the hop kFrameLatencyHops earlier, whose centre
  /// lies kFrameCentreMs into it; for the first hops that is the silence before the call.
  /// @param hop  Samples in [-1, 1]; NaN, infinity and anything beyond 8 count as silence.
  PitchFrame process(Hop hop) noexcept;

  /// Forgets all audio; the next frame is that of a new tracker.
  void reset() noexcept;

  PitchTracker(PitchTracker&&) noexcept;
  PitchTracker& operator=(PitchTracker&&) noexcept;
  ~PitchTracker();

 private:
  struct Stages;
  explicit PitchTracker(std::unique_ptr<Stages> stages);

  std::unique_ptr<Stages> stages_;
};

}  // namespace tonecue

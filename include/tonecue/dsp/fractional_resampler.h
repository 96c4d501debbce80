/// @file
/// A voice at a rate that is almost, and not quite, its own.
#pragma once

#include <span>

namespace tonecue {

/// Reads a voice between its samples: a windowed sinc (Kaiser) of 40 taps in 256 phases, with
/// straight lines between the phases (J. O. Smith, "Digital Audio Resampling", 2002). The step may
/// be another at each call: what was read stays connected, because the caller keeps the position.
/// Flat within 0.1 dB up to 3.6 kHz at 8 kHz; what a moving position adds to a tone up to 3.5 kHz
/// is at least 70 dB below it (32 taps, which take 0.5 ms less, give only one of the two up to
/// there). At whole positions with a step of 1 the samples come through unchanged.
///
///     FractionalResampler resampler;
///     resampler.read(voice, position, 1.0003, block);
///     position += 1.0003 * std::ssize(block);
///
/// Real-time: the constructor allocates when it is the first; read() neither allocates, locks nor
/// throws.
/// Threads: read() may be used from any, at the same time too.
class FractionalResampler {
 public:
  static constexpr int kTaps = 40;

  /// Samples that must lie before a position and behind it: the latency, 2.5 ms at 8 kHz.
  static constexpr int kReach = kTaps / 2;

  /// The steps that are fit to be asked for: 2000 ppm off 1. Crystals are off by 100 ppm at most;
  /// 2000 ppm, 3.5 cents, is not heard, and nothing aliases below 3.98 kHz.
  static constexpr double kMaxDeviation = 2e-3;

  FractionalResampler();

  /// out[i] = the voice at position + i * step.
  /// @param voice     Samples at whole positions 0, 1, 2, …
  /// @param position  At least kReach - 1, and the last one read less than the voice's size -
  /// kReach.
  /// @param step      Within kMaxDeviation of 1, or less: a smaller step gives the voice a higher
  /// rate, and nothing can alias.
  void read(std::span<const float> voice, double position, double step,
            std::span<float> out) const noexcept;

 private:
  std::span<const float> phases_;  // 257 rows of kTaps weights, the oldest sample's first.
};

}  // namespace tonecue

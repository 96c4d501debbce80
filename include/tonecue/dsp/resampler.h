/// @file
/// From the rate of a recording or device to the rate inside.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "tonecue/core/result.h"

namespace tonecue {

/// Resamples one voice to kSampleRateHz with a linear-phase windowed sinc (speexdsp), its delay
/// taken off: output sample `n` lies at the time of input sample `n * input_rate_hz / 8000`.
/// Flat within 0.25 dB up to 3.6 kHz; what lies above 4.1 kHz comes back at least 100 dB down.
/// Input that already has the rate passes through unchanged.
///
/// Real-time: create() allocates; process() and flush() neither allocate, lock nor throw.
/// Threads: one object belongs to one thread.
class Resampler {
 public:
  /// @param input_rate_hz      [8000, 48000]
  /// @param max_block_samples  The largest block that process() will be given; at least 1.
  static Result<Resampler> create(int input_rate_hz, int max_block_samples);

  /// @param block  At most max_block_samples finite samples.
  /// @return What is ready; valid until the next call, or as long as `block` is.
  std::span<const float> process(std::span<const float> block) noexcept;

  /// Ends the stream: the rest, so that all output is round(input samples * 8000 / input_rate_hz)
  /// long. Call it once, last.
  std::span<const float> flush() noexcept;

  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;
  ~Resampler();

 private:
  struct Chain;
  Resampler(int input_rate_hz, std::unique_ptr<Chain> chain);

  int input_rate_hz_;
  std::unique_ptr<Chain> chain_;  // None when the rates are equal.
  std::int64_t taken_ = 0;        // Samples in.
  std::int64_t given_ = 0;        // Samples out.
};

}  // namespace tonecue

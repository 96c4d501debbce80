/// @file
/// The two signals in which pitch is looked for.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "tonecue/core/hop.h"
#include "tonecue/dsp/biquad.h"
#include "tonecue/dsp/fir_filter.h"

namespace tonecue {

/// A stretch of signal around the frame's centre, oldest sample first.
struct CentredSignal {
  static constexpr std::size_t kCentre = 156;  ///< Index of the frame's centre.
  static constexpr std::size_t kSamples = 326;

  std::array<float, kSamples> samples{};

  void append(std::span<const float, kHopSamples> newest) noexcept;
};

/// Derives from a voice
/// - its low band, where the first harmonics that a telephone leaves are strongest;
/// - its envelope: the rectified, pre-emphasised signal has the period of the voice even where the
///   telephone has cut the fundamental off.
/// Both are delayed alike. The frame's centre lies kCentreToNewest samples before the newest.
class PitchSignals {
 public:
  static constexpr int kCentreToNewest = 185;

  PitchSignals();

  /// @param hop  Finite samples; the two signals have its scale.
  void process(Hop hop) noexcept;

  const CentredSignal& low() const noexcept { return low_; }
  const CentredSignal& envelope() const noexcept { return envelope_; }

  void reset() noexcept;

 private:
  Biquad rumble_filter_;
  Biquad envelope_rumble_filter_;
  FirFilter low_filter_;
  FirFilter envelope_filter_;
  float last_sample_ = 0.0F;
  CentredSignal low_;
  CentredSignal envelope_;
};

}  // namespace tonecue

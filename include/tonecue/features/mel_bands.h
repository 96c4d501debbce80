/// @file
/// Band powers on the mel scale.
#pragma once

#include <array>
#include <vector>

#include "tonecue/features/feature_frame.h"
#include "tonecue/features/spectrum.h"

namespace tonecue {

/// Band powers in dB.
using MelLevels = std::array<float, kMelBands>;

/// Triangular bands, their edges equally spaced in mel = 1127 ln(1 + f / 700) from 150 to 3800 Hz;
/// the weights of a band add up to 1, so a band's value is a mean power per bin. A band too narrow
/// to hold a bin takes the nearest one.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: const after construction.
class MelBands {
 public:
  MelBands();

  /// Where a band's triangle has its tip.
  /// @param band  [0, kMelBands)
  static float centre_hz(int band) noexcept;

  /// 10 log10 of each band's power, at least kMelFloorDb.
  MelLevels process(const PowerSpectrum& power) const noexcept;

 private:
  struct Band {
    int first_bin;
    std::vector<float> weights;
  };
  std::vector<Band> bands_;
};

}  // namespace tonecue

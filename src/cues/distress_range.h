/// @file
/// Whether a voice sounds like anything that the distress model was trained on.
#pragma once

#include <array>
#include <vector>

#include "cues/distress_functionals.h"
#include "tonecue/core/result.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// Distance of a window's functionals from those of the training windows: Mahalanobis', with the
/// covariance shrunk half-way to its diagonal. Beyond the distance that all but one in two hundred
/// training windows keep, the networks would guess: singing, machines, synthetic voices.
///
/// Real-time: create() allocates; holds() neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; copies share the weights.
class DistressRange {
 public:
  /// Takes `range.centre` and `range.scale` (a value per functional), the layer `range.whiten`,
  /// whose outputs are independent and of variance one over the training windows, and the number
  /// `range_limit`, the largest mean square of them. @return `corrupt`, naming what does not fit.
  static Result<DistressRange> create(ModelFile& model);

  bool holds(const DistressFunctionalRow& row) noexcept;

 private:
  explicit DistressRange(DenseLayer whiten);

  std::vector<float> centre_;
  std::vector<float> scale_;  // 1 / deviation.
  DenseLayer whiten_;
  float limit_ = 0.0F;
  std::array<float, kDistressFunctionals> standardised_{};
  std::vector<float> independent_;
};

}  // namespace tonecue

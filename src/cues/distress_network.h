/// @file
/// The trained part of the distress model.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "cues/distress_functionals.h"
#include "cues/distress_range.h"
#include "tonecue/core/result.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// Probabilities, [0, 1].
struct DistressScore {
  float agitated = 0.0F;
  float distress = 0.0F;
  std::optional<float> subdued;  ///< Nothing where the model has no such head.
};

/// A few small networks of two hidden layers, their log-odds averaged, then calibrated (Platt's
/// logistic). Input: the functionals of the window, their difference to the caller's usual, and
/// whether that usual is known.
///
/// Real-time: create() allocates; process() neither allocates, locks nor throws.
/// Threads: one object belongs to one thread.
class DistressNetwork {
 public:
  /// @param text  A `tonecue.model/1` file. @return `corrupt`, saying why, when it does not fit
  /// these functionals.
  static Result<DistressNetwork> create(std::string_view text);

  /// The one of models/distress, parsed at the first call; to be copied, as copies share the
  /// weights.
  static const Result<DistressNetwork>& built_in();

  /// @param baseline  The caller's usual, or null while it is not known.
  DistressScore process(const DistressFunctionalRow& row,
                        const DistressFunctionalRow* baseline) noexcept;

  /// 1 / the deviation of each functional's difference to the usual.
  const std::vector<float>& step_scale() const noexcept { return step_scale_; }

  bool has_subdued() const noexcept { return false; }  // No model file has named heads yet.

  /// Sounds the window like anything it was trained on? Always, when the file does not tell.
  bool is_in_range(const DistressFunctionalRow& row) noexcept {
    return !range_ || range_->holds(row);
  }

 private:
  static constexpr std::size_t kInputs = 2 * kDistressFunctionals + 1;
  static constexpr std::size_t kHeads = 2;

  struct Member {
    DenseLayer first;
    DenseLayer second;
    DenseLayer heads;
  };
  struct Logistic {
    float slope;
    float offset;
  };
  using Calibration = std::array<Logistic, kHeads>;

  DistressNetwork() = default;
  Result<void> take_scaling(ModelFile& file);
  Result<void> take_members(ModelFile& file);
  Result<void> take_calibration(ModelFile& file);
  Result<void> take_range(ModelFile& file);

  std::vector<float> centre_;      // Of each functional.
  std::vector<float> scale_;       // 1 / its deviation.
  std::vector<float> step_scale_;  // 1 / the deviation of its difference to the usual.
  std::vector<Member> members_;
  std::array<Calibration, 2> calibration_{};  // Without the caller's usual, and with it.
  std::optional<DistressRange> range_;
  std::array<float, kInputs> input_{};
  std::vector<float> first_out_;
  std::vector<float> second_out_;
};

}  // namespace tonecue

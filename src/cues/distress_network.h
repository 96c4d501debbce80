/// @file
/// The trained part of the distress model.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
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

/// Where the functionals of the training voices lay.
struct DistressScaling {
  std::vector<float> centre;      ///< Of each functional.
  std::vector<float> scale;       ///< 1 / its deviation; 0 where only its difference counts.
  std::vector<float> step_scale;  ///< 1 / the deviation of its difference to the usual.
};

/// A few small networks of two hidden layers, their log-odds averaged, then calibrated (Platt's
/// logistic). Input: the functionals of the window, their difference to the caller's usual, and
/// whether that usual is known.
///
/// Real-time: create() allocates; process() neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; copies share the weights, and nothing that changes.
class DistressNetwork {
 public:
  /// Takes out of the file the lists `inputs` and `heads` (what is estimated, by name), the number
  /// `members`, the tensors `centre`, `scale`, `step_scale`, `calibration`, and the layers
  /// `member0.first`, `.second`, `.heads`, ...; and what DistressRange takes, where it is there.
  /// @return `corrupt` or `unsupported`, saying why, when it does not fit these functionals.
  static Result<DistressNetwork> create(ModelFile& file);

  bool has_subdued() const noexcept { return layers_->subdued.has_value(); }
  const DistressScaling& scaling() const noexcept { return layers_->scaling; }

  /// Sounds the window like anything it was trained on? Always, when the file does not tell.
  bool is_in_range(const DistressFunctionalRow& row) noexcept {
    return !range_ || range_->holds(row);
  }

  /// @param baseline  The caller's usual, or null while it is not known.
  DistressScore process(const DistressFunctionalRow& row,
                        const DistressFunctionalRow* baseline) noexcept;

 private:
  static constexpr std::size_t kInputs = 2 * kDistressFunctionals + 1;
  static constexpr std::size_t kMostHeads = 8;

  struct Member {
    DenseLayer first;
    DenseLayer second;
    DenseLayer heads;
  };
  struct Logistic {
    float slope = 0.0F;
    float offset = 0.0F;
  };
  using Calibration = std::array<Logistic, kMostHeads>;  // The first `heads` of them count.

  /// What is never changed after loading.
  struct Layers {
    std::size_t heads = 0;
    std::size_t agitated = 0;  // Places among the heads.
    std::size_t distress = 0;
    std::optional<std::size_t> subdued;
    DistressScaling scaling;
    std::vector<Member> members;
    std::array<Calibration, 2> calibration{};  // Without the caller's usual, and with it.
  };

  explicit DistressNetwork(std::shared_ptr<const Layers> layers);

  static Result<void> expect_inputs(ModelFile& file);
  static Result<void> take_heads(ModelFile& file, Layers& layers);
  static Result<void> take_scaling(ModelFile& file, DistressScaling& scaling);
  static Result<void> take_members(ModelFile& file, Layers& layers);
  static Result<Member> take_member(ModelFile& file, const std::string& prefix, std::size_t heads);
  static Result<void> take_calibration(ModelFile& file, Layers& layers);
  Result<void> take_range(ModelFile& file);

  void standardise(const DistressFunctionalRow& row,
                   const DistressFunctionalRow* baseline) noexcept;

  std::shared_ptr<const Layers> layers_;
  std::optional<DistressRange> range_;
  std::array<float, kInputs> input_{};
  std::vector<float> first_out_;
  std::vector<float> second_out_;
};

}  // namespace tonecue

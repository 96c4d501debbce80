/// @file
/// The trained part of the distress model.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
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
  std::optional<float> subdued;  ///< Nothing where the model has no such head, as with ...
  std::optional<float> anger;    ///< ... anger against ordinary speech.
};

/// Where the functionals of the training voices lay.
struct DistressScaling {
  std::vector<float> centre;      ///< Of each functional.
  std::vector<float> scale;       ///< 1 / its deviation; 0 where only its difference counts.
  std::vector<float> step_scale;  ///< 1 / the deviation of its difference to the usual.
};

/// Small networks of two hidden layers on the functionals of the window, their log-odds averaged:
/// some for a voice whose usual is not known, and some that also see the difference to it. With the
/// log-odds that VoiceNetwork hears in the same window they are put together by a logistic
/// (Platt's, of two inputs), fitted on voices that neither had heard.
///
/// Real-time: create() allocates; process() neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; copies share the weights, and nothing that changes.
class DistressNetwork {
 public:
  static constexpr std::size_t kMostHeads = 8;
  using LogOdds = std::array<float, kMostHeads>;  ///< The first heads() of them count.

  /// Takes out of the file the lists `inputs` and `heads` (what is estimated, by name), the numbers
  /// `alone` and `against` of networks, the tensors `centre`, `scale`, `step_scale`, `fusion` (2 x
  /// heads x 3: the weights of both log-odds and the offset, without the usual and with it), and
  /// the layers `unknown0.first`, `.second`, `.heads`, ..., `known0.first`, ...; and what
  /// DistressRange takes, where it is there.
  /// @return `corrupt` or `unsupported`, saying why, when it does not fit these functionals.
  static Result<DistressNetwork> create(ModelFile& file);

  bool has_subdued() const noexcept { return layers_->subdued.has_value(); }
  bool has_anger() const noexcept { return layers_->anger.has_value(); }
  const DistressScaling& scaling() const noexcept { return layers_->scaling; }

  /// Sounds the window like anything it was trained on? Always, when the file does not tell.
  bool is_in_range(const DistressFunctionalRow& row) noexcept {
    return !range_ || range_->holds(row);
  }

  std::size_t heads() const noexcept { return layers_->heads; }

  /// @param baseline  The caller's usual, or null while it is not known.
  /// @param voice     What VoiceNetwork says of the same window, in the order of the heads.
  DistressScore process(const DistressFunctionalRow& row, const DistressFunctionalRow* baseline,
                        const LogOdds& voice) noexcept;

 private:
  static constexpr std::size_t kMostInputs = std::size_t{2} * kDistressFunctionals;

  struct Member {
    DenseLayer first;
    DenseLayer second;
    DenseLayer heads;
  };
  struct Logistic {
    float alone = 0.0F;  // Weights of the log-odds.
    float against_usual = 0.0F;
    float voice = 0.0F;
    float offset = 0.0F;
  };
  using Fusion = std::array<Logistic, kMostHeads>;

  /// What is never changed after loading.
  struct Layers {
    std::size_t heads = 0;
    std::size_t agitated = 0;  // Places among the heads.
    std::size_t distress = 0;
    std::optional<std::size_t> subdued;
    std::optional<std::size_t> anger;
    DistressScaling scaling;
    std::vector<Member> alone;
    std::vector<Member> against_usual;
    Fusion usual_unknown{};
    Fusion usual_known{};
  };

  explicit DistressNetwork(std::shared_ptr<const Layers> layers);

  static Result<void> expect_inputs(ModelFile& file);
  static Result<void> take_heads(ModelFile& file, Layers& layers);
  static Result<void> take_scaling(ModelFile& file, DistressScaling& scaling);
  static Result<void> take_members(ModelFile& file, const std::string& kind, int inputs,
                                   std::size_t heads, std::vector<Member>& members);
  static Result<Member> take_member(ModelFile& file, const std::string& prefix, int inputs,
                                    std::size_t heads);
  static Result<void> take_fusion(ModelFile& file, Layers& layers);
  Result<void> take_range(ModelFile& file);

  void standardise(const DistressFunctionalRow& row,
                   const DistressFunctionalRow* baseline) noexcept;
  LogOdds mean_log_odds(const std::vector<Member>& members, std::span<const float> input) noexcept;

  std::shared_ptr<const Layers> layers_;
  std::optional<DistressRange> range_;
  std::array<float, kMostInputs> input_{};
  std::vector<float> first_out_;
  std::vector<float> second_out_;
};

}  // namespace tonecue

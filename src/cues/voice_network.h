/// @file
/// The part of the distress model that listens to the voice frame by frame.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cues/usual_frame.h"
#include "cues/voice_inputs.h"
#include "tonecue/core/result.h"
#include "tonecue/model/conv_layer.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// A small causal convolutional network with pooling over time (after the time-delay networks with
/// statistics pooling of Snyder et al., "X-vectors", 2018):
///
///     conv1      5 frames, every 2nd    30 inputs -> 32, ReLU
///     conv2      3 of these, every 2nd            -> 40, ReLU
///     residual0  h + ReLU(conv(h)), 3 taps        -> 40      one output per 4 frames: after the
///     residual1  the same, every 2nd tap          -> 40      4th, 8th, ... frame of speech
///     pool       mean and standard deviation of the outputs of the last 3 s of speech -> 80
///     hidden     and whether the caller's usual is known -> 64, ReLU
///     heads      log-odds
///
/// The widths are the file's. tools/train_distress/sequence.py trains it.
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; copies share the weights, and nothing that changes.
class VoiceNetwork {
 public:
  /// Outputs that are pooled: those of 3 s.
  static constexpr int kPooledOutputs = 75;

  /// With fewer the deviations say more of the moment than of the voice.
  static constexpr int kLeastOutputs = 10;

  /// Takes the tensors `<name>.conv1.weight`, `.bias`, `<name>.conv2`, `.residual0`, `.residual1`,
  /// `.hidden` and `.heads` out of the file.
  /// @param heads  How many heads the file names.
  /// @return `corrupt`, naming the tensor, when one is missing or does not fit.
  static Result<VoiceNetwork> create(ModelFile& file, const std::string& name, int heads);

  int heads() const noexcept { return heads_.outputs(); }

  /// Takes the next frame of speech.
  /// @param usual  What is taken off it, or null while it is not known. Outputs without and with it
  /// are nothing to pool: reset() when it becomes known.
  void add(const VoiceInput& input, const UsualFrame* usual) noexcept;

  /// Forgets the outputs of frames before `index`.
  void forget_before(std::int64_t index) noexcept;

  /// How many there are to pool.
  int outputs() const noexcept { return size_; }

  /// What the outputs of the last 3 s say; false, and nothing, with fewer than kLeastOutputs.
  /// @param known     The usual is known.
  /// @param log_odds  heads() values.
  bool process(bool known, std::span<float> log_odds) noexcept;

  /// The next frame is the first.
  void reset() noexcept;

 private:
  static constexpr std::size_t kResiduals = 2;

  struct Trunk {
    ConvLayer first;
    ConvLayer second;
    std::array<ConvLayer, kResiduals> residuals;
  };

  VoiceNetwork(Trunk trunk, DenseLayer hidden, DenseLayer heads);

  static Result<Trunk> take_trunk(ModelFile& file, const std::string& name);

  std::size_t width() const noexcept { return output_.size(); }
  std::span<const float> pooled_output(int age_from_oldest) const noexcept;
  void hold_output(std::int64_t index) noexcept;
  void pool() noexcept;

  Trunk trunk_;
  DenseLayer hidden_;
  DenseLayer heads_;
  std::vector<float> first_out_;
  std::vector<float> output_;
  std::vector<float> residual_out_;
  std::vector<float> held_;                                // Outputs, as a ring.
  std::array<std::int64_t, kPooledOutputs> held_until_{};  // Frame that each came with.
  int first_ = 0;
  int size_ = 0;
  std::vector<float> pooled_;  // Means, deviations, and whether the usual is known.
  std::vector<float> hidden_out_;
};

}  // namespace tonecue

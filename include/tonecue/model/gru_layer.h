/// @file
/// A recurrent layer.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/model/model_file.h"
#include "tonecue/model/weights.h"

namespace tonecue {

/// Gated recurrent unit (Cho et al. 2014), with the gate order (reset, update, new) and the biases
/// of torch.nn.GRU:
///
///     r = sigmoid(Wr x + br + Ur h + cr)        z = sigmoid(Wz x + bz + Uz h + cz)
///     n = tanh(Wn x + bn + r (Un h + cn))       h' = (1 - z) n + z h
///
/// Real-time: create() allocates; process() and reset() neither allocate, lock nor throw.
/// Threads: one object belongs to one thread; copies share their weights, not their state.
class GruLayer {
 public:
  /// Takes `<name>.weight_ih` (3 cells x inputs), `<name>.weight_hh` (3 cells x cells),
  /// `<name>.bias_ih` and `<name>.bias_hh` (3 cells) out of `model`.
  /// @return `corrupt`, naming the tensor, when one is missing or does not fit.
  static Result<GruLayer> create(ModelFile& model, const std::string& name, int inputs, int cells);

  int inputs() const noexcept { return inputs_; }
  int cells() const noexcept { return static_cast<int>(state_.size()); }

  /// One step. The state stays finite while `in` is.
  /// @param in   inputs() values. @param out  cells() values, the new state; must not overlap `in`.
  void process(std::span<const float> in, std::span<float> out) noexcept;

  /// The next step starts from the zero state.
  void reset() noexcept;

 private:
  GruLayer(int inputs, int cells, std::span<const float> weight_ih,
           std::span<const float> weight_hh, std::vector<float> bias_ih,
           std::vector<float> bias_hh);

  int inputs_;
  Weights weight_ih_;  // Column by column; each holds the gates r, z, n in turn.
  Weights weight_hh_;
  std::vector<float> bias_ih_;
  std::vector<float> bias_hh_;
  std::vector<float> state_;
  std::vector<float> from_input_;  // W x + b, all gates.
  std::vector<float> from_state_;  // U h + c, all gates.
};

}  // namespace tonecue

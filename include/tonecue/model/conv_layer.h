/// @file
/// A convolution over time, one frame after the other.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// Each at least 1.
struct ConvShape {
  int taps = 3;      ///< Frames that an output is made of.
  int stride = 1;    ///< Frames from one output to the next.
  int dilation = 1;  ///< Frames from one tap to the next.
};

/// A causal convolution, as torch.nn.Conv1d computes it: an output comes with the last of every
/// `stride` frames and sees nothing later. Before the first frame lie zeros (in torch: padding of
/// (taps - 1) dilation + 1 - stride on the left).
///
/// Real-time: create() allocates; process() and reset() neither allocate, lock nor throw.
/// Threads: one object belongs to one thread; copies share their weights, not their frames.
class ConvLayer {
 public:
  /// Takes `<name>.weight` (outputs x taps inputs: whole frames, the oldest first) and
  /// `<name>.bias` (outputs) out of `model`; the file chooses the number of outputs.
  /// @return `corrupt`, naming the tensor, when one is missing or does not fit.
  static Result<ConvLayer> create(ModelFile& model, const std::string& name, int inputs,
                                  const ConvShape& shape, Activation activation);

  int inputs() const noexcept { return filters_.inputs() / shape_.taps; }
  int outputs() const noexcept { return filters_.outputs(); }

  /// Takes the next frame; true when an output comes with it.
  /// @param in   inputs() values. @param out  outputs() values, changed only when one comes.
  bool process(std::span<const float> in, std::span<float> out) noexcept;

  /// The next frame is the first.
  void reset() noexcept;

 private:
  ConvLayer(DenseLayer filters, const ConvShape& shape);

  /// A frame that came `age` frames ago; 0 is the newest.
  std::span<const float> past(std::size_t age) const noexcept;

  DenseLayer filters_;  // Over all taps side by side.
  ConvShape shape_;
  std::vector<float> past_;  // Frames, as a ring.
  std::vector<float> taps_;  // For process().
  std::size_t newest_ = 0;   // Frame of the ring.
  int waiting_ = 0;          // Frames since the last output.
};

}  // namespace tonecue

/// @file
/// A fully connected layer.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/model/model_file.h"
#include "tonecue/model/weights.h"

namespace tonecue {

enum class Activation {
  none,  ///< W x + b
  relu,  ///< max(W x + b, 0)
};

/// W x + b, as torch.nn.Linear computes it.
///
/// Real-time: create() allocates; process() neither allocates, locks nor throws.
/// Threads: const after create; copies share their weights.
class DenseLayer {
 public:
  /// Takes `<name>.weight` (outputs x inputs) and `<name>.bias` (outputs) out of `model`; the file
  /// chooses the number of outputs.
  /// @return `corrupt`, naming the tensor, when one is missing or does not fit.
  static Result<DenseLayer> create(ModelFile& model, const std::string& name, int inputs,
                                   Activation activation);

  int inputs() const noexcept { return inputs_; }
  int outputs() const noexcept { return static_cast<int>(bias_.size()); }

  /// @param in   inputs() values. @param out  outputs() values; must not overlap `in`.
  void process(std::span<const float> in, std::span<float> out) const noexcept;

 private:
  DenseLayer(int inputs, Activation activation, std::span<const float> weight,
             std::vector<float> bias);

  int inputs_;
  Activation activation_;
  Weights weight_;  // Column by column: one column per input.
  std::vector<float> bias_;
};

}  // namespace tonecue

#include "tonecue/model/dense_layer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "affine.h"

namespace tonecue {

Result<DenseLayer> DenseLayer::create(ModelFile& model, const std::string& name, int inputs,
                                      Activation activation) {
  auto weight = model.take_tensor(name + ".weight", std::array{kAnySize, inputs});
  if (!weight) return tl::unexpected(weight.error());
  auto bias = model.take_tensor(name + ".bias", std::array{weight->shape[0]});
  if (!bias) return tl::unexpected(bias.error());
  return DenseLayer(inputs, activation, weight->values, std::move(bias->values));
}

DenseLayer::DenseLayer(int inputs, Activation activation, std::span<const float> weight,
                       std::vector<float> bias)
    : inputs_(inputs),
      activation_(activation),
      weight_(by_columns(weight, std::ssize(bias))),
      bias_(std::move(bias)) {}

void DenseLayer::process(std::span<const float> in, std::span<float> out) const noexcept {
  assert(std::ssize(in) == inputs() && std::ssize(out) == outputs());
  affine(*weight_, bias_, in, out);
  if (activation_ == Activation::relu) {
    std::transform(out.begin(), out.end(), out.begin(), [](float y) { return std::max(y, 0.0F); });
  }
}

}  // namespace tonecue

#include "tonecue/model/gru_layer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include <Eigen/Core>

#include "affine.h"

namespace tonecue {

Result<GruLayer> GruLayer::create(ModelFile& model, const std::string& name, int inputs,
                                  int cells) {
  auto weight_ih = model.take_tensor(name + ".weight_ih", std::array{3 * cells, inputs});
  if (!weight_ih) return tl::unexpected(weight_ih.error());
  auto weight_hh = model.take_tensor(name + ".weight_hh", std::array{3 * cells, cells});
  if (!weight_hh) return tl::unexpected(weight_hh.error());
  auto bias_ih = model.take_tensor(name + ".bias_ih", std::array{3 * cells});
  if (!bias_ih) return tl::unexpected(bias_ih.error());
  auto bias_hh = model.take_tensor(name + ".bias_hh", std::array{3 * cells});
  if (!bias_hh) return tl::unexpected(bias_hh.error());
  return GruLayer(inputs, cells, weight_ih->values, weight_hh->values, std::move(bias_ih->values),
                  std::move(bias_hh->values));
}

GruLayer::GruLayer(int inputs, int cells, std::span<const float> weight_ih,
                   std::span<const float> weight_hh, std::vector<float> bias_ih,
                   std::vector<float> bias_hh)
    : inputs_(inputs),
      weight_ih_(by_columns(weight_ih, std::ssize(bias_ih))),
      weight_hh_(by_columns(weight_hh, std::ssize(bias_hh))),
      bias_ih_(std::move(bias_ih)),
      bias_hh_(std::move(bias_hh)),
      state_(static_cast<std::size_t>(cells)),
      from_input_(3 * state_.size()),
      from_state_(3 * state_.size()) {}

void GruLayer::process(std::span<const float> in, std::span<float> out) noexcept {
  assert(std::ssize(in) == inputs() && std::ssize(out) == cells());
  affine(*weight_ih_, bias_ih_, in, from_input_);
  affine(*weight_hh_, bias_hh_, state_, from_state_);
  const Eigen::Index n = cells();
  const Eigen::Map<const Eigen::ArrayXf> x(from_input_.data(), 3 * n);
  const Eigen::Map<const Eigen::ArrayXf> h(from_state_.data(), 3 * n);
  Eigen::Map<Eigen::ArrayXf> gates(from_input_.data(), 3 * n);
  Eigen::Map<Eigen::ArrayXf> state(state_.data(), n);

  gates.head(2 * n) = (x.head(2 * n) + h.head(2 * n)).logistic();
  const auto reset_gate = gates.head(n);
  const auto update_gate = gates.segment(n, n);
  gates.tail(n) = (x.tail(n) + reset_gate * h.tail(n)).tanh();
  state = gates.tail(n) + update_gate * (state - gates.tail(n));
  std::copy(state_.begin(), state_.end(), out.begin());
}

void GruLayer::reset() noexcept { std::fill(state_.begin(), state_.end(), 0.0F); }

}  // namespace tonecue

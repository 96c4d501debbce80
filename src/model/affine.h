/// @file
/// The product that every layer is made of.
#pragma once

#include <span>

#include <Eigen/Core>

namespace tonecue {

/// out = weight in + bias; `weight` row by row, one row per output. `out` must not overlap `in`.
inline void affine(std::span<const float> weight, std::span<const float> bias,
                   std::span<const float> in, std::span<float> out) noexcept {
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Vector = Eigen::Map<const Eigen::VectorXf>;
  const Eigen::Map<const Rows> w(weight.data(), std::ssize(out), std::ssize(in));
  const Vector x(in.data(), std::ssize(in));
  const Vector b(bias.data(), std::ssize(out));
  // The lazy product: at these sizes nearly as fast as the blocked one, and never any scratch
  // memory.
  Eigen::Map<Eigen::VectorXf>(out.data(), std::ssize(out)) = b + w.lazyProduct(x);
}

}  // namespace tonecue

/// @file
/// The product that every layer is made of.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "tonecue/dsp/kernels.h"
#include "tonecue/model/weights.h"

namespace tonecue {

/// A matrix that is stored row by row, stored column by column.
inline Weights by_columns(std::span<const float> by_rows, Eigen::Index rows) {
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto columns = std::ssize(by_rows) / rows;
  auto stored = std::make_shared<std::vector<float>>(by_rows.size());
  Eigen::Map<Eigen::MatrixXf>(stored->data(), rows, columns) =
      Eigen::Map<const Rows>(by_rows.data(), rows, columns);
  return stored;
}

/// out = weight in + bias; `weight` by columns. `out` must not overlap `in`.
///
/// Unlike Eigen's own product it needs no scratch memory, and it is as wide as the processor.
inline void affine(std::span<const float> weight, std::span<const float> bias,
                   std::span<const float> in, std::span<float> out) noexcept {
  kernels().affine(weight.data(), bias.data(), in.data(), in.size(), out.data(), out.size());
}

}  // namespace tonecue

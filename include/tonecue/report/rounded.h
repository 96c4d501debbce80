/// @file
/// Numbers as files and pages tell them.
#pragma once

#include <array>
#include <cassert>
#include <cmath>
#include <concepts>
#include <cstddef>

namespace tonecue {

/// To so many decimals, from 0 to 6: the digits beyond are those of a float, not of the
/// measurement. NaN stays NaN, which JSON prints as null.
template <std::floating_point Number>
double rounded(Number value, int decimals) noexcept {
  constexpr std::array kParts = {1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  assert(decimals >= 0 && decimals < static_cast<int>(kParts.size()));
  const double parts = kParts[static_cast<std::size_t>(decimals)];
  return std::round(static_cast<double>(value) * parts) / parts;
}

/// As a call's JSON has its measurements, wherever they are told.
template <std::floating_point Number>
double thousandths(Number value) noexcept {
  constexpr int kDecimals = 3;
  return rounded(value, kDecimals);
}

}  // namespace tonecue

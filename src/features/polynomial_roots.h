/// @file
/// All roots of a small polynomial at once.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace tonecue {

inline constexpr std::size_t kRoots = 8;

/// In no order.
struct Roots {
  std::array<float, kRoots> re;
  std::array<float, kRoots> im;
};

/// The roots of z^8 + c[0] z^7 + ... + c[7], by Aberth's iteration ("Iteration methods for finding
/// all zeros of a polynomial simultaneously", Mathematics of Computation 27, 1973): a Newton step
/// for each root from which the pull of the others is taken away. Takes the roots of linear
/// prediction in 5 rounds as a rule; they lie within the unit circle.
/// @return Empty when they are not found to 1e-3 in 20 rounds, as for what is not a number.
std::optional<Roots> find_roots(const std::array<float, kRoots>& coefficients) noexcept;

}  // namespace tonecue

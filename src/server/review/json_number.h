/// @file
/// Numbers as the interface tells them.
#pragma once

#include <cmath>

namespace tonecue {

/// Three decimals, as a call's JSON has them: the digits beyond are those of a float, not of the
/// measurement. NaN prints as null.
inline double thousandths(float value) noexcept {
  constexpr double kParts = 1000.0;
  return std::round(static_cast<double>(value) * kParts) / kParts;
}

}  // namespace tonecue

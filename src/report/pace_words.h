/// @file
/// A speaking rate against a usual one, in words.
#pragma once

#include <cmath>
#include <string>

#include <fmt/format.h>

namespace tonecue {

/// "18 % faster"
inline std::string pace_words(float rate_ratio) {
  return fmt::format("{:.0f} % {}", 100.0F * std::abs(rate_ratio - 1.0F),
                     rate_ratio < 1.0F ? "slower" : "faster");
}

}  // namespace tonecue

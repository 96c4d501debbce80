/// @file
/// How numbers stand in a model file.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace tonecue {

/// Base64 (RFC 4648, padded, no line breaks) of little-endian float32 numbers.
/// @return nothing when a character is none of base64's or the padding is wrong.
/// @param count  Numbers; `text` must be as long as they need: base64_length().
std::optional<std::vector<float>> floats_of_base64(std::string_view text, std::size_t count);

/// Characters that this many float32 numbers take.
constexpr std::size_t base64_length(std::size_t count) {
  return (count * sizeof(float) + 2) / 3 * 4;
}

}  // namespace tonecue

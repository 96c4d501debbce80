/// @file
/// Bytes as text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tonecue {

/// Two lower-case hexadecimal digits a byte.
inline std::string hex_digits(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    text += kDigits[byte / kDigits.size()];
    text += kDigits[byte % kDigits.size()];
  }
  return text;
}

}  // namespace tonecue

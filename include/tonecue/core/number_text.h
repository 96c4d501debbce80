/// @file
/// A number out of a text.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace tonecue {

/// @return Nothing when the text is anything but one number that `Number` holds: no blanks, no plus
/// sign, nothing behind it. A float may be "nan" or "inf": compare it with a range.
template <class Number>
std::optional<Number> parse_number(std::string_view text) noexcept {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace tonecue

#include "http_range.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "http_text.h"

namespace tonecue {
namespace {

constexpr std::string_view kDigits = "0123456789";

// Digits alone. What is beyond 64 bits is beyond any file, too.
std::optional<std::uint64_t> number(std::string_view text) noexcept {
  const bool is_number = !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
  if (!is_number) return std::nullopt;
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} ? value : std::numeric_limits<std::uint64_t>::max();
}

RangeChoice from(std::uint64_t first, std::uint64_t last, std::uint64_t size_bytes) noexcept {
  if (first >= size_bytes) return {RangeChoice::Kind::outside};
  const std::uint64_t end = std::min(last, size_bytes - 1) + 1;
  return {RangeChoice::Kind::part, first, end - first};
}

RangeChoice last_of(std::uint64_t length, std::uint64_t size_bytes) noexcept {
  if (length == 0 || size_bytes == 0) return {RangeChoice::Kind::outside};
  return from(size_bytes - std::min(length, size_bytes), size_bytes - 1, size_bytes);
}

}  // namespace

RangeChoice choose_range(std::string_view header, std::uint64_t size_bytes) noexcept {
  const auto equals = header.find('=');
  if (equals == std::string_view::npos) return {};
  if (!equal_ignoring_case(without_blanks(header.substr(0, equals)), "bytes")) return {};
  const std::string_view range = without_blanks(header.substr(equals + 1));
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view first_text = range.substr(0, dash);
  const std::string_view last_text = range.substr(dash + 1);
  const auto first = number(first_text);
  const auto last = number(last_text);
  if (first_text.empty()) return last ? last_of(*last, size_bytes) : RangeChoice{};
  if (!first) return {};
  if (last_text.empty()) return from(*first, size_bytes, size_bytes);
  if (!last || *last < *first) return {};
  return from(*first, *last, size_bytes);
}

}  // namespace tonecue

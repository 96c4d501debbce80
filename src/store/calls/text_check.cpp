#include "tonecue/store/text_check.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "tonecue/store/call_details.h"

namespace tonecue {
namespace {

struct Sequence {         // One character.
  std::size_t bytes = 0;  // 0: none.
  std::uint32_t code = 0;
};

std::uint32_t byte_at(std::string_view text, std::size_t place) noexcept {
  return static_cast<unsigned char>(text[place]);
}

// Table 3-7 of the Unicode standard, by the smallest code of each length.
Sequence first_character(std::string_view text) noexcept {
  const std::uint32_t lead = byte_at(text, 0);
  if (lead < 0x80) return {1, lead};
  Sequence one;
  std::uint32_t least = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    one = {2, lead & 0x1FU};
    least = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    one = {3, lead & 0x0FU};
    least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    one = {4, lead & 0x07U};
    least = 0x10000;
  }
  if (one.bytes == 0 || text.size() < one.bytes) return {};
  for (std::size_t i = 1; i < one.bytes; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) return {};
    one.code = (one.code << 6U) | (byte_at(text, i) & 0x3FU);
  }
  const bool surrogate = one.code >= 0xD800 && one.code <= 0xDFFF;
  if (one.code < least || one.code > 0x10FFFF || surrogate) return {};
  return one;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const Sequence one = first_character(text);
    if (one.bytes == 0) return false;
    text.remove_prefix(one.bytes);
  }
  return true;
}

bool has_control_characters(std::string_view text) noexcept {
  while (!text.empty()) {
    const Sequence one = first_character(text);
    if (one.code < 0x20 || (one.code >= 0x7F && one.code <= 0x9F)) return true;
    text.remove_prefix(std::max<std::size_t>(one.bytes, 1));
  }
  return false;
}

Result<void> expect_line(std::string_view field, std::string_view text, std::size_t longest) {
  if (text.size() > longest) {
    return failure(ErrorCode::invalid_argument, fmt::format("{} is too long: {} bytes, at most {}",
                                                            field, text.size(), longest));
  }
  if (!is_utf8(text)) {
    return failure(ErrorCode::invalid_argument, fmt::format("{} is not UTF-8", field));
  }
  if (has_control_characters(text)) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("{} holds a control character; it must be one plain line", field));
  }
  return {};
}

Result<void> expect_caller_ref(std::string_view text) {
  if (text == "." || text == "..") {
    return failure(ErrorCode::invalid_argument,
                   R"(caller_ref cannot be "." or "..": no address can name it)");
  }
  return expect_line("caller_ref", text, kLongestDetail);
}

bool is_sha256(std::string_view text) noexcept {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace tonecue

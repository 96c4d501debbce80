/// @file
/// What texts from outside must be like.
#pragma once

#include <cstddef>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// Whole UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;

/// Whether it holds a C0 or C1 control character or DEL. @param text  UTF-8.
bool has_control_characters(std::string_view text) noexcept;

/// One line of UTF-8 without control characters. @return `invalid_argument`, naming the field.
Result<void> expect_line(std::string_view field, std::string_view text, std::size_t longest);

/// The same of CallDetails::caller_ref, which addresses hold: neither "." nor "..", which browsers
/// and proxies take out of an address, escaped or not.
Result<void> expect_caller_ref(std::string_view text);

/// @return Whether it is a SHA-256 in 64 lower-case hex digits.
bool is_sha256(std::string_view text) noexcept;

}  // namespace tonecue

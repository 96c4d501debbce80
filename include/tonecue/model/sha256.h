/// @file
/// The name of a content.
#pragma once

#include <string>
#include <string_view>

namespace tonecue {

/// SHA-256 (FIPS 180-4) in 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tonecue

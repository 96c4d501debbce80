/// @file
/// SHA-256.
#pragma once

#include <string>
#include <string_view>

namespace tonecue {

/// @return 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tonecue

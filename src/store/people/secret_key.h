/// @file
/// Keys that let somebody in, and what is kept of them.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// Makes libsodium ready; any number of times, from any thread.
/// @return `unreadable` when the system gives no random numbers.
Result<void> start_sodium();

/// 256 random bits as 64 lower-case hexadecimal digits. The SHA-256 of a key can be kept: that many
/// random bits cannot be found again by trying, as a password can.
Result<std::string> make_key();

/// Whether it looks like one.
bool is_key(std::string_view text) noexcept;

}  // namespace tonecue

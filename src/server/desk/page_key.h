/// @file
/// The key to the agent's page.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// 128 random bits as 32 hexadecimal digits.
/// @return `unreadable` when the system gives no random numbers.
Result<std::string> make_page_key();

/// Takes as long wherever they differ, so that nobody can feel their way to the key.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

/// The first 128 bits of SHA-256 as hexadecimal digits: changes when the text does.
std::string fingerprint(std::string_view text);

}  // namespace tonecue

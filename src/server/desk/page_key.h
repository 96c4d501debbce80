/// @file
/// The key to the agent's page.
#pragma once

#include <string>

#include "tonecue/core/result.h"

namespace tonecue {

/// 128 random bits as 32 hexadecimal digits.
/// @return `unreadable` when the system gives no random numbers.
Result<std::string> make_page_key();

}  // namespace tonecue

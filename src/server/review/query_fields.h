/// @file
/// What the readers of queries share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

/// @param message  One line that names the key.
tl::unexpected<Error> senseless(std::string message);

tl::unexpected<Error> said_twice(std::string_view key);

/// One more value of a key that may repeat; an empty one counts as not given.
/// @return `invalid_argument` for what is no line, and for more values than a page offers.
Result<void> take_one_of(std::vector<std::string>& list, std::string_view key,
                         const std::string& value);

}  // namespace tonecue

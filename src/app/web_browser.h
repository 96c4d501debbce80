/// @file
/// The person's own browser.
#pragma once

#include <string>

#include "tonecue/core/result.h"

namespace tonecue {

/// Asks the desktop to show an address; does not wait for it.
/// @return `not_found` when there is nothing that shows addresses.
Result<void> open_in_browser(const std::string& url);

}  // namespace tonecue

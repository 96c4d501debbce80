/// @file
/// Names that no two calls share.
#pragma once

#include <string>

namespace tonecue {

/// 96 random bits as 24 hexadecimal digits.
std::string random_id();

}  // namespace tonecue

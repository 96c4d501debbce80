/// @file
/// A secret that a request brings.
#pragma once

#include <string_view>

namespace tonecue {

/// Takes as long wherever two of one length differ, so that nobody can feel their way to a secret.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace tonecue

/// @file
/// Paths of routes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace tonecue {

/// What stands in a decoded path at the places of the {…} of a pattern, in order; they point into
/// `path`. Nothing when it is another path. A value is one whole piece between slashes of [1, 200]
/// bytes, UTF-8, and neither "." nor "..".
std::optional<std::vector<std::string_view>> match_path(std::string_view pattern,
                                                        std::string_view path);

}  // namespace tonecue

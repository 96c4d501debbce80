/// @file
/// Paths of routes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonecue {

/// What stands in a path at the places of the {…} of a pattern, in order. Nothing when it is
/// another path. The path comes as it was sent, and is decoded here, piece by piece: a slash that
/// was escaped divides nothing. A value is one whole piece of [1, 200] bytes, UTF-8, and neither
/// "." nor
/// "..". That of {ref}, a word of the site's own, may hold slashes; no other may.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace tonecue

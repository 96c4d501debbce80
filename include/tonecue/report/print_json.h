/// @file
/// JSON as text.
#pragma once

#include <string>

namespace tonecue {

/// Names and wording come from outside: what is no UTF-8 becomes U+FFFD instead of an exception.
///
/// `Json` is a value of the library, which its user includes: no public header does.
/// @param indent  Spaces per level; -1 puts all on one line.
template <class Json>
std::string print_json(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tonecue

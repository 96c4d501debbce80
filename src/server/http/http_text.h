/// @file
/// The small languages inside an HTTP request: targets, queries, cookies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/server/http_message.h"

namespace tonecue {

struct HttpTarget {
  std::string path;  ///< As sent; percent_decoded() reads what lies between two slashes.
  std::vector<NameValue> query;
};

/// The parts of "/path?name=value&…" (RFC 3986), the query decoded; there a plus is a space, as
/// forms send it. Nothing when it does not begin with a slash, has a broken escape, or hides a
/// control character.
std::optional<HttpTarget> parse_target(std::string_view target);

/// Without its escapes (RFC 3986, 2.1); nothing for a broken one, and for a control character.
std::optional<std::string> percent_decoded(std::string_view text);

/// Every value of this name in a Cookie header (RFC 6265, 4.2); a browser may hold several.
std::vector<std::string_view> cookie_values(std::string_view header, std::string_view name);

/// Whether an If-None-Match names this entity tag, or all (RFC 9110, 13.1.2).
bool names_etag(std::string_view header, std::string_view etag) noexcept;

/// Without the spaces and tabs round it.
std::string_view without_blanks(std::string_view text) noexcept;

/// Whether both are the same but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Whether "application/json; charset=utf-8" is of this type.
bool is_media_type(std::string_view header, std::string_view type) noexcept;

/// UTF-8 with all escaped but what a header may carry in a parameter with a star (RFC 8187, 3.2.1).
std::string percent_encoded(std::string_view text);

/// An event as it goes over the line; `id` 0 leaves the number out.
std::string event_text(std::uint64_t id, std::string_view event, std::string_view data);

}  // namespace tonecue

/// @file
/// How a request says who asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// "__Host-tonecue" over TLS: browsers take it only from this very server, and send it only there,
/// encrypted. "tonecue_session" without.
std::string_view session_cookie_name(bool secure) noexcept;

/// The keys of sessions that a request shows: at most 4, those that look like one.
std::vector<std::string_view> session_keys(const HttpRequest& request, bool secure);

/// What Set-Cookie says so that the browser keeps a key until it is closed, out of the reach of
/// scripts and of other sites; an empty one: so that it forgets it.
std::string session_cookie(std::string_view key, bool secure);

/// The token of "Authorization: Bearer tonecue_…" (RFC 6750, 2.1); empty when it is none.
std::string_view bearer_token(const HttpRequest& request) noexcept;

}  // namespace tonecue

/// @file
/// A request as Boost.Beast has read it, or has not.
#pragma once

#include <optional>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Nothing when the target makes no sense.
std::optional<HttpRequest> to_request(
    boost::beast::http::request<boost::beast::http::string_body>&& message);

/// What to say of a request that could not be read; nothing when nobody is there to hear it.
std::optional<HttpResponse> complaint(const boost::system::error_code& error);

}  // namespace tonecue

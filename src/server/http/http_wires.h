/// @file
/// The two kinds of connection (Boost.Asio).
#pragma once

#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "http_wire.h"

namespace tonecue {

std::unique_ptr<HttpWire> plain_wire(boost::asio::ip::tcp::socket socket);

/// @param context  Outlives it.
std::unique_ptr<HttpWire> tls_wire(boost::asio::ip::tcp::socket socket,
                                   boost::asio::ssl::context& context);

}  // namespace tonecue

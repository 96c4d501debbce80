/// @file
/// Addresses that no name on the internet should lead to.
#pragma once

#include <sys/socket.h>

namespace tonecue {

/// Of this machine itself: 127.0.0.0/8, ::1.
bool is_loopback(const sockaddr& address) noexcept;

/// Not on the public internet: this machine, private networks, link-local, shared, multicast and
/// reserved ranges (RFC 6890), also when wrapped in IPv6 (mapped, 6to4, NAT64). What is neither
/// IPv4 nor IPv6 counts as private.
bool is_private(const sockaddr& address) noexcept;

}  // namespace tonecue

/// @file
/// Passwords, as they are kept.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// argon2id (RFC 9106) with libsodium's interactive limits: 64 MiB, 2 passes, about 100 ms. At most
/// two are computed at once in the whole program, so that sign-ins cannot use up its memory; others
/// wait for their turn.
/// @return The hash with its salt and limits, as text; `unreadable` when there is no memory for it.
Result<std::string> hash_password(std::string_view password);

/// Whether this is the password of the hash. Takes as long for a wrong one.
bool fits_password(std::string_view hash, std::string_view password);

/// A hash that no password fits, and that takes as long to find out.
std::string_view hash_of_nobody() noexcept;

/// Whether a new password may be used. @return `invalid_argument`, with what to do.
Result<void> check_new_password(std::string_view password);

}  // namespace tonecue

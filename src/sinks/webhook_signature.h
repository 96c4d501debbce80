/// @file
/// Who sent a message, proved by a shared secret.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

using SecretKey = std::vector<unsigned char>;

/// "whsec_" and base64 as Standard Webhooks write it, or any other text as it stands. Blanks and
/// line ends around it do not count.
/// @return `invalid_argument`, without the secret in it, when it is not 24 to 64 bytes.
Result<SecretKey> webhook_key(std::string_view secret);

/// The header webhook-signature: "v1," and base64 of HMAC-SHA256 over "id.timestamp.body".
std::string webhook_signature(const SecretKey& key, std::string_view id, std::int64_t timestamp_s,
                              std::string_view body);

}  // namespace tonecue

#include "store/people/secret_key.h"

#include <array>

#include <sodium.h>

#include "tonecue/core/hex.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kKeyBytes = 32;

}  // namespace

Result<void> start_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) return failure(ErrorCode::unreadable, "the system gives no random numbers for keys");
  return {};
}

Result<std::string> make_key() {
  if (const auto ready = start_sodium(); !ready) return tl::unexpected(ready.error());
  std::array<unsigned char, kKeyBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return hex_digits(bytes);
}

bool is_key(std::string_view text) noexcept { return is_sha256(text); }  // As many digits.

}  // namespace tonecue

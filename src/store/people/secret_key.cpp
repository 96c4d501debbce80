#include "store/people/secret_key.h"

#include <array>
#include <span>

#include <sodium.h>

#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kKeyBytes = 32;

std::string hex(std::span<const unsigned char> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

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
  return hex(bytes);
}

bool is_key(std::string_view text) noexcept { return is_sha256(text); }  // As many digits.

}  // namespace tonecue

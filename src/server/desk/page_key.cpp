#include "page_key.h"

#include <array>
#include <span>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace tonecue {
namespace {

constexpr std::size_t kBytes = 16;

std::string hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text.push_back(kDigits[byte / kDigits.size()]);
    text.push_back(kDigits[byte % kDigits.size()]);
  }
  return text;
}

}  // namespace

Result<std::string> make_page_key() {
  std::array<unsigned char, kBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return failure(ErrorCode::unreadable, "the system gives no random numbers for the page's key");
  }
  return hex(bytes);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string fingerprint(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return hex(std::span(digest).first<kBytes>());
}

}  // namespace tonecue

#include "webhook_signature.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tonecue {
namespace {

constexpr std::string_view kPrefix = "whsec_";

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char letter) {
    return std::isspace(static_cast<unsigned char>(letter)) != 0;
  };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Empty when it is no base64.
SecretKey decoded(std::string_view base64) {
  constexpr std::size_t kLongestText = 1'000;  // Far beyond any key; EVP counts in int.
  if (base64.empty() || base64.size() > kLongestText || base64.size() % 4 != 0) return {};
  SecretKey bytes(base64.size() / 4 * 3);
  const int length =
      EVP_DecodeBlock(bytes.data(), bytes_of(base64), static_cast<int>(base64.size()));
  if (length < 0) return {};
  const auto padding = std::min<std::ptrdiff_t>(
      2, std::count(base64.end() - 2, base64.end(), '='));  // Decoded as zeros.
  bytes.resize(static_cast<std::size_t>(length - padding));
  return bytes;
}

}  // namespace

Result<SecretKey> webhook_key(std::string_view secret) {
  constexpr std::size_t kShortest = 24;  // Both of Standard Webhooks.
  constexpr std::size_t kLongest = 64;
  secret = trimmed(secret);
  const SecretKey key = secret.starts_with(kPrefix) ? decoded(secret.substr(kPrefix.size()))
                                                    : SecretKey(secret.begin(), secret.end());
  if (key.size() < kShortest || key.size() > kLongest) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("the webhook's secret must hold {} to {} bytes, as plain text or as "
                               "\"whsec_\" and base64; 'openssl rand -base64 32' makes one",
                               kShortest, kLongest));
  }
  return key;
}

std::string webhook_signature(const SecretKey& key, std::string_view id, std::int64_t timestamp_s,
                              std::string_view body) {
  const std::string content = fmt::format("{}.{}.{}", id, timestamp_s, body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(content), content.size(),
       digest.data(), &length);
  std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> text{};
  const int written = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(length));
  std::string signature = "v1,";
  return signature.append(text.begin(), text.begin() + written);
}

}  // namespace tonecue

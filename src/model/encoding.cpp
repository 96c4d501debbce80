#include "encoding.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <span>

#include <openssl/evp.h>

#include "tonecue/core/hex.h"
#include "tonecue/model/sha256.h"

namespace tonecue {

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

// OpenSSL's, since it uses the processor's own instructions: a model must load within 5 ms, and
// libsodium took as long as that for these two alone.
std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
    return {};  // Equal to no hash.
  }
  return hex_digits(std::span(hash).first(size));
}

std::optional<std::vector<float>> floats_of_base64(std::string_view text, std::size_t count) {
  assert(text.size() == base64_length(count));
  const std::size_t bytes = count * sizeof(float);
  const std::size_t whole = text.size() / 4 * 3;
  // The decoder takes '=' anywhere for zeros, and passes over white space at both ends.
  const std::size_t padding = text.find('=');
  const std::size_t data = text.size() - (whole - bytes);
  if ((padding == std::string_view::npos ? text.size() : padding) != data) return {};
  if (text.find_first_not_of('=', data) != std::string_view::npos) return {};
  std::vector<unsigned char> decoded(whole);
  const int size =
      EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  if (size != static_cast<int>(whole)) return {};
  std::vector<float> values(count);
  std::memcpy(values.data(), decoded.data(), bytes);
  return values;
}

}  // namespace tonecue

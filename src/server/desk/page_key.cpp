#include "page_key.h"

#include <array>

#include <openssl/rand.h>

#include "tonecue/core/hex.h"

namespace tonecue {

Result<std::string> make_page_key() {
  constexpr std::size_t kBytes = 16;
  std::array<unsigned char, kBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return failure(ErrorCode::unreadable, "the system gives no random numbers for the page's key");
  }
  return hex_digits(bytes);
}

}  // namespace tonecue

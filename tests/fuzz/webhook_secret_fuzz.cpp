#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sinks/webhook_signature.h"

// Any bytes are a key of the right length, or refused in one line that does not tell them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view secret(reinterpret_cast<const char*>(data), size);
  const auto key = tonecue::webhook_key(secret);
  if (!key) {
    const std::string& message = key.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (key->size() < 24 || key->size() > 64) std::abort();
  // "v1," and the base64 of 32 bytes, whatever is signed.
  if (tonecue::webhook_signature(*key, "msg_1", 1, secret).size() != 3 + 44) std::abort();
  return 0;
}

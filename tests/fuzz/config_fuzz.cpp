#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/app/config_file.h"

// Any bytes are read or refused in one line; what is read prints as a file that reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto config = tonecue::parse_config(bytes, "fuzz.toml");
  if (!config) {
    const std::string& message = config.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const std::string printed = tonecue::to_toml(*config);
  const auto again = tonecue::parse_config(printed, "printed.toml");
  if (!again || tonecue::to_toml(*again) != printed) std::abort();
  return 0;
}

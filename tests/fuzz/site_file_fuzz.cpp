#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/app/site_file.h"

// Any bytes are read or refused in one line; what is read writes as a file that reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto site = tonecue::parse_site_file(bytes, "fuzz.json");
  if (!site) {
    const std::string& message = site.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  tonecue::DistressConfig config;
  config.raise_probability = site->calibration.raise_probability;
  config.end_probability = site->calibration.end_probability;
  config.scale = site->calibration.scale;
  if (!tonecue::validate(config)) std::abort();
  const std::string written = tonecue::to_json(*site);
  const auto again = tonecue::parse_site_file(written, "written.json");
  if (!again || tonecue::to_json(*again) != written) std::abort();
  return 0;
}

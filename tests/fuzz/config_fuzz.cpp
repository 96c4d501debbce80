#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/app/config_file.h"
#include "tonecue/app/remembered_devices.h"
#include "tonecue/app/serve_config.h"
#include "tonecue/app/sink_config.h"

// Any bytes are read or refused in one line; what is read prints as a file that reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto config = tonecue::parse_config(bytes, "fuzz.toml");
  if (!config) {
    const std::string& message = config.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const auto sinks = tonecue::parse_sink_config(bytes, "fuzz.toml");
  if (!sinks) std::abort();  // What one reader lets pass the other does.
  const std::string printed_sinks = tonecue::to_toml(*sinks);
  const auto sinks_again = tonecue::parse_sink_config(printed_sinks, "printed.toml");
  if (!sinks_again || tonecue::to_toml(*sinks_again) != printed_sinks) std::abort();
  const auto serve = tonecue::parse_serve_config(bytes, "fuzz.toml");
  if (!serve) std::abort();
  const std::string printed_serve = tonecue::to_toml(*serve);
  const auto serve_again = tonecue::parse_serve_config(printed_serve, "printed.toml");
  if (!serve_again || tonecue::to_toml(*serve_again) != printed_serve) std::abort();
  const auto devices = tonecue::parse_remembered_devices(bytes, "fuzz.toml");
  if (!devices) std::abort();
  const tonecue::RememberedDevices chosen{"a \"b\"", "", "c\\"};
  const auto with_chosen = tonecue::with_devices(bytes, "fuzz.toml", chosen);
  if (with_chosen && !tonecue::parse_config(*with_chosen, "chosen.toml")) std::abort();
  const std::string printed = tonecue::to_toml(*config);
  const auto again = tonecue::parse_config(printed, "printed.toml");
  if (!again || tonecue::to_toml(*again) != printed) std::abort();
  return 0;
}

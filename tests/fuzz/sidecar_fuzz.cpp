#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tonecue/app/sidecar.h"

// Any bytes are read or refused in one line; what is read fits a call.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto sidecar = tonecue::parse_sidecar(bytes, "fuzz.json");
  if (!sidecar) {
    const std::string& message = sidecar.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
  } else if (sidecar->details.agent.size() > std::size_t{tonecue::kLongestDetail} ||
             sidecar->details.started_unix_ms < 0 ||
             (sidecar->agent_channel != "left" && sidecar->agent_channel != "right")) {
    std::abort();
  }
  return 0;
}

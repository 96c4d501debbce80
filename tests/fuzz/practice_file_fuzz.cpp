#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/report/practice_result.h"

// Any bytes are read, or refused in one line; what is read can be shown beside another attempt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto attempt = tonecue::parse_practice_json(bytes, "fuzz.json");
  if (!attempt) {
    if (attempt.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (tonecue::practice_text({}, *attempt).empty()) std::abort();
  return 0;
}

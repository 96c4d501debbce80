#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/core/iso_time.h"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// Any bytes are a date, a time or nothing, never two of them; what is written reads as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto day = tonecue::parse_iso_date(bytes);
  const auto time_ms = tonecue::parse_iso_time(bytes);
  expect(!day || !time_ms);
  expect(!day || tonecue::iso_date(*day) == bytes);
  if (time_ms) {
    expect(*time_ms >= 0);
    expect(tonecue::parse_iso_time(tonecue::iso_time(*time_ms)) == time_ms);
  }
  return 0;
}

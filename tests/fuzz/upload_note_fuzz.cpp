#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/serve/upload_note.h"

// Any bytes are read or refused; what is read writes as a note that reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto file = tonecue::parse_upload_note(bytes);
  if (!file) return 0;
  const std::string written = tonecue::upload_note(*file);
  const auto again = tonecue::parse_upload_note(written);
  if (!again || tonecue::upload_note(*again) != written) std::abort();
  return 0;
}

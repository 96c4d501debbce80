#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "store/list/call_list_place.h"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// Where a page of the list begins, as an address carries it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto place = tonecue::parse_call_list_place(text);
  if (place) {
    expect(place->need >= 0.0 && tonecue::to_text(*place) == text);
  } else {
    expect(place.error().message.find_first_of("\r\n") == std::string_view::npos);
  }
  return 0;
}

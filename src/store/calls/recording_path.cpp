#include "store/calls/recording_path.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace tonecue {

bool is_recording_path(std::string_view path, std::int64_t call_id) {
  const std::string file = fmt::format("/{}.flac", call_id);
  constexpr std::string_view kShape = "recordings/YYYY/MM";
  if (call_id <= 0 || path.size() != kShape.size() + file.size()) return false;
  if (path.substr(kShape.size()) != file) return false;
  return std::equal(kShape.begin(), kShape.end(), path.begin(), [](char wanted, char is) {
    const bool digit = wanted == 'Y' || wanted == 'M';
    return digit ? is >= '0' && is <= '9' : is == wanted;
  });
}

}  // namespace tonecue

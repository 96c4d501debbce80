/// @file
/// The time of day.
#pragma once

#include <chrono>
#include <cstdint>

namespace tonecue {

inline std::int64_t unix_ms_now() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(now).count();
}

}  // namespace tonecue

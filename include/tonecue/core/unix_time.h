/// @file
/// The time of day.
#pragma once

#include <chrono>
#include <cstdint>

namespace tonecue {

/// Now, in ms since 1970 (UTC).
inline std::int64_t unix_ms_now() noexcept {
  using std::chrono::milliseconds;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(now).count();
}

}  // namespace tonecue

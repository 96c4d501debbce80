#include "once_an_hour.h"

namespace tonecue {

bool OnceAnHour::first(const std::string& what, std::int64_t now_unix_ms) {
  constexpr std::int64_t kHourMs = 3'600'000;
  const std::lock_guard lock(mutex_);
  const std::int64_t hour = now_unix_ms / kHourMs;
  if (hour == hour_ && seen_.contains(what)) return false;
  if (hour != hour_ || seen_.size() >= kMostKept) seen_.clear();
  hour_ = hour;
  return seen_.insert(what).second;
}

void OnceAnHour::forget(const std::string& what) {
  const std::lock_guard lock(mutex_);
  seen_.erase(what);
}

}  // namespace tonecue

#include "call_views.h"

namespace tonecue {

// A page asks for call and track at once, and either may come first.
bool CallViews::View::goes_on(CallAsked asked, std::int64_t now_unix_ms) const noexcept {
  const bool is_followed = opened && now_unix_ms - last_unix_ms <= kLongestPauseMs;
  switch (asked) {
    case CallAsked::opened:
      return !opened && now_unix_ms - began_unix_ms <= kOpeningMs;
    case CallAsked::followed:
      return is_followed;
    case CallAsked::track:
      return is_followed || now_unix_ms - began_unix_ms < kLongestTrackMs;
  }
  return false;
}

bool CallViews::is_new(const std::string& viewer, CallAsked asked, std::int64_t now_unix_ms) {
  const std::lock_guard lock(mutex_);
  const auto known = views_.find(viewer);
  const bool whole = asked != CallAsked::track;
  if (known != views_.end() && known->second.goes_on(asked, now_unix_ms)) {
    known->second.last_unix_ms = now_unix_ms;
    known->second.opened |= whole;
    return false;
  }
  if (known == views_.end()) make_room(now_unix_ms);
  views_[viewer] = {.began_unix_ms = now_unix_ms, .last_unix_ms = now_unix_ms, .opened = whole};
  return true;
}

void CallViews::forget(const std::string& viewer) {
  const std::lock_guard lock(mutex_);
  views_.erase(viewer);
}

void CallViews::make_room(std::int64_t now_unix_ms) {
  if (views_.size() < kMostKept) return;
  std::erase_if(views_, [&](const auto& one) {
    return now_unix_ms - one.second.last_unix_ms >= kLongestTrackMs;
  });
  if (views_.size() >= kMostKept) views_.clear();
}

}  // namespace tonecue

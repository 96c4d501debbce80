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
      return is_followed || now_unix_ms - began_unix_ms < kHourMs;
  }
  return false;
}

// Ends even where writing throws: nobody shall wait for it for ever.
struct CallViews::Writing {
  CallViews& views;
  const std::string& viewer;

  ~Writing() {
    const std::lock_guard lock(views.mutex_);
    views.writing_.erase(viewer);
    views.written_.notify_all();
  }
};

Result<void> CallViews::write_once(const std::string& viewer, CallAsked asked,
                                   std::int64_t now_unix_ms,
                                   const std::function<Result<void>()>& write) {
  const bool whole = asked != CallAsked::track;
  std::unique_lock lock(mutex_);
  written_.wait(lock, [&] { return !writing_.contains(viewer); });
  const auto known = views_.find(viewer);
  if (known != views_.end() && known->second.goes_on(asked, now_unix_ms)) {
    known->second.last_unix_ms = now_unix_ms;
    known->second.opened |= whole;
    return {};
  }
  writing_.insert(viewer);
  lock.unlock();
  const Writing writing{*this, viewer};
  if (auto done = write(); !done) return done;
  const std::lock_guard again(mutex_);
  make_room(now_unix_ms);
  views_[viewer] = {.began_unix_ms = now_unix_ms, .last_unix_ms = now_unix_ms, .opened = whole};
  return {};
}

void CallViews::make_room(std::int64_t now_unix_ms) {
  if (views_.size() < kMostKept) return;
  std::erase_if(views_,
                [&](const auto& one) { return now_unix_ms - one.second.last_unix_ms >= kHourMs; });
  if (views_.size() >= kMostKept) views_.clear();
}

}  // namespace tonecue

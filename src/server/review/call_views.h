/// @file
/// What counts as one view of a call in the audit log.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "tonecue/core/result.h"

namespace tonecue {

/// How a call is asked for.
enum class CallAsked {
  opened,    ///< The call itself: somebody opens it.
  followed,  ///< The call itself, again and again, while it runs and is on somebody's page.
  track,     ///< What is drawn of it, which a page asks for beside the call.
};

/// A page asks for a call by many requests; each opening by a person shall be one view, and nobody
/// shall see anything without one. Forgets what nobody has looked at for an hour when it holds
/// 10,000 views, and all if that is not enough: then something is written down once more.
///
/// Threads: any.
class CallViews {
 public:
  static constexpr std::int64_t kOpeningMs = 10'000;       ///< In which one opening asks for all.
  static constexpr std::int64_t kLongestPauseMs = 60'000;  ///< Between questions of who follows.
  static constexpr std::int64_t kHourMs = 3'600'000;       ///< Tracks within it are the same view.
  static constexpr std::size_t kMostKept = 10'000;

  /// Writes a view down that is not written down yet. Whoever asks for the rest of it meanwhile
  /// waits, so that nothing is shown of a view that could not be written.
  /// @param viewer  Session and call. @return What `write` gives, if it was called.
  Result<void> write_once(const std::string& viewer, CallAsked asked, std::int64_t now_unix_ms,
                          const std::function<Result<void>()>& write);

 private:
  struct View {
    std::int64_t began_unix_ms = 0;
    std::int64_t last_unix_ms = 0;
    bool opened = false;  // Else its track alone was asked for so far.

    bool goes_on(CallAsked asked, std::int64_t now_unix_ms) const noexcept;
  };

  struct Writing;

  void make_room(std::int64_t now_unix_ms);

  std::mutex mutex_;
  std::condition_variable written_;
  std::unordered_set<std::string> writing_{};  // Viewers.
  std::unordered_map<std::string, View> views_{};
};

}  // namespace tonecue

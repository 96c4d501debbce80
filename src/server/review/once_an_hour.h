/// @file
/// What stands in the audit log once in an hour, however often it is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_set>

namespace tonecue {

/// A browser plays a recording by many requests: each playback is written down once in an hour, by
/// session and call. Forgets after the hour, and all when there are 10,000: then something is
/// written down once more.
///
/// Threads: any.
class OnceAnHour {
 public:
  static constexpr std::size_t kMostKept = 10'000;

  /// @param what  All that makes it the same: session, call.
  /// @return Whether it comes for the first time in this hour; from now on it does not.
  bool first(const std::string& what, std::int64_t now_unix_ms);

  /// It could not be written down.
  void forget(const std::string& what);

 private:
  std::mutex mutex_;
  std::int64_t hour_ = 0;  // Since 1970.
  std::unordered_set<std::string> seen_{};
};

}  // namespace tonecue

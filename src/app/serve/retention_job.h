/// @file
/// What is too old goes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/store.h"

namespace tonecue {

struct Removed {
  std::int64_t audio = 0;
  std::int64_t calls = 0;
  std::int64_t audit = 0;  ///< Entries of the log.
};

/// Removes what is older than its kind may get. When something went, or could not, the audit log
/// says so ("retention.run").
/// @return The first failure; the kinds after it were looked at all the same.
Result<Removed> remove_old(Store& store, const Retention& retention, std::int64_t now_unix_ms);

/// Does that now and once an hour, on a thread of its own. The audit log says first how long each
/// kind is kept ("retention.begin").
///
/// Threads: belongs to one thread.
class RetentionJob {
 public:
  /// @param complain  Told each failure, on that thread.
  static Result<RetentionJob> start(Store& store, const Retention& retention,
                                    std::function<void(const std::string&)> complain);

  void stop() noexcept;

  RetentionJob(RetentionJob&&) noexcept;
  RetentionJob& operator=(RetentionJob&&) = delete;
  ~RetentionJob();  ///< Stops.

 private:
  class Impl;
  explicit RetentionJob(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue

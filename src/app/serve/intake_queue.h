/// @file
/// Recordings on their way into the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/keep/keeping_rules.h"
#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/store.h"
#include "tonecue/store/watched_files.h"

namespace tonecue {

struct IntakeQueueConfig {
  KeepingRules rules{};
  int threads = 1;                                ///< At least 1.
  std::chrono::milliseconds retry_after{60'000};  ///< When the store could not take a call.
};

/// Analyses what was handed in, some at once, and stores it; never the same content twice, not even
/// at the same time. What failed is told in one line; what became of a watched file is kept in the
/// store, so that nobody reads it again while it is the same.
///
/// An upload is on the disk with what is known of it before submit() returns (DIR/incoming), so
/// that resume() of a later program goes on with it. A watched file is never touched.
///
/// Threads: each function may be called by any.
class IntakeQueue {
 public:
  static constexpr std::size_t kMostJobs = 100;  ///< That are told; those that wait are all kept.

  /// @param complain  Told in one line what nobody else is told; on any thread.
  /// @return `device` when no thread can be had.
  static Result<IntakeQueue> create(Store& store, IntakeQueueConfig config,
                                    std::function<void(const std::string&)> complain);

  /// The file is the queue's from now on; it is moved to DIR/incoming.
  /// @return The job's number; `unwritable` when it could not be kept.
  Result<std::int64_t> submit(IntakeFile file);

  /// A file that stays where it is. One whose content is stored already leaves no job.
  /// @param stamp  As it was before anybody reads it.
  void watch(IntakeFile file, FileStamp stamp);

  /// Whether a watched file was stored or refused already, and is the same.
  bool knows(const FileStamp& stamp);

  /// A look at all watched folders is over: files that are not there any more are forgotten, and of
  /// those that were refused before is told how many they are.
  void looked(const std::function<bool(std::string_view path)>& may_be_there);

  /// Uploads that were on their way when the program ended.
  void resume();

  /// The newest first, at most kMostJobs.
  std::vector<IntakeJob> jobs() const;

  /// Whether nothing waits and nothing is analysed.
  bool idle() const;

  /// Ends soon: what is analysed now is left undone, and the uploads stay for resume().
  void stop() noexcept;

  IntakeQueue(IntakeQueue&&) noexcept;
  IntakeQueue& operator=(IntakeQueue&&) noexcept;
  ~IntakeQueue();  ///< Stops.

 private:
  class Impl;
  explicit IntakeQueue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue

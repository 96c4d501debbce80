/// @file
/// Folders into which a recorder puts its files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"
#include "whole_files.h"

namespace tonecue {

struct FolderWatchConfig {
  std::vector<std::string> folders{};
  WholeFilesConfig whole{};
  std::chrono::milliseconds look_every{10'000};  ///< Where no news comes: network drives.
  std::chrono::milliseconds look_again{1000};    ///< While some files are not whole yet.
};

/// Tells each recording of some folders once it is whole, as WholeFiles does. News of a folder come
/// at once by inotify.
///
/// Threads: a thread of its own, on which the functions are called.
class FolderWatch {
 public:
  /// @param found  Told each recording, with its details and origin `watched`.
  /// @return `not_found` for a folder that is not there; `device` when no thread can be had.
  static Result<FolderWatch> start(FolderWatchConfig config, std::function<void(IntakeFile)> found,
                                   const std::function<void(const std::string&)>& complain);

  void stop() noexcept;

  FolderWatch(FolderWatch&&) noexcept;
  FolderWatch& operator=(FolderWatch&&) = delete;
  ~FolderWatch();  ///< Stops.

 private:
  class Impl;
  explicit FolderWatch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue

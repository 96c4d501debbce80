/// @file
/// Folders into which a recorder puts its files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/watched_files.h"
#include "whole_files.h"

namespace tonecue {

struct FolderWatchConfig {
  std::vector<std::string> folders{};
  WholeFilesConfig whole{};
  std::chrono::milliseconds look_every{10'000};  ///< Where no news comes: network drives.
  std::chrono::milliseconds look_again{1000};    ///< While some files are not whole yet.
};

/// Who hears of what is found.
struct FolderWatchActions {
  /// Told each recording, with its details and origin `watched`.
  std::function<void(IntakeFile, FileStamp)> found;
  std::function<void(const std::string&)> complain;
  /// Whether a recording needs no second look; or empty.
  std::function<bool(const FileStamp&)> knows{};
  /// Told after the first look, and when recordings went, which may be there; or empty.
  std::function<void(const std::function<bool(std::string_view path)>& may_be_there)> looked{};
};

/// Tells each recording of some folders once it is whole, as WholeFiles does. News of a folder come
/// at once by inotify.
///
/// Threads: a thread of its own, on which the functions are called.
class FolderWatch {
 public:
  /// @return `not_found` for a folder that is not there; `device` when no thread can be had.
  static Result<FolderWatch> start(FolderWatchConfig config, FolderWatchActions actions);

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

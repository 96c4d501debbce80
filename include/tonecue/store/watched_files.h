/// @file
/// Files of watched folders that need no second look.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// A file as it was at some time. While these are the same, so is its content.
struct FileStamp {
  std::string path{};  ///< Absolute.
  std::int64_t size_bytes = 0;
  std::int64_t written_unix_ns = 0;

  bool operator==(const FileStamp&) const = default;
};

struct WatchedFile {
  FileStamp stamp{};
  std::string content_sha256{};
  std::string refusal{};  ///< Why it cannot be analysed, one line; empty: its call was stored.
  std::string program_version{};  ///< Which looked at it.
};

/// Threads: as Store.
class WatchedFiles {
 public:
  explicit WatchedFiles(Store& store) noexcept : store_(&store) {}

  /// What was remembered of it, unless it has changed since.
  Result<std::optional<WatchedFile>> find(const FileStamp& stamp) const;

  /// All of them, or none; in place of what was remembered of the same paths.
  Result<void> remember(std::span<const WatchedFile> files);

  /// @return How many went.
  Result<std::int64_t> forget_if(const std::function<bool(std::string_view path)>& is_gone);

 private:
  Store* store_;
};

}  // namespace tonecue

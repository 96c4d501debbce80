/// @file
/// What became of watched files, for the next start.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tonecue/store/store.h"
#include "tonecue/store/watched_files.h"

namespace tonecue {

/// Remembers watched files in the store, many at once: writing each by itself would take longer
/// than reading it. What a crash loses of that is read again, and nothing else.
///
/// Threads: each function may be called by any.
class KnownFiles {
 public:
  /// The store outlives it.
  /// @param complain  Told in one line, after the first look, of those that were refused before.
  KnownFiles(Store& store, std::string program_version,
             std::function<void(const std::string&)> complain);

  /// Whether this file was stored or refused already, and is the same. One that another version of
  /// the program refused is not known: this one may read it.
  bool knows(const FileStamp& stamp);

  /// @param refusal  Why it cannot be analysed; empty: its call is stored.
  void remember(const FileStamp& stamp, const std::string& content_sha256,
                const std::string& refusal);

  /// Whether some are not written down yet.
  bool has_news() const;

  /// Writes them down. What cannot be written is forgotten: it costs one more reading.
  void flush();

  /// A look at all watched folders is over: of files that are not there any more nothing is kept.
  void looked(const std::function<bool(std::string_view path)>& may_be_there);

 private:
  static constexpr std::size_t kMostNews = 500;

  void count_refusal(const WatchedFile& file);

  Store& store_;
  std::string program_version_;
  std::function<void(const std::string&)> complain_;

  mutable std::mutex mutex_;
  std::map<std::string, WatchedFile, std::less<>> news_;  // By path.
  int refused_before_ = 0;                                // Known, and not told yet.
  std::string first_refusal_;
};

}  // namespace tonecue

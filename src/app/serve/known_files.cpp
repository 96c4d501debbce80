#include "known_files.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tonecue {

KnownFiles::KnownFiles(Store& store, std::string program_version,
                       std::function<void(const std::string&)> complain)
    : store_(store), program_version_(std::move(program_version)), complain_(std::move(complain)) {}

bool KnownFiles::knows(const FileStamp& stamp) {
  {
    const std::lock_guard lock(mutex_);
    const auto news = news_.find(stamp.path);
    if (news != news_.end() && news->second.stamp == stamp) return true;
  }
  const auto file = WatchedFiles(store_).find(stamp);
  if (!file || !*file) return false;  // A store that cannot be asked will say so to who stores.
  if ((*file)->refusal.empty()) return true;
  if ((*file)->program_version != program_version_) return false;
  count_refusal(**file);
  return true;
}

void KnownFiles::count_refusal(const WatchedFile& file) {
  const std::lock_guard lock(mutex_);
  if (refused_before_++ == 0) first_refusal_ = file.refusal;
}

void KnownFiles::remember(const FileStamp& stamp, const std::string& content_sha256,
                          const std::string& refusal) {
  bool full = false;
  {
    const std::lock_guard lock(mutex_);
    news_[stamp.path] = {.stamp = stamp,
                         .content_sha256 = content_sha256,
                         .refusal = refusal,
                         .program_version = program_version_};
    full = news_.size() >= kMostNews;
  }
  if (full) flush();
}

bool KnownFiles::has_news() const {
  const std::lock_guard lock(mutex_);
  return !news_.empty();
}

void KnownFiles::flush() {
  std::vector<WatchedFile> files;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [path, file] : std::exchange(news_, {})) files.push_back(std::move(file));
  }
  if (!files.empty()) static_cast<void>(WatchedFiles(store_).remember(files));
}

void KnownFiles::looked(const std::function<bool(std::string_view)>& may_be_there) {
  // What cannot be forgotten now is forgotten after a later look.
  static_cast<void>(
      WatchedFiles(store_).forget_if([&](std::string_view path) { return !may_be_there(path); }));
  int refused = 0;
  std::string first;
  {
    const std::lock_guard lock(mutex_);
    refused = std::exchange(refused_before_, 0);
    first = std::exchange(first_refusal_, {});
  }
  if (refused == 0) return;
  complain_(fmt::format("{} watched file{} refused before, and {} not tried again until {}: {}",
                        refused, refused == 1 ? " was" : "s were", refused == 1 ? "is" : "are",
                        refused == 1 ? "it changes" : "they change; the first", first));
}

}  // namespace tonecue

#include "tonecue/store/watched_files.h"

#include <vector>

#include "store/database/store_impl.h"

namespace tonecue {

Result<std::optional<WatchedFile>> WatchedFiles::find(const FileStamp& stamp) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement row = reading->prepare(
      "SELECT content_sha256, refusal, program FROM watched_files"
      " WHERE path = ?1 AND size_bytes = ?2 AND written_ns = ?3");
  row.bind_all(stamp.path, stamp.size_bytes, stamp.written_unix_ns);
  std::optional<WatchedFile> file;
  if (row.step()) {
    file = WatchedFile{.stamp = stamp,
                       .content_sha256 = std::string(row.text(0)),
                       .refusal = std::string(row.text(1)),
                       .program_version = std::string(row.text(2))};
  }
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return file;
}

Result<void> WatchedFiles::remember(std::span<const WatchedFile> files) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement add =
        writing->prepare("INSERT OR REPLACE INTO watched_files VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (const WatchedFile& file : files) {
      add.bind_all(file.stamp.path, file.stamp.size_bytes, file.stamp.written_unix_ns,
                   file.content_sha256, file.refusal, file.program_version);
      if (auto ok = add.run(); !ok) return ok;
    }
  }
  return writing->commit();
}

Result<std::int64_t> WatchedFiles::forget_if(const std::function<bool(std::string_view)>& is_gone) {
  std::vector<std::string> gone;
  {
    auto reading = store_->impl().read();
    if (!reading) return tl::unexpected(reading.error());
    Statement rows = reading->prepare("SELECT path FROM watched_files");
    while (rows.step()) {
      if (is_gone(rows.text(0))) gone.emplace_back(rows.text(0));
    }
    if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  }
  if (gone.empty()) return 0;  // Nobody waits for a writer who has nothing to write.
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement forget = writing->prepare("DELETE FROM watched_files WHERE path = ?1");
    for (const std::string& path : gone) {
      forget.bind_all(path);
      if (auto ok = forget.run(); !ok) return tl::unexpected(ok.error());
    }
  }
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return static_cast<std::int64_t>(gone.size());
}

}  // namespace tonecue

#include "tonecue/store/data_age.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "store/database/store_impl.h"

namespace tonecue {
namespace {

struct OldSound {
  std::int64_t call_id = 0;
  std::string path{};
};

Result<std::vector<OldSound>> sounds_before(Store& store, std::int64_t unix_ms) {
  const auto read = store.impl().read();
  if (!read) return tl::unexpected(read.error());
  Statement rows = read->prepare(
      "SELECT call_id, path FROM recordings JOIN calls ON calls.id = call_id "
      "WHERE started_ms < ?1 AND state <> 'open'");
  rows.bind(1, unix_ms);
  std::vector<OldSound> sounds;
  while (rows.step()) sounds.push_back({rows.integer(0), std::string(rows.text(1))});
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return sounds;
}

Result<void> forget_sound(Store& store, std::int64_t call_id) {
  auto write = store.impl().write();
  if (!write) return tl::unexpected(write.error());
  {
    Statement remove = write->prepare("DELETE FROM recordings WHERE call_id = ?1");
    remove.bind(1, call_id);
    if (auto ok = remove.run(); !ok) return ok;
  }
  return write->commit();
}

}  // namespace

Result<DataStock> DataAge::stock(const char* sql) const {
  const auto read = store_->impl().read();
  if (!read) return tl::unexpected(read.error());
  Statement row = read->prepare(sql);
  DataStock stock;
  if (row.step()) {
    stock.count = row.integer(0);
    stock.oldest_unix_ms = row.optional_integer(1);
  }
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return stock;
}

Result<DataStock> DataAge::audio() const {
  return stock("SELECT count(*), min(started_ms) FROM recordings JOIN calls ON calls.id = call_id");
}

Result<DataStock> DataAge::calls() const {
  return stock("SELECT count(*), min(started_ms) FROM calls");
}

Result<DataStock> DataAge::audit() const { return stock("SELECT count(*), min(at_ms) FROM audit"); }

Result<std::vector<std::int64_t>> DataAge::calls_before(std::int64_t unix_ms, int limit) const {
  const auto read = store_->impl().read();
  if (!read) return tl::unexpected(read.error());
  Statement rows = read->prepare(
      "SELECT id FROM calls WHERE started_ms < ?1 AND state <> 'open' "
      "ORDER BY started_ms LIMIT ?2");
  rows.bind_all(unix_ms, limit);
  std::vector<std::int64_t> ids;
  while (rows.step()) ids.push_back(rows.integer(0));
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return ids;
}

Result<std::int64_t> DataAge::remove_audio_before(std::int64_t unix_ms) {
  const auto sounds = sounds_before(*store_, unix_ms);
  if (!sounds) return tl::unexpected(sounds.error());
  std::int64_t removed = 0;
  Result<void> all;
  for (const OldSound& sound : *sounds) {
    std::error_code failed;
    const auto path = std::filesystem::path(store_->folder()) / sound.path;
    std::filesystem::remove(path, failed);  // One that is gone already is no failure.
    auto ok =
        failed ? Result<void>(failure(ErrorCode::unwritable,
                                      path.string() + ": cannot be removed: " + failed.message()))
               : forget_sound(*store_, sound.call_id);
    if (ok) {
      ++removed;
    } else {
      all = std::move(ok);
    }
  }
  if (!all) return tl::unexpected(all.error());
  return removed;
}

}  // namespace tonecue

#include "uploads.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "tonecue/report/file_writer.h"
#include "upload_note.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegins = "upload-";

Error not_kept(const fs::path& folder, int error_number) {
  return {ErrorCode::unwritable, fmt::format("the upload cannot be kept in {}: {}", folder.string(),
                                             std::generic_category().message(error_number))};
}

/// A file, or a folder with the names in it.
Result<void> flush_to_disk(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (!flushed) return tl::unexpected(not_kept(path, why));
  return {};
}

Result<void> move_and_note(const IntakeFile& file, const fs::path& place) {
  std::error_code failed;
  fs::rename(file.path, place, failed);
  if (failed) return tl::unexpected(not_kept(place.parent_path(), failed.value()));
  if (auto ok = write_file(note_of(place), upload_note(file), true); !ok) return ok;
  if (auto ok = flush_to_disk(place); !ok) return ok;
  return flush_to_disk(place.parent_path());
}

}  // namespace

Result<std::string> keep_upload(const IntakeFile& file, const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  std::string place = (folder / kBegins).string() + "XXXXXX";
  const int fd = ::mkstemp(place.data());
  if (fd < 0) return tl::unexpected(not_kept(folder, errno));
  ::close(fd);
  const auto kept = move_and_note(file, place);
  if (kept) return place;
  remove_upload(place);
  return tl::unexpected(kept.error());
}

std::vector<IntakeFile> find_uploads(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code status;
  for (fs::directory_iterator entry(folder, status); !status && entry != fs::directory_iterator{};
       entry.increment(status)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(kBegins) && entry->path().extension() != ".json") {
      paths.push_back(entry->path());
    }
  }
  std::vector<IntakeFile> files;
  for (const fs::path& path : paths) {
    std::ifstream note(note_of(path), std::ios::binary);
    auto file = parse_upload_note(std::string{std::istreambuf_iterator<char>(note), {}});
    if (!file) {
      remove_upload(path);
      continue;
    }
    file->path = path.string();
    file->details.origin = CallOrigin::uploaded;
    files.push_back(std::move(*file));
  }
  return files;
}

void remove_upload(const fs::path& path) {
  std::error_code ignored;
  fs::remove(note_of(path), ignored);
  fs::remove(path, ignored);
}

}  // namespace tonecue

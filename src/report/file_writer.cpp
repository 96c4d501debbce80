#include "tonecue/report/file_writer.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kReadableByAll = 0666;  // Less what the user's umask takes away.

// Closes on the way out.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, kReadableByAll)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const noexcept { return fd_ >= 0; }

  bool write(std::string_view text) const noexcept {
    while (!text.empty()) {
      const ssize_t written = ::write(fd_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  bool flush_to_disk() const noexcept { return ::fsync(fd_) == 0; }

 private:
  int fd_;
};

tl::unexpected<Error> unwritable(const fs::path& path, int error_number) {
  std::string advice;
  if (error_number == ENOSPC || error_number == EDQUOT) advice = "; free some space";
  if (error_number == ENOENT) advice = "; make the folder first";
  return failure(ErrorCode::unwritable, "cannot write " + path.string() + ": " +
                                            std::generic_category().message(error_number) + advice);
}

// What is neither a file nor a folder: a device, a pipe.
bool is_device(const fs::file_status& status) {
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// An empty file holds nothing to lose: mktemp and shells make them.
bool holds_something(const fs::path& path) {
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  return error || bytes > 0;
}

Result<void> write_directly(const fs::path& path, std::string_view text) {
  const Descriptor file(path, 0);
  if (!file.is_open() || !file.write(text)) return unwritable(path, errno);
  return {};
}

// The errno of the first step that failed, or 0.
int write_and_flush(const fs::path& path, std::string_view text) {
  const Descriptor file(path, O_CREAT | O_EXCL);
  return file.is_open() && file.write(text) && file.flush_to_disk() ? 0 : errno;
}

Result<void> write_beside_and_rename(const fs::path& path, std::string_view text) {
  const fs::path beside = path.string() + ".part-" + std::to_string(::getpid());
  int error_number = write_and_flush(beside, text);
  if (error_number == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error_number = errno;
  if (error_number == 0) return {};
  if (error_number != EEXIST) ::unlink(beside.c_str());
  return unwritable(path, error_number);
}

}  // namespace

Result<void> expect_writable(const fs::path& path, bool force) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status)) return unwritable(path, EISDIR);
  if (is_device(status)) return {};
  if (fs::exists(status) && !force && holds_something(path)) {
    return failure(ErrorCode::exists,
                   path.string() + " is there already; choose another name or use --force");
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return ::access(folder.c_str(), W_OK) == 0 ? Result<void>{} : unwritable(path, errno);
}

Result<void> write_file(const fs::path& path, std::string_view text, bool force) {
  if (auto ok = expect_writable(path, force); !ok) return ok;
  std::error_code ignored;
  if (is_device(fs::status(path, ignored))) return write_directly(path, text);
  // A link keeps pointing where it did: what it points to is replaced.
  const fs::path target = fs::canonical(path, ignored);
  return write_beside_and_rename(target.empty() ? path : target, text);
}

}  // namespace tonecue

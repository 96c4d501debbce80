#include "tonecue/audio/recording_writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sndfile.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegins = "recording-";
constexpr std::string_view kEnds = ".part";
constexpr int kChannels = 2;

Error unwritable(const fs::path& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  const std::string why = error_number == 0 ? std::string("the encoder failed")
                                            : std::generic_category().message(error_number);
  return {ErrorCode::unwritable, "cannot keep the sound in " + path.string() + ": " + why +
                                     (full ? "; free some space" : "")};
}

std::int16_t to_pcm16(float sample) noexcept {
  constexpr float kScale = 32768.0F;  // As recordings are read: sample / 32768.
  if (!std::isfinite(sample)) return 0;
  const float scaled = std::clamp(sample * kScale, -kScale, kScale - 1.0F);
  return static_cast<std::int16_t>(std::lround(scaled));
}

void sync_folder(const fs::path& folder) noexcept {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

bool has_name(int fd) noexcept {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && status.st_nlink > 0;
}

}  // namespace

class RecordingWriter::Impl {
 public:
  Impl(fs::path path, int fd) : path_(std::move(path)), fd_(fd) {
    SF_INFO info{};
    info.samplerate = kSampleRateHz;
    info.channels = kChannels;
    info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    sound_ = sf_open_fd(fd_, SFM_WRITE, &info, SF_FALSE);
    if (sound_ == nullptr) stop();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    close_sound();
    if (!path_.empty()) ::unlink(path_.c_str());
    ::close(fd_);
  }

  Result<void> write(const CallHop& hop) {
    if (error_) return tl::unexpected(*error_);
    std::array<std::int16_t, std::size_t{kChannels} * kHopSamples> samples{};
    for (std::size_t i = 0; i < kHopSamples; ++i) {
      samples[2 * i] = to_pcm16(hop.agent[i]);
      samples[2 * i + 1] = to_pcm16(hop.customer[i]);
    }
    ++hops_;
    errno = 0;
    if (sf_writef_short(sound_, samples.data(), kHopSamples) != kHopSamples) stop();
    if (error_) return tl::unexpected(*error_);
    return {};
  }

  Result<FileHash> finish(const fs::path& place) {
    if (error_) return tl::unexpected(*error_);
    if (hops_ == 0) {
      return failure(ErrorCode::invalid_argument,
                     "there was no sound to keep in " + place.string());
    }
    errno = 0;
    // Nothing tells of a header that could not be written but the file itself.
    if (!close_sound() || ::fsync(fd_) != 0 || !is_whole()) stop();
    if (error_) return tl::unexpected(*error_);
    auto hash = hash_file(path_);
    if (!hash) return hash;
    std::error_code failed;
    fs::create_directories(place.parent_path(), failed);
    if (!failed) fs::rename(path_, place, failed);
    if (failed) return tl::unexpected(unwritable(place, failed.value()));
    path_.clear();
    sync_folder(place.parent_path());
    return hash;
  }

 private:
  bool close_sound() noexcept {
    if (sound_ == nullptr) return true;
    return sf_close(std::exchange(sound_, nullptr)) == 0;
  }

  bool is_whole() const noexcept {
    SF_INFO info{};
    SNDFILE* sound = sf_open(path_.c_str(), SFM_READ, &info);
    if (sound == nullptr) return false;
    const bool whole = sf_seek(sound, 0, SEEK_END) == info.frames;
    sf_close(sound);
    return whole && info.frames == hops_ * kHopSamples;
  }

  void stop() { error_ = unwritable(path_, errno); }

  fs::path path_;  // Empty: it has its place.
  int fd_;
  SNDFILE* sound_ = nullptr;
  std::int64_t hops_ = 0;
  std::optional<Error> error_;
};

Result<RecordingWriter> RecordingWriter::create(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  while (true) {
    std::string name = (folder / kBegins).string() + "XXXXXX" + std::string(kEnds);
    const int fd = ::mkostemps(name.data(), static_cast<int>(kEnds.size()), O_CLOEXEC);
    if (fd < 0) return tl::unexpected(unwritable(folder, errno));
    ::flock(fd, LOCK_EX);
    if (has_name(fd)) return RecordingWriter(std::make_unique<Impl>(name, fd));
    ::close(fd);  // Somebody tidied up before the lock was there.
  }
}

Result<void> RecordingWriter::write(const CallHop& hop) { return impl_->write(hop); }
Result<FileHash> RecordingWriter::finish(const fs::path& path) { return impl_->finish(path); }

RecordingWriter::RecordingWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RecordingWriter::RecordingWriter(RecordingWriter&&) noexcept = default;
RecordingWriter& RecordingWriter::operator=(RecordingWriter&&) noexcept = default;
RecordingWriter::~RecordingWriter() = default;

int remove_unfinished(const fs::path& folder) {
  int removed = 0;
  std::error_code status;
  for (fs::directory_iterator entry(folder, status); !status && entry != fs::directory_iterator{};
       entry.increment(status)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(kBegins) || !name.ends_with(kEnds)) continue;
    const int fd = ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) continue;
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0 && ::unlink(entry->path().c_str()) == 0) ++removed;
    ::close(fd);
  }
  return removed;
}

}  // namespace tonecue

#include "tonecue/audio/file_source.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <span>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/files/file_kind.h"
#include "audio/files/mp3_frames.h"
#include "audio/timeline/call_assembler.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kDecodeBlock = 4096;  // Sample times: half a second at 8 kHz, 32 kB of stereo.
constexpr const char* kKinds = "give a WAV, FLAC, OGG or MP3 recording";

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& from) noexcept : value_(std::exchange(from.value_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int value() const noexcept { return value_; }

 private:
  int value_;
};

struct CloseFile {
  void operator()(SNDFILE* file) const noexcept { sf_close(file); }
};
using File = std::unique_ptr<SNDFILE, CloseFile>;

/// A regular file, open, and its size.
struct OpenFile {
  Descriptor descriptor;
  std::int64_t bytes;
};

struct DecodedFile {
  File file;
  SF_INFO info;
};

std::string seconds(std::int64_t ms) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f s", ms_to_s(ms));
  return text.data();
}

std::int64_t duration_ms(std::int64_t sample_times, std::int64_t sample_rate_hz) {
  return sample_times / sample_rate_hz * 1000 +
         sample_times % sample_rate_hz * 1000 / sample_rate_hz;
}

Result<OpenFile> open_file(const std::string& path) {
  // Without O_NONBLOCK, open() of a named pipe waits for a writer.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (descriptor.value() < 0 || ::fstat(descriptor.value(), &status) != 0) {
    const int reason = errno;
    if (reason == ENOENT || reason == ENOTDIR) {
      return failure(ErrorCode::not_found, path + ": no such file; check the name");
    }
    return failure(ErrorCode::unreadable, path + ": cannot be opened (" +
                                              std::generic_category().message(reason) +
                                              "); check its permissions");
  }
  if (S_ISDIR(status.st_mode)) {
    return failure(ErrorCode::unsupported, path + ": is a folder; " + kKinds);
  }
  if (!S_ISREG(status.st_mode)) {
    return failure(ErrorCode::unsupported, path + ": is not a regular file; save it to one first");
  }
  if (status.st_size == 0) {
    return failure(ErrorCode::corrupt, path + ": is empty (0 bytes); copy or record it again");
  }
  return OpenFile{std::move(descriptor), status.st_size};
}

Result<DecodedFile> open_decoder(const std::string& path, const Descriptor& descriptor) {
  static std::mutex mutex;  // libsndfile keeps the reason of a failed open for the whole process.
  const std::lock_guard lock(mutex);
  SF_INFO info{};
  File file(sf_open_fd(descriptor.value(), SFM_READ, &info, SF_FALSE));
  if (!file) {
    std::string reason = sf_strerror(nullptr);
    while (!reason.empty() && (reason.back() == '.' || reason.back() == '\n')) reason.pop_back();
    return failure(ErrorCode::corrupt, path + ": cannot be decoded (" + reason +
                                           "); if it plays elsewhere, convert it to WAV");
  }
  return DecodedFile{std::move(file), info};
}

/// What is wrong with a file that opened; empty when nothing is.
std::optional<Error> objection(const std::string& path, const SF_INFO& info,
                               const std::optional<WavData>& wav, const RecordingConfig& config) {
  if (info.channels < 1 || info.channels > 2) {
    return Error{ErrorCode::unsupported,
                 path + ": has " + std::to_string(info.channels) +
                     " channels; give one per party (two), or one voice alone with --party"};
  }
  if (info.samplerate < kSampleRateHz || info.samplerate > 48000) {
    return Error{ErrorCode::unsupported, path + ": has a sample rate of " +
                                             std::to_string(info.samplerate) +
                                             " Hz; give one recorded at 8000 to 48000 Hz"};
  }
  if (info.frames <= 0 && wav && wav->promised_bytes == 0 && wav->following_bytes > 0) {
    return Error{ErrorCode::corrupt, path + ": its header says no audio, yet " +
                                         std::to_string(wav->following_bytes) +
                                         " bytes follow; if its recorder was cut off, mend it with "
                                         "'sox --ignore-length IN.wav OUT.wav'"};
  }
  if (info.frames <= 0) {
    return Error{ErrorCode::corrupt, path + ": holds no audio (0 samples); record it again"};
  }
  if (info.channels == 1 && !config.party) {
    return Error{ErrorCode::invalid_argument,
                 path +
                     ": has one channel, so who speaks when cannot be known; if it holds one "
                     "party's voice alone, say whose with --party agent or --party customer"};
  }
  return std::nullopt;
}

/// How long a recording is, and whether it ends before its time.
struct Extent {
  std::optional<std::int64_t> duration_ms;  // Of what is there, as far as the file tells.
  std::optional<std::int64_t> promised_ms;  // What there should be, where the file tells.
  bool cut = false;
};

Extent extent_of(FileKind kind, const OpenFile& opened, const SF_INFO& info,
                 const std::optional<WavData>& wav) {
  if (kind == FileKind::mp3) {
    const Mp3Extent mp3 = mp3_extent(opened.descriptor.value(), opened.bytes);
    return {duration_ms(mp3.sample_times, info.samplerate), std::nullopt, mp3.cut};
  }
  if (info.frames == SF_COUNT_MAX) {  // An OGG gets its length from its end mark.
    return {std::nullopt, std::nullopt, kind == FileKind::ogg};
  }
  const std::int64_t known_ms = duration_ms(info.frames, info.samplerate);
  Extent extent{known_ms, known_ms};
  if (wav && wav->following_bytes < wav->promised_bytes) {
    extent.promised_ms = static_cast<std::int64_t>(
        static_cast<double>(known_ms) * static_cast<double>(wav->promised_bytes) /
        static_cast<double>(std::max<std::int64_t>(wav->following_bytes, 1)));
  }
  return extent;
}

RecordingInfo describe(std::string path, const SF_INFO& info, const Extent& extent,
                       const RecordingConfig& config) {
  RecordingInfo result;
  result.path = std::move(path);
  result.duration_ms = extent.duration_ms;
  result.sample_rate_hz = info.samplerate;
  if (info.channels == 1) result.present[other(*config.party)] = false;
  return result;
}

}  // namespace

struct FileSource::Recording {
  Descriptor descriptor;  // Outlives the decoder that reads from it.
  File file;
  RecordingInfo info;
  Extent extent;
  CallAssembler assembler;
  std::vector<float> decoded;
  std::int64_t sample_times = 0;  // Decoded so far.
  bool ended = false;
  bool damaged = false;

  void decode();
  std::int64_t held_ms() const { return duration_ms(sample_times, info.sample_rate_hz); }
};

void FileSource::Recording::decode() {
  const sf_count_t times = sf_readf_float(file.get(), decoded.data(), kDecodeBlock);
  if (times > 0) {
    const auto channels = decoded.size() / kDecodeBlock;
    assembler.push(std::span(decoded).first(static_cast<std::size_t>(times) * channels));
    sample_times += times;
    return;
  }
  damaged = sf_error(file.get()) != SF_ERR_NO_ERROR;
  assembler.finish();
  ended = true;
}

Result<FileSource> FileSource::create(const std::filesystem::path& path,
                                      const RecordingConfig& config) {
  const std::string name = path.string();
  auto opened = open_file(name);
  if (!opened) return tl::unexpected(opened.error());
  const int descriptor = opened->descriptor.value();
  const FileKind kind = file_kind(descriptor);
  if (kind == FileKind::unknown) {
    return failure(ErrorCode::unsupported, name + ": is not a recording that can be read; " +
                                               kKinds + " (raw sound needs a WAV header first)");
  }
  auto decoder = open_decoder(name, opened->descriptor);
  if (!decoder) return tl::unexpected(decoder.error());
  const auto wav = kind == FileKind::wav ? wav_data(descriptor, opened->bytes) : std::nullopt;
  const SF_INFO& format = decoder->info;
  if (auto error = objection(name, format, wav, config)) return tl::unexpected(*error);

  auto assembler = CallAssembler::create({.sample_rate_hz = format.samplerate,
                                          .channels = format.channels,
                                          .agent_channel = config.agent_channel,
                                          .party = config.party.value_or(Party::agent)},
                                         kDecodeBlock);
  if (!assembler) return tl::unexpected(assembler.error());
  const Extent extent = extent_of(kind, *opened, format, wav);
  const auto decoded_size = static_cast<std::size_t>(format.channels) * kDecodeBlock;
  return FileSource(
      std::make_unique<Recording>(Recording{.descriptor = std::move(opened->descriptor),
                                            .file = std::move(decoder->file),
                                            .info = describe(name, format, extent, config),
                                            .extent = extent,
                                            .assembler = std::move(*assembler),
                                            .decoded = std::vector<float>(decoded_size)}));
}

FileSource::FileSource(std::unique_ptr<Recording> recording) : recording_(std::move(recording)) {}
FileSource::FileSource(FileSource&&) noexcept = default;
FileSource& FileSource::operator=(FileSource&&) noexcept = default;
FileSource::~FileSource() = default;

Result<CallBlock> FileSource::read(int max_samples) {
  assert(max_samples > 0);
  Recording& recording = *recording_;
  while (!recording.ended && recording.assembler.available() < max_samples) recording.decode();
  if (recording.ended && recording.sample_times == 0) {
    return failure(ErrorCode::corrupt,
                   recording.info.path + ": ends before its first sound; copy or record it again");
  }
  return recording.assembler.take(max_samples);
}

const RecordingInfo& FileSource::info() const noexcept { return recording_->info; }

bool FileSource::truncated() const noexcept {
  const Recording& recording = *recording_;
  if (!recording.ended) return false;
  // What is shorter than a hop could not have been analysed.
  const auto& promised_ms = recording.extent.promised_ms;
  const bool falls_short = promised_ms && recording.held_ms() + kHopMs <= *promised_ms;
  return recording.damaged || recording.extent.cut || falls_short;
}

std::int64_t FileSource::invalid_samples() const noexcept {
  return recording_->assembler.invalid_samples();
}

std::vector<std::string> FileSource::warnings() const {
  const Recording& recording = *recording_;
  std::vector<std::string> lines;
  if (truncated()) {
    const auto& promised_ms = recording.extent.promised_ms;
    const std::string promise = promised_ms ? " of " + seconds(*promised_ms) : std::string();
    lines.push_back(recording.info.path + ": ends early or is damaged; the " +
                    seconds(recording.held_ms()) + promise + " that could be read were analysed");
  }
  if (invalid_samples() > 0) {
    lines.push_back(recording.info.path + ": " + std::to_string(invalid_samples()) +
                    " samples are not numbers (NaN or infinite); they count as silence");
  }
  if (const auto overscale = recording.assembler.overscale_samples(); overscale > 0) {
    lines.push_back(recording.info.path + ": " + std::to_string(overscale) +
                    " samples are more than twice full scale and were clipped, so levels and "
                    "cues mean little; save it again with samples from -1 to 1, or as integers");
  }
  return lines;
}

}  // namespace tonecue

/// @file
/// A recording as a call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/channel.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"

namespace tonecue {

struct RecordingConfig {
  Channel agent_channel = Channel::left;  ///< Of a stereo recording.
  std::optional<Party> party{};  ///< Whose voice a mono recording holds; stereo needs none.
};

/// What a recording says of itself.
struct RecordingInfo {
  std::string path;
  std::optional<std::int64_t>
      duration_ms{};                   ///< As the file tells, before it is decoded; may be empty.
  int sample_rate_hz = 0;              ///< Before it was resampled.
  PerParty<bool> present{true, true};  ///< A mono recording has one party.
};

/// Reads WAV (PCM, float, mu-law, A-law, GSM 6.10), FLAC, OGG and MP3 of 8 to 48 kHz (libsndfile),
/// resampled once to kSampleRateHz. The samples do not depend on how they are asked for. NaN and
/// infinity are read as silence. A file that ends before its time is read as far as it goes:
/// nothing that can be decoded is lost, and warnings() tells.
///
///     auto source = FileSource::create("call.wav");
///     if (!source) return tl::unexpected(source.error());
///     for (auto block = source->read(80); block && !block->agent.empty(); block =
///     source->read(80))
///       use(*block);
///     for (const auto& warning : source->warnings()) tell(warning);
///
/// Real-time: no; read() reads the disk. Memory does not grow with the length of the recording.
/// Threads: one object belongs to one thread; separate objects are independent.
class FileSource : public AudioSource {
 public:
  /// @return One line for a person when there is nothing to analyse: `not_found`, `unreadable`,
  /// `unsupported` (a folder, no recording, its rate, its channels), `corrupt` (empty, no audio) or
  /// `invalid_argument` (a mono recording without `party`).
  static Result<FileSource> create(const std::filesystem::path& path,
                                   const RecordingConfig& config = {});

  /// @param max_samples  At least 1.
  /// @return `corrupt` when not one sample could be decoded.
  Result<CallBlock> read(int max_samples) override;

  const RecordingInfo& info() const noexcept;

  /// The recording ended before its time. Known when the call is over.
  bool truncated() const noexcept;

  /// Samples so far that were NaN or infinite.
  std::int64_t invalid_samples() const noexcept;

  /// What was wrong with the recording, one line each. Complete when the call is over.
  std::vector<std::string> warnings() const;

  FileSource(FileSource&&) noexcept;
  FileSource& operator=(FileSource&&) noexcept;
  ~FileSource() override;

 private:
  struct Recording;
  explicit FileSource(std::unique_ptr<Recording> recording);

  std::unique_ptr<Recording> recording_;
};

}  // namespace tonecue

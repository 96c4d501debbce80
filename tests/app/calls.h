/// @file
/// Recordings for the program's tests.
#pragma once

#include <filesystem>
#include <string>

#include "audio/recordings.h"
#include "support/signals.h"

namespace tonecue::test {

inline constexpr int kWav16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

/// A bundled call that has cues.
inline std::string interrupted_call() {
  return (std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / "interrupted.flac")
      .string();
}

/// Two made voices that take turns; two seconds.
inline std::string short_call(const std::filesystem::path& path) {
  write_recording(path, kWav16, kSampleRateHz,
                  {vowel(110.0F, 800, -20.0F) + silence(1200),
                   silence(1000) + vowel(210.0F, 800, -22.0F) + silence(200)});
  return path.string();
}

/// One made voice.
inline std::string one_voice(const std::filesystem::path& path, int ms = 1000) {
  write_recording(path, kWav16, kSampleRateHz, {vowel(180.0F, ms, -20.0F)});
  return path.string();
}

}  // namespace tonecue::test

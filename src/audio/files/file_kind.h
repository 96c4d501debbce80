/// @file
/// What kind of recording a file is, by its content.
#pragma once

#include <cstdint>
#include <optional>

namespace tonecue {

enum class FileKind { unknown, wav, flac, ogg, mp3 };

/// Looks at the first bytes, not at the name. libsndfile alone would also open formats of music
/// samplers and measuring machines, and would take headerless sound that happens to begin with
/// eleven set bits for an MP3.
FileKind file_kind(int descriptor);

/// The audio of a WAV file.
struct WavData {
  std::int64_t promised_bytes = 0;   ///< As the header has it.
  std::int64_t following_bytes = 0;  ///< From where it begins to the end of the file.
};

/// @return Empty when no data chunk was found, or its size is one of those that mean "until the
/// end" (0x7FFFF000 and above: written to a pipe, or too long for the field).
std::optional<WavData> wav_data(int descriptor, std::int64_t file_bytes);

}  // namespace tonecue

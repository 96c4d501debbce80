#include "audio/files/file_kind.h"

#include <cstddef>

#include "audio/files/file_bytes.h"
#include "audio/files/mp3_frames.h"

namespace tonecue {
namespace {

std::uint32_t little_endian(const FileBytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8U | bytes[at + i];
  return value;
}

}  // namespace

FileKind file_kind(int descriptor) {
  const FileBytes start = bytes_at(descriptor, 0);
  if ((holds(start, 0, "RIFF") || holds(start, 0, "RF64")) && holds(start, 8, "WAVE")) {
    return FileKind::wav;
  }
  if (holds(start, 0, "fLaC")) return FileKind::flac;
  if (holds(start, 0, "OggS")) return FileKind::ogg;
  if (begins_as_mp3(descriptor)) return FileKind::mp3;
  return FileKind::unknown;
}

std::optional<WavData> wav_data(int descriptor, std::int64_t file_bytes) {
  constexpr std::uint32_t kUntilTheEnd = 0x7FFFF000;
  constexpr std::int64_t kChunkHeaderBytes = 8;
  constexpr int kMaxChunks = 1000;  // A file of empty chunks would keep us for minutes.
  std::int64_t offset = 12;
  for (int i = 0; i < kMaxChunks && offset + kChunkHeaderBytes <= file_bytes; ++i) {
    const FileBytes chunk = bytes_at(descriptor, offset);
    const std::uint32_t size = little_endian(chunk, 4);
    offset += kChunkHeaderBytes;
    if (holds(chunk, 0, "data")) {
      if (size >= kUntilTheEnd) return std::nullopt;
      return WavData{size, file_bytes - offset};
    }
    offset += size + size % 2;  // Chunks begin on even bytes.
  }
  return std::nullopt;
}

}  // namespace tonecue

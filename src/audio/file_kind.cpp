#include "audio/file_kind.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <unistd.h>

namespace tonecue {
namespace {

using Bytes = std::array<unsigned char, 12>;

/// Bytes beyond the end of the file read as zeros.
Bytes bytes_at(int descriptor, std::int64_t offset) {
  Bytes bytes{};
  if (::pread(descriptor, bytes.data(), bytes.size(), offset) < 0) bytes.fill(0);
  return bytes;
}

bool holds(const Bytes& bytes, std::size_t at, std::string_view tag) {
  return std::equal(tag.begin(), tag.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

std::uint32_t little_endian(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8U | bytes[at + i];
  return value;
}

/// The length of the MPEG audio layer III frame that begins here (ISO/IEC 11172-3, 2.4.1.3, and
/// 13818-3), or 0 when none does.
int mp3_frame_bytes(const Bytes& header) {
  // kbit/s by index, of MPEG 1 and of MPEG 2 and 2.5. Index 0 ("free") has no length of its own.
  static constexpr std::array<int, 16> kRates1{0,   32,  40,  48,  56,  64,  80,  96,
                                               112, 128, 160, 192, 224, 256, 320, 0};
  static constexpr std::array<int, 16> kRates2{0,  8,  16, 24,  32,  40,  48,  56,
                                               64, 80, 96, 112, 128, 144, 160, 0};
  static constexpr std::array<int, 4> kSampleRatesHz{44100, 48000, 32000, 0};
  const int version = header[1] >> 3 & 3;  // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5, 1: none.
  const bool sync = header[0] == 0xFF && (header[1] & 0xE0) == 0xE0;
  const bool layer_3 = (header[1] & 0x06) == 0x02;
  const int rate = (version == 3 ? kRates1 : kRates2)[header[2] >> 4];
  const int full_rate_hz = kSampleRatesHz[header[2] >> 2 & 3];
  if (!sync || !layer_3 || version == 1 || rate == 0 || full_rate_hz == 0) return 0;
  const int sample_rate_hz = full_rate_hz / (version == 3 ? 1 : version == 2 ? 2 : 4);
  const int padding = header[2] >> 1 & 1;
  return (version == 3 ? 144 : 72) * rate * 1000 / sample_rate_hz + padding;
}

bool begins_with_mp3_frames(int descriptor) {
  constexpr int kFrames = 3;
  std::int64_t offset = 0;
  for (int i = 0; i < kFrames; ++i) {
    const int length = mp3_frame_bytes(bytes_at(descriptor, offset));
    if (length == 0) return false;
    offset += length;
  }
  return true;
}

}  // namespace

FileKind file_kind(int descriptor) {
  const Bytes start = bytes_at(descriptor, 0);
  if ((holds(start, 0, "RIFF") || holds(start, 0, "RF64")) && holds(start, 8, "WAVE")) {
    return FileKind::wav;
  }
  if (holds(start, 0, "fLaC")) return FileKind::flac;
  if (holds(start, 0, "OggS")) return FileKind::ogg;
  if (holds(start, 0, "ID3") || begins_with_mp3_frames(descriptor)) return FileKind::mp3;
  return FileKind::unknown;
}

std::optional<WavData> wav_data(int descriptor, std::int64_t file_bytes) {
  constexpr std::uint32_t kUntilTheEnd = 0x7FFFF000;
  constexpr std::int64_t kChunkHeaderBytes = 8;
  constexpr int kMaxChunks = 1000;  // A file of empty chunks would keep us for minutes.
  std::int64_t offset = 12;
  for (int i = 0; i < kMaxChunks && offset + kChunkHeaderBytes <= file_bytes; ++i) {
    const Bytes chunk = bytes_at(descriptor, offset);
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

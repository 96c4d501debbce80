#include "audio/files/mp3_frames.h"

#include <array>
#include <optional>

#include "audio/files/file_bytes.h"

namespace tonecue {
namespace {

struct Mp3Frame {
  int bytes;
  int sample_times;
};

/// The MPEG audio layer III frame with this header (ISO/IEC 11172-3, 2.4.1.3, and 13818-3).
std::optional<Mp3Frame> frame_with(const FileBytes& header) {
  // kbit/s by index, of MPEG 1 and of MPEG 2 and 2.5. Index 0 ("free") has no length of its own.
  static constexpr std::array<int, 16> kRates1{0,   32,  40,  48,  56,  64,  80,  96,
                                               112, 128, 160, 192, 224, 256, 320, 0};
  static constexpr std::array<int, 16> kRates2{0,  8,  16, 24,  32,  40,  48,  56,
                                               64, 80, 96, 112, 128, 144, 160, 0};
  static constexpr std::array<int, 4> kSampleRatesHz{44100, 48000, 32000, 0};
  const int version = header[1] >> 3 & 3;  // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5, 1: none.
  const bool mpeg_1 = version == 3;
  const bool sync = header[0] == 0xFF && (header[1] & 0xE0) == 0xE0;
  const bool layer_3 = (header[1] & 0x06) == 0x02;
  const int rate_kbps = (mpeg_1 ? kRates1 : kRates2)[header[2] >> 4];
  const int mpeg_1_rate_hz = kSampleRatesHz[header[2] >> 2 & 3];
  if (!sync || !layer_3 || version == 1 || rate_kbps == 0 || mpeg_1_rate_hz == 0) {
    return std::nullopt;
  }
  const int lower = version == 2 ? 2 : 4;  // MPEG 2 halves the sample rates, 2.5 quarters them.
  const int sample_rate_hz = mpeg_1 ? mpeg_1_rate_hz : mpeg_1_rate_hz / lower;
  const int sample_times = mpeg_1 ? 1152 : 576;
  const int padding = header[2] >> 1 & 1;
  return Mp3Frame{sample_times / 8 * rate_kbps * 1000 / sample_rate_hz + padding, sample_times};
}

/// Behind an ID3v2 tag: ten bytes, as many as they say in four times seven bits, and maybe a
/// footer.
std::int64_t first_frame_at(int descriptor) {
  const FileBytes start = bytes_at(descriptor, 0);
  if (!holds(start, 0, "ID3")) return 0;
  std::int64_t size = 0;
  for (std::size_t i = 6; i < 10; ++i) size = size << 7 | (start[i] & 0x7F);
  const bool footer = (start[5] & 0x10) != 0;
  return 10 + size + (footer ? 10 : 0);
}

}  // namespace

bool begins_as_mp3(int descriptor) {
  constexpr int kFrames = 3;
  if (holds(bytes_at(descriptor, 0), 0, "ID3")) return true;
  std::int64_t offset = 0;
  for (int i = 0; i < kFrames; ++i) {
    const auto frame = frame_with(bytes_at(descriptor, offset));
    if (!frame) return false;
    offset += frame->bytes;
  }
  return true;
}

Mp3Extent mp3_extent(int descriptor, std::int64_t file_bytes) {
  Mp3Extent extent;
  std::int64_t offset = first_frame_at(descriptor);
  while (const auto frame = frame_with(bytes_at(descriptor, offset))) {
    offset += frame->bytes;
    extent.cut = offset > file_bytes;
    if (extent.cut) break;
    extent.sample_times += frame->sample_times;
  }
  return extent;
}

}  // namespace tonecue

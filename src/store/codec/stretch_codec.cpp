#include "store/codec/stretch_codec.h"

#include <cstdint>

#include "store/codec/byte_codec.h"
#include "store/database/stored_values.h"

namespace tonecue {
namespace {

constexpr std::int64_t kLatestMs = 1'000'000'000;  // Eleven days into a call.

bool is_time(std::int64_t time_ms) { return time_ms >= -kLatestMs && time_ms <= kLatestMs; }

void write_times(ByteWriter& bytes, std::int64_t& last_ms, std::int64_t start_ms,
                 std::int64_t end_ms) {
  bytes.difference(start_ms - last_ms);
  bytes.difference(end_ms - start_ms);
  last_ms = start_ms;
}

bool read_times(ByteReader& bytes, std::int64_t& last_ms, std::int64_t& start_ms,
                std::int64_t& end_ms) {
  const std::int64_t since_ms = bytes.difference();
  const std::int64_t length_ms = bytes.difference();
  if (bytes.failed() || !is_time(since_ms) || !is_time(length_ms)) return false;
  start_ms = last_ms + since_ms;
  end_ms = start_ms + length_ms;
  last_ms = start_ms;
  return is_time(start_ms);
}

tl::unexpected<Error> broken() {
  return failure(ErrorCode::corrupt, "the list of who spoke when is damaged");
}

}  // namespace

std::string encode_segments(std::span<const SpeechSegment> segments) {
  ByteWriter bytes;
  std::int64_t last_ms = 0;
  for (const SpeechSegment& segment : segments) {
    bytes.byte(static_cast<unsigned>(stored(segment.party)));
    write_times(bytes, last_ms, segment.start_ms, segment.end_ms);
  }
  return bytes.take();
}

std::string encode_overlaps(std::span<const Overlap> overlaps) {
  ByteWriter bytes;
  std::int64_t last_ms = 0;
  for (const Overlap& overlap : overlaps) {
    bytes.byte(static_cast<unsigned>(2 * stored(overlap.kind) + stored(overlap.starter)));
    write_times(bytes, last_ms, overlap.start_ms, overlap.end_ms);
  }
  return bytes.take();
}

Result<void> decode_segments(std::string_view encoded, std::vector<SpeechSegment>& segments) {
  ByteReader bytes(encoded);
  for (std::int64_t last_ms = 0; !bytes.at_end();) {
    const auto party = from_stored<Party>(bytes.byte());
    SpeechSegment segment;
    if (!party || !read_times(bytes, last_ms, segment.start_ms, segment.end_ms)) return broken();
    segment.party = *party;
    segments.push_back(segment);
  }
  return {};
}

Result<void> decode_overlaps(std::string_view encoded, std::vector<Overlap>& overlaps) {
  ByteReader bytes(encoded);
  for (std::int64_t last_ms = 0; !bytes.at_end();) {
    const unsigned code = bytes.byte();
    const auto kind = from_stored<OverlapKind>(code / 2);
    const auto starter = from_stored<Party>(code % 2);
    Overlap overlap;
    if (!kind || !starter || !read_times(bytes, last_ms, overlap.start_ms, overlap.end_ms)) {
      return broken();
    }
    overlap.kind = *kind;
    overlap.starter = *starter;
    overlaps.push_back(overlap);
  }
  return {};
}

}  // namespace tonecue

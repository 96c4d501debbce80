// The traces, the stretches and the evidence of a call lie in a file that somebody may have
// changed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "store/codec/evidence_text.h"
#include "store/codec/stretch_codec.h"
#include "store/codec/trace_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonecue;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto points = decode_trace(bytes)) {
    if (points->size() > kTracePoints) std::abort();
    if (!decode_trace(encode_trace(*points))) std::abort();
  }
  std::vector<SpeechSegment> segments;
  std::vector<Overlap> overlaps;
  if (decode_segments(bytes, segments) && encode_segments(segments).size() > 2 * size) {
    std::abort();
  }
  static_cast<void>(decode_overlaps(bytes, overlaps));
  if (const auto evidence = parse_evidence(bytes)) {
    if (!parse_evidence(evidence_text(*evidence))) std::abort();
  }
  return 0;
}

/// @file
/// One voice of a recording, frame by frame.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <span>

#include "tonecue/audio/file_source.h"
#include "tonecue/features/frame_extractor.h"

namespace tonecue {

/// Calls `use(frame)` with every frame of one party's voice, from the first hop of the recording to
/// the last, or until `stop` is set.
template <Party party, class Use>
Result<void> for_each_frame(FileSource& source, FrameExtractor<party>& extractor,
                            const std::atomic<bool>& stop, const Use& use) {
  const auto take = [&](std::span<const float> samples) {
    std::array<float, kHopSamples> hop{};  // What the last hop lacks is silence.
    std::copy(samples.begin(), samples.end(), hop.begin());
    const PartyFrame<party> frame = extractor.process(hop);
    if (frame->index >= 0) use(frame);
  };
  extractor.reset();
  while (!stop) {
    const auto block = source.read(kHopSamples);
    if (!block) return tl::unexpected(block.error());
    if (block->agent.empty()) break;
    take((*block)[party]);
  }
  for (int i = 0; i < kFrameLatencyHops; ++i) take({});
  return {};
}

}  // namespace tonecue

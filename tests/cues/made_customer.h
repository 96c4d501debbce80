/// @file
/// A made customer: frames from signals, as only the customer's extractor can give them.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "support/signals.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue::test {

/// Every frame of the signal, the last ones flushed out by silence.
inline std::vector<CustomerFrame> customer_frames(const Signal& signal) {
  auto extractor = FrameExtractor<Party::customer>::create().value();
  std::vector<CustomerFrame> frames;
  for_each_hop(signal + silence(kFrameLatencyHops * kHopMs), [&](Hop hop) {
    const CustomerFrame frame = extractor.process(hop);
    if (frame->index >= 0) frames.push_back(frame);
  });
  return frames;
}

/// Syllables of 180 ms with 60 ms between them, the pitch stepping round the given one.
inline Signal babbling(float f0_hz, int syllables, float level_dbfs = -25.0F) {
  constexpr std::array kSteps = {1.0F, 1.12F, 0.94F, 1.06F, 0.89F};
  Signal signal;
  for (int i = 0; i < syllables; ++i) {
    signal = std::move(signal) +
             vowel(f0_hz * kSteps[static_cast<std::size_t>(i) % kSteps.size()], 180, level_dbfs) +
             silence(60);
  }
  return signal;
}

/// The customer speaks, alone.
inline PartyTurn speaking() {
  PartyTurn turn;
  turn.active = turn.speaking = turn.alone = true;
  return turn;
}

}  // namespace tonecue::test

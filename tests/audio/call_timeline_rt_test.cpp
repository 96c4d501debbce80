#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "audio/timeline/call_timeline.h"
#include "support/heap_calls.h"
#include "support/signals.h"

namespace tonecue {
namespace {

constexpr std::int64_t kBlockNs = 10'000'000;

TEST(CallTimelineRt, LeavesTheHeapAloneThroughDriftStallsAndLosses) {
  auto timeline = CallTimeline::create(
      std::vector{StreamLayout{.sample_rate_hz = 48000, .channels = 1, .party = Party::agent},
                  StreamLayout{.sample_rate_hz = 44100, .channels = 1, .party = Party::customer}});
  ASSERT_TRUE(timeline);
  const auto noise = test::white_noise(2000, -20.0F);
  const auto voice = std::span(noise);
  std::size_t samples = 0;
  std::int64_t gaps = 0;
  const int before = test::heap_calls();
  for (std::int64_t block = 1; block <= 2000; ++block) {
    // Each third second the customer's device stalls, and what it held comes at once; in the tenth
    // it loses all. The agent's is 200 ppm slow.
    const bool stalls = block / 100 % 3 == 2;
    const bool lost = block / 100 == 10;
    timeline->push(0, voice.first(480), block * (kBlockNs + 2000));
    if (!stalls && !lost) timeline->push(1, voice.first(441), block * kBlockNs);
    if (stalls && block % 100 == 99) {
      for (int i = 0; i < 10; ++i) timeline->push(1, voice.first(4410), block * kBlockNs);
    }
    for (auto part = timeline->read(block * kBlockNs, 80); !part.agent.empty();
         part = timeline->read(block * kBlockNs, 80)) {
      samples += part.agent.size();
    }
    while (timeline->next_gap()) ++gaps;
  }
  timeline->finish();
  while (!timeline->read(0, 80).agent.empty()) {
  }
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(samples, 150000U);
  EXPECT_GT(gaps, 5);
}

}  // namespace
}  // namespace tonecue

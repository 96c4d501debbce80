#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

TEST(TurnTrackerRt, LeavesTheHeapAlone) {
  TurnTracker tracker;
  const int before = test::heap_calls();
  for (std::int64_t i = 0; i < 6000; ++i) {
    const char agent = i % 500 < 300 ? 'S' : '_';
    const char customer = i % 700 > 250 ? 'S' : '_';
    tracker.process(test::frame_of(agent, i), test::frame_of(customer, i));
  }
  tracker.flush();
  const auto summary = tracker.summary();
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(summary.agent.talk_s, 0.0F);
}

}  // namespace
}  // namespace tonecue

#include <array>

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "tonecue/pipeline/call_broadcast.h"
#include "tonecue/pipeline/listener_thread.h"

namespace tonecue {
namespace {

TEST(ListenerThreadRt, LeavesTheHeapOfTheAnalysisThreadAlone) {
  CallListener one;
  CallListener two;
  auto first = ListenerThread::create(one, {.hops = true, .frames = true, .turns = true}, 1);
  auto second = ListenerThread::create(two, {});
  ASSERT_TRUE(first && second);
  const std::array<CallListener*, 2> inputs = {&first->input(), &second->input()};
  CallBroadcast both(inputs);

  const int before = test::heap_calls();
  for (int i = 0; i < 2'000; ++i) {  // More than fits: dropping is free too.
    both.on_hop({});
    both.on_frame({});
    both.on_turn({});
    if (i % 10 == 0) {
      both.on_cue({});
      both.on_alert({});
      both.on_answer({});
      both.on_notice({});
    }
  }
  EXPECT_EQ(test::heap_calls(), before);
}

}  // namespace
}  // namespace tonecue

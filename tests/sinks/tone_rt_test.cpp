#include <array>

#include <gtest/gtest.h>

#include "sinks/alerts.h"
#include "support/heap_calls.h"
#include "tonecue/sinks/tone_sink.h"

namespace tonecue {
namespace {

TEST(ToneSinkRt, LeavesTheHeapAloneFromAlertToSound) {
  TonePlayer player(48000);
  ToneSink sink(player);
  std::array<float, 480> block{};
  const int before = test::heap_calls();
  for (int i = 0; i < 50; ++i) {
    test::pass(sink, 1000, i % 2 == 0 ? test::kAgent : test::kCustomer);
    sink.on_alert(test::alert_of(CueKind::distress, Party::customer, i % 3 == 0));
    for (int k = 0; k < 100; ++k) player.render(block);
  }
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(player.played(), 20);
}

}  // namespace
}  // namespace tonecue

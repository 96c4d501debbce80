#include <vector>

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/practice/practice_source.h"

namespace tonecue {
namespace {

class SilentMicrophone : public AudioSource {
 public:
  Result<CallBlock> read(int max_samples) override {
    const auto block =
        std::span<const float>(silence_).first(static_cast<std::size_t>(max_samples));
    return CallBlock{block, block};
  }

 private:
  std::vector<float> silence_ = test::silence(1000);
};

TEST(PracticeRt, LeavesTheHeapAloneAfterTheFirstBlock) {
  const PracticeScenario scenario{
      "made",
      {{{0, 500}, {500, 1000}}},
      {test::sine(300.0F, 500, -20.0F), test::sine(400.0F, 500, -20.0F)}};
  CustomerVoice voice(scenario.clips, 48'000);
  SilentMicrophone microphone;
  PracticeSource source(microphone, scenario, voice);
  std::vector<float> device(480);
  ASSERT_TRUE(source.read(80));

  const int before = test::heap_calls();
  TurnFrame frame;
  float sum = 0.0F;
  for (; frame.index < 2000 && !source.over(); ++frame.index) {
    frame.parties.agent.active = frame.index % 400 < 100;
    source.hear(frame);
    const auto block = source.read(80);
    for (const float x : block->customer) sum += x * x;
    voice.render(device);
  }
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(sum, 0.0F) << "the customer spoke";
}

}  // namespace
}  // namespace tonecue

#include <array>

#include <gtest/gtest.h>

#include "cues/made_voice.h"
#include "cues/voice_network.h"
#include "support/heap_calls.h"

namespace tonecue {
namespace {

TEST(VoiceNetworkRt, LeavesTheHeapAloneAfterCreate) {
  const test::MadeVoiceNetwork made;
  auto file = ModelFile::parse(test::model_of(made.tensors()));
  ASSERT_TRUE(file) << file.error().message;
  auto network = VoiceNetwork::create(*file, "sequence", test::kMadeHeads);
  ASSERT_TRUE(network) << network.error().message;
  VoiceInputs inputs;
  UsualFrame usual;
  std::array<float, test::kMadeHeads> log_odds{};
  bool judged = false;

  const int before = test::heap_calls();
  inputs.process(FeatureFrame{});
  for (const VoiceInput& frame : made.voice()) {
    usual.add(frame);
    usual.keep();
    network->add(frame, &usual);
    network->forget_before(frame.index - 200);
    judged = network->process(true, log_odds);
  }
  network->reset();
  inputs.reset();

  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_TRUE(judged) << "the network never ran";
}

}  // namespace
}  // namespace tonecue

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/features/voice_activity_detector.h"

namespace tonecue {
namespace {

TEST(VoiceActivityDetectorRt, LeavesTheHeapAloneAfterCreate) {
  auto spectrum = SpectrumAnalyzer::create();
  auto detector = VoiceActivityDetector::create();
  ASSERT_TRUE(spectrum && detector);
  const MelBands mel_bands;
  const auto signal = test::vowel(120.0F, 300, -20.0F);

  const int before = test::heap_calls();
  test::for_each_hop(signal, [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    detector->process(power, mel_bands.process(power));
  });
  detector->reset();

  EXPECT_EQ(test::heap_calls(), before);
}

}  // namespace
}  // namespace tonecue

// Whatever the processor, the same call gives the same frames.
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/dsp/kernels.h"
#include "tonecue/features/frame_extractor.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

std::vector<FeatureFrame> measure(const test::Signal& signal, InstructionSet set) {
  use_instruction_set(set);
  auto extractor = FrameExtractor<Party::customer>::create();
  EXPECT_TRUE(extractor);
  std::vector<FeatureFrame> frames;
  test::for_each_hop(signal, [&](Hop hop) { frames.push_back(*extractor->process(hop)); });
  return frames;
}

TEST(InstructionSet, MakesNoDifferenceToAFrame) {
  if (!is_supported(InstructionSet::avx2)) GTEST_SKIP() << "skipped: not on this processor";
  const auto signal = test::vowel(120.0F, 500, -20.0F) + test::white_noise(300, -35.0F) +
                      test::vowel(210.0F, 500, -30.0F) + test::silence(200) +
                      test::sine(440.0F, 300, -25.0F);
  const auto baseline = measure(signal, InstructionSet::baseline);
  const auto avx2 = measure(signal, InstructionSet::avx2);
  ASSERT_EQ(avx2.size(), baseline.size());
  for (std::size_t i = 0; i < avx2.size(); ++i) {
    EXPECT_EQ(avx2[i].f0_hz, baseline[i].f0_hz) << "frame " << i;
    EXPECT_EQ(avx2[i].voicing, baseline[i].voicing) << "frame " << i;
    EXPECT_EQ(avx2[i].hnr_db, baseline[i].hnr_db) << "frame " << i;
    EXPECT_EQ(avx2[i].speech_prob, baseline[i].speech_prob) << "frame " << i;
    EXPECT_EQ(avx2[i].syllable, baseline[i].syllable) << "frame " << i;
  }
}

}  // namespace
}  // namespace tonecue

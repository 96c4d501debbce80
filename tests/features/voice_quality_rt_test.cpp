#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/features/formants.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/features/voice_quality.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

TEST(VoiceQualityRt, LeavesTheHeapAloneAfterCreate) {
  auto extractor = FrameExtractor<Party::customer>::create();
  ASSERT_TRUE(extractor);
  const FormantEstimator formants;
  const MelCepstrum cepstrum;
  const auto speech = test::vowel(120.0F, 300, -20.0F) + test::white_noise(300, -30.0F);
  float sum = 0.0F;
  int told = 0;

  const int before = test::heap_calls();
  test::for_each_hop(speech, [&](Hop hop) {
    const auto frame = extractor->process(hop);
    const PowerSpectrum& power = extractor->spectrum();
    sum += alpha_ratio_db(power) + hammarberg_index_db(power) + cepstrum.process(frame->mel_db)[0];
    for (const auto& hz : formants.process(power)) told += hz ? 1 : 0;
  });
  const int after = test::heap_calls();

  EXPECT_EQ(after, before);
  EXPECT_GT(told, 60);
  EXPECT_NE(sum, 0.0F);
}

}  // namespace
}  // namespace tonecue

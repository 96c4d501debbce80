#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/dsp/resampler.h"

namespace tonecue {
namespace {

TEST(ResamplerRt, LeavesTheHeapAloneAfterCreate) {
  const auto noise = test::white_noise(2000, -20.0F);
  for (const int rate_hz : {8000, 11025, 16000, 22050, 44100, 48000}) {
    auto resampler = Resampler::create(rate_hz, 480);
    ASSERT_TRUE(resampler);
    const int before = test::heap_calls();
    for (std::size_t i = 0; i + 480 <= noise.size(); i += 480) {
      resampler->process(std::span(noise).subspan(i, 480));
    }
    resampler->flush();
    EXPECT_EQ(test::heap_calls(), before) << rate_hz << " Hz";
  }
}

}  // namespace
}  // namespace tonecue

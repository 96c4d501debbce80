#include "cues/caller_baseline.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

DistressFunctionalRow row_of(float value) {
  DistressFunctionalRow row{};
  row.fill(value);
  return row;
}

TEST(CallerBaseline, IsKnownAfterAFewSecondsAndFormedAfterTwelve) {
  CallerBaseline baseline;
  for (int i = 0; i < 7; ++i) baseline.add(row_of(1.0F), 0.5F);
  EXPECT_FALSE(baseline.is_known());
  baseline.add(row_of(1.0F), 0.5F);
  EXPECT_TRUE(baseline.is_known());
  EXPECT_FALSE(baseline.is_formed());
  EXPECT_NEAR(baseline.doubt(), 2.0F / 3.0F, 0.01F);
  for (int i = 0; i < 16; ++i) baseline.add(row_of(1.0F), 0.5F);
  EXPECT_TRUE(baseline.is_formed());
  EXPECT_EQ(baseline.doubt(), 0.0F);
}

TEST(CallerBaseline, IsTheMeanAndStaysOnceItIsFormed) {
  CallerBaseline baseline;
  for (int i = 0; i < 12; ++i) baseline.add(row_of(i % 2 == 0 ? 1.0F : 3.0F), 1.0F);
  EXPECT_NEAR(baseline.usual()[0], 2.0F, 1e-5F);
  for (int i = 0; i < 12; ++i) baseline.add(row_of(9.0F), 1.0F);
  EXPECT_NEAR(baseline.usual()[0], 2.0F, 1e-5F);
}

TEST(CallerBaseline, EndsWithWhatItHasWhereMostOfAVoiceIsLeftOut) {
  CallerBaseline baseline;
  for (int i = 0; i < 5; ++i) baseline.add(row_of(1.0F), 1.0F);
  for (int i = 0; i < 18; ++i) baseline.leave_out(1.0F);
  EXPECT_FALSE(baseline.is_formed());
  baseline.leave_out(1.0F);
  EXPECT_TRUE(baseline.is_formed());
  EXPECT_EQ(baseline.speech_s(), 5.0F);
}

}  // namespace
}  // namespace tonecue

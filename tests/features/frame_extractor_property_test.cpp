#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/features/frame_extractor.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

using Extractor = FrameExtractor<Party::agent>;

std::vector<FeatureFrame> run(Extractor& extractor, const test::Signal& signal) {
  std::vector<FeatureFrame> frames;
  test::for_each_hop(signal, [&](Hop hop) { frames.push_back(*extractor.process(hop)); });
  return frames;
}

std::vector<FeatureFrame> extract(const test::Signal& signal) {
  auto extractor = Extractor::create();
  EXPECT_TRUE(extractor);
  return run(*extractor, signal);
}

test::Signal conversation() {
  return test::white_noise(300, -60.0F, 1) + test::vowel(110.0F, 400, -22.0F) +
         test::white_noise(200, -35.0F, 2) + test::vowel(210.0F, 300, -30.0F) + test::silence(200);
}

void expect_same(const std::vector<FeatureFrame>& first, const std::vector<FeatureFrame>& second) {
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].index, second[i].index);
    EXPECT_EQ(first[i].level_dbfs, second[i].level_dbfs) << "frame " << i;
    EXPECT_EQ(first[i].f0_hz, second[i].f0_hz) << "frame " << i;
    EXPECT_EQ(first[i].voicing, second[i].voicing) << "frame " << i;
    EXPECT_EQ(first[i].hnr_db, second[i].hnr_db) << "frame " << i;
    EXPECT_EQ(first[i].tilt_db_per_octave, second[i].tilt_db_per_octave) << "frame " << i;
    EXPECT_EQ(first[i].mel_db, second[i].mel_db) << "frame " << i;
    EXPECT_EQ(first[i].syllable, second[i].syllable) << "frame " << i;
    EXPECT_EQ(first[i].speech_prob, second[i].speech_prob) << "frame " << i;
    EXPECT_EQ(first[i].speech, second[i].speech) << "frame " << i;
  }
}

TEST(FrameExtractorProperty, ResetGivesANewExtractor) {
  auto extractor = Extractor::create();
  ASSERT_TRUE(extractor);
  const auto first = run(*extractor, conversation());
  extractor->reset();
  expect_same(first, run(*extractor, conversation()));
}

TEST(FrameExtractorProperty, BothPartiesAreMeasuredAlike) {
  auto customer = FrameExtractor<Party::customer>::create();
  ASSERT_TRUE(customer);
  std::vector<FeatureFrame> frames;
  test::for_each_hop(conversation(), [&](Hop hop) { frames.push_back(*customer->process(hop)); });
  expect_same(extract(conversation()), frames);
}

TEST(FrameExtractorProperty, TwiceTheAmplitudeIs602DbMoreAndNothingElse) {
  auto louder = conversation();
  for (float& x : louder) x *= 2.0F;
  const auto frames = extract(conversation());
  const auto loud_frames = extract(louder);
  int other_decisions = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (frames[i].level_dbfs > -80.0F) {
      EXPECT_NEAR(loud_frames[i].level_dbfs - frames[i].level_dbfs, 6.02F, 0.01F) << "frame " << i;
    }
    if (frames[i].f0_hz.has_value() != loud_frames[i].f0_hz.has_value()) {
      ++other_decisions;
    } else if (frames[i].f0_hz) {
      EXPECT_NEAR(*loud_frames[i].f0_hz, *frames[i].f0_hz, 1.0F) << "frame " << i;
    }
  }
  EXPECT_LE(other_decisions, 2);
}

TEST(FrameExtractorProperty, WhatIsNoNumberCountsAsSilence) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr std::array<float, 4> kNoNumbers = {kNan, kInfinity, -kInfinity, 1e30F};
  auto broken = conversation();
  auto silent = conversation();
  std::size_t next = 0;
  for (std::size_t i = 1000; i < 9000; i += 37, ++next) {
    broken[i] = kNoNumbers[next % kNoNumbers.size()];
    silent[i] = 0.0F;
  }
  expect_same(extract(silent), extract(broken));
}

TEST(FrameExtractorProperty, ValuesStayWithinTheirRangesWhateverComesIn) {
  std::vector<test::Signal> signals = {test::silence(500), test::white_noise(500, 0.0F),
                                       test::sine(60.0F, 500, -3.0F),
                                       test::sine(3999.0F, 500, -3.0F), test::Signal(4000, 1.0F)};
  test::Signal impulses(4000, 0.0F);
  for (std::size_t i = 0; i < impulses.size(); i += 200) impulses[i] = 8.0F;
  signals.push_back(impulses);
  for (std::size_t s = 0; s < signals.size(); ++s) {
    for (const FeatureFrame& frame : extract(signals[s] + test::silence(300) + signals[s])) {
      ASSERT_TRUE(std::isfinite(frame.level_dbfs)) << "signal " << s;
      ASSERT_GE(frame.level_dbfs, kSilenceDbfs);
      ASSERT_TRUE(frame.voicing >= 0.0F && frame.voicing <= 1.0F) << "signal " << s;
      ASSERT_TRUE(frame.hnr_db >= -10.01F && frame.hnr_db <= 40.01F) << "signal " << s;
      ASSERT_TRUE(std::isfinite(frame.tilt_db_per_octave)) << "signal " << s;
      if (frame.f0_hz) {
        ASSERT_TRUE(*frame.f0_hz >= 59.0F && *frame.f0_hz <= 500.0F) << "signal " << s;
      }
      for (const float db : frame.mel_db) ASSERT_TRUE(std::isfinite(db) && db >= kMelFloorDb);
    }
  }
}

}  // namespace
}  // namespace tonecue

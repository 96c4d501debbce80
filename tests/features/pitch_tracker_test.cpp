#include "tonecue/features/pitch_tracker.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/core/semitone.h"
#include "tonecue/dsp/biquad.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

// The frames of the signal's own hops.
std::vector<PitchFrame> track(const test::Signal& signal) {
  auto tracker = PitchTracker::create();
  EXPECT_TRUE(tracker);
  std::vector<PitchFrame> frames;
  test::for_each_hop(signal + test::silence(kFrameLatencyHops * kHopMs),
                     [&](Hop hop) { frames.push_back(tracker->process(hop)); });
  frames.erase(frames.begin(), frames.begin() + kFrameLatencyHops);
  return frames;
}

double voiced_share(const std::vector<PitchFrame>& frames) {
  const auto voiced = std::count_if(frames.begin(), frames.end(),
                                    [](const PitchFrame& f) { return f.f0_hz.has_value(); });
  return static_cast<double>(voiced) / static_cast<double>(frames.size());
}

// All but the first and last frames, whose windows hold other sound too.
void expect_f0(const std::vector<PitchFrame>& frames, float f0_hz) {
  constexpr std::size_t kEdgeFrames = 4;
  for (std::size_t i = kEdgeFrames; i + kEdgeFrames < frames.size(); ++i) {
    ASSERT_TRUE(frames[i].f0_hz) << "frame " << i << ", voicing " << frames[i].voicing;
    EXPECT_NEAR(semitones(*frames[i].f0_hz, f0_hz), 0.0F, 0.25F) << "frame " << i;
  }
}

// Without what lies below 300 Hz: 36 dB per octave.
test::Signal through_telephone(test::Signal signal) {
  for (int i = 0; i < 3; ++i) Biquad::butterworth_high_pass(300.0F).process(signal);
  return signal;
}

class PitchTrackerOverVoices : public testing::TestWithParam<std::tuple<float, float>> {};

TEST_P(PitchTrackerOverVoices, FindsTheF0OfASteadyVowelWithinAQuarterSemitone) {
  const auto [f0_hz, level_dbfs] = GetParam();
  expect_f0(track(test::vowel(f0_hz, 500, level_dbfs)), f0_hz);
}

TEST_P(PitchTrackerOverVoices, GivesTheFundamentalBackThatTheTelephoneCutsOff) {
  const auto [f0_hz, level_dbfs] = GetParam();
  expect_f0(track(through_telephone(test::vowel(f0_hz, 500, level_dbfs))), f0_hz);
}

// From a low male to a high female voice, at the levels of a quiet and of a hot telephone line.
INSTANTIATE_TEST_SUITE_P(Telephone, PitchTrackerOverVoices,
                         testing::Combine(testing::Values(75.0F, 110.0F, 180.0F, 240.0F, 350.0F),
                                          testing::Values(-45.0F, -20.0F, -6.0F)));

TEST(PitchTracker, CallsNoiseUnvoiced) {
  EXPECT_LT(voiced_share(track(test::white_noise(5000, -30.0F))), 0.02);
}

// Noise with most power where voices are, as of a street or a fan, before anyone has spoken.
TEST(PitchTracker, CallsLowNoiseUnvoicedHoweverLoud) {
  auto noise = test::white_noise(1000, -20.0F);
  float last = 0.0F;
  for (float& sample : noise) sample = last = sample + 0.9F * last;
  for (const float level_dbfs : {-50.0F, -30.0F, -20.0F, -12.0F}) {
    const auto frames = track(test::at_level(through_telephone(noise), level_dbfs));
    EXPECT_LT(voiced_share(frames), 0.03) << level_dbfs << " dBFS";
  }
}

TEST(PitchTracker, CallsSilenceUnvoiced) {
  for (const PitchFrame& frame : track(test::silence(500))) {
    EXPECT_FALSE(frame.f0_hz);
    EXPECT_LT(frame.voicing, 0.01F);
    EXPECT_EQ(frame.nccf, 0.0F);
  }
}

TEST(PitchTracker, KeepsTheOctaveWhereTheSecondHarmonicDominates) {
  const auto strong = test::sine(240.0F, 500, -20.0F);
  auto voice = test::vowel(120.0F, 500, -26.0F);
  for (std::size_t i = 0; i < voice.size(); ++i) voice[i] += strong[i];
  expect_f0(track(voice), 120.0F);
}

TEST(PitchTracker, FollowsAGlide) {
  constexpr int kMs = 1000;
  constexpr double kFromHz = 100.0;
  test::Signal glide(test::samples(kMs), 0.0F);
  const auto f0_hz_at = [](double time_s) { return kFromHz * std::exp2(time_s); };
  double phase = 0.0;
  for (std::size_t i = 0; i < glide.size(); ++i) {
    phase +=
        2.0 * std::numbers::pi * f0_hz_at(static_cast<double>(i) / kSampleRateHz) / kSampleRateHz;
    for (int k = 1; k <= 12; ++k) glide[i] += static_cast<float>(std::sin(k * phase) / k);
  }
  const auto frames = track(test::at_level(std::move(glide), -20.0F));
  for (std::size_t i = 4; i + 4 < frames.size(); ++i) {
    ASSERT_TRUE(frames[i].f0_hz) << "frame " << i;
    const double time_s = ms_to_s(hops_to_ms(static_cast<int>(i)) + kFrameCentreMs);
    EXPECT_NEAR(semitones(*frames[i].f0_hz, static_cast<float>(f0_hz_at(time_s))), 0.0F, 0.3F)
        << "frame " << i;
  }
}

TEST(PitchTracker, HearsAVoiceThatSpeaksFromTheFirstSample) {
  EXPECT_GT(voiced_share(track(test::vowel(130.0F, 300, -20.0F))), 0.85);
}

TEST(PitchTracker, SaysWhereAVoiceBeginsAndEnds) {
  const auto hush = test::white_noise(500, -65.0F);
  const auto frames = track(hush + test::vowel(130.0F, 500, -20.0F) + hush);
  constexpr std::size_t kBegin = 50;
  constexpr std::size_t kEnd = 100;
  constexpr std::size_t kSlack = 2;  // The windows of 20 to 40 ms reach over the edge.
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i >= kBegin + kSlack && i < kEnd - kSlack) {
      EXPECT_TRUE(frames[i].f0_hz) << "frame " << i;
    }
    if (i < kBegin - kSlack || i >= kEnd + kSlack) {
      EXPECT_FALSE(frames[i].f0_hz) << "frame " << i;
    }
  }
}

TEST(PitchTracker, HearsAQuietVoiceAfterALoudTone) {
  const auto frames =
      track(test::sine(440.0F, 300, -6.0F) + test::silence(300) + test::vowel(130.0F, 500, -32.0F));
  EXPECT_GT(voiced_share({frames.begin() + 64, frames.end() - 4}), 0.9);
}

}  // namespace
}  // namespace tonecue

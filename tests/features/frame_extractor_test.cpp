#include "tonecue/features/frame_extractor.h"

#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/core/semitone.h"
#include "tonecue/features/mel_bands.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

std::vector<FeatureFrame> extract(const test::Signal& signal) {
  auto extractor = FrameExtractor<Party::customer>::create();
  EXPECT_TRUE(extractor);
  std::vector<FeatureFrame> frames;
  test::for_each_hop(signal, [&](Hop hop) { frames.push_back(*extractor->process(hop)); });
  return frames;
}

TEST(FrameExtractor, CountsFramesFromTheStartOfTheCall) {
  const auto frames = extract(test::white_noise(100, -30.0F));
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].index, static_cast<std::int64_t>(i) - kFrameLatencyHops);
  }
}

TEST(FrameExtractor, BeginsWithTheSilenceBeforeTheCall) {
  const auto frames = extract(test::vowel(120.0F, 200, -10.0F));
  for (std::size_t i = 0; i < kFrameLatencyHops; ++i) {
    EXPECT_EQ(frames[i].level_dbfs, kSilenceDbfs);
    EXPECT_FALSE(frames[i].f0_hz);
  }
  EXPECT_NEAR(frames[kFrameLatencyHops].level_dbfs, -10.0F, 1.5F);
}

// A click lies in the middle of hop 30: every feature must see it in frame 30.
TEST(FrameExtractor, DescribesOneMomentInAllValuesOfAFrame) {
  constexpr std::size_t kClickHop = 30;
  auto signal = test::silence(1000);
  signal[kClickHop * kHopSamples + kHopSamples / 2] = 0.9F;
  const auto frames = extract(signal);
  std::size_t loudest = 0;
  std::size_t loudest_band = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (frames[i].level_dbfs > frames[loudest].level_dbfs) loudest = i;
    if (frames[i].mel_db[10] > frames[loudest_band].mel_db[10]) loudest_band = i;
  }
  EXPECT_EQ(frames[loudest].index, static_cast<std::int64_t>(kClickHop));
  EXPECT_EQ(frames[loudest_band].index, static_cast<std::int64_t>(kClickHop));
}

TEST(FrameExtractor, HandsOutTheSpectrumOfTheFrameItReturned) {
  auto extractor = FrameExtractor<Party::customer>::create();
  ASSERT_TRUE(extractor);
  const MelBands bands;
  const auto signal = test::vowel(120.0F, 200, -20.0F) + test::white_noise(200, -30.0F);
  for (int run = 0; run < 2; ++run) {
    test::for_each_hop(signal, [&](Hop hop) {
      const CustomerFrame frame = extractor->process(hop);
      EXPECT_EQ(bands.process(extractor->spectrum()), frame->mel_db) << "frame " << frame->index;
    });
    extractor->reset();
    EXPECT_EQ(extractor->spectrum(), PowerSpectrum{});
  }
}

TEST(FrameExtractor, MeasuresASteadyVowel) {
  const auto frames = extract(test::vowel(150.0F, 1000, -20.0F));
  for (std::size_t i = 20; i < frames.size(); ++i) {
    const FeatureFrame& frame = frames[i];
    EXPECT_NEAR(frame.level_dbfs, -20.0F, 1.0F);
    ASSERT_TRUE(frame.f0_hz);
    EXPECT_NEAR(semitones(*frame.f0_hz, 150.0F), 0.0F, 0.25F);
    EXPECT_GT(frame.voicing, 0.95F);
    EXPECT_GT(frame.hnr_db, 12.0F);
    EXPECT_LT(frame.tilt_db_per_octave, -3.0F);
  }
}

TEST(FrameExtractor, TellsAVowelFromNoiseByItsHarmonics) {
  const auto noise = extract(test::white_noise(1000, -30.0F));
  float sum_db = 0.0F;
  for (const FeatureFrame& frame : noise) sum_db += frame.hnr_db;
  EXPECT_LT(sum_db / static_cast<float>(noise.size()), 3.0F);
}

TEST(FrameExtractor, ReadsAFlatTiltForWhiteNoise) {
  const auto frames = extract(test::white_noise(3000, -30.0F));
  float sum = 0.0F;
  for (std::size_t i = 20; i < frames.size(); ++i) sum += frames[i].tilt_db_per_octave;
  EXPECT_NEAR(sum / static_cast<float>(frames.size() - 20), 0.0F, 1.0F);
}

// Vowels that swell and fade nearly to silence four times a second: with less they are a tone.
test::Signal babble(int syllables) {
  auto voice = test::vowel(120.0F, 250 * syllables, -20.0F);
  for (std::size_t i = 0; i < voice.size(); ++i) {
    const float swing =
        0.5F - 0.5F * std::cos(2.0F * 3.14159265F * static_cast<float>(i) / 2000.0F);
    voice[i] *= 0.01F + 0.99F * swing;
  }
  return voice;
}

TEST(FrameExtractor, CountsMadeSyllables) {
  int nuclei = 0;
  for (const FeatureFrame& frame : extract(babble(20) + test::silence(300))) {
    nuclei += frame.syllable ? 1 : 0;
  }
  EXPECT_NEAR(nuclei, 20, 1);
}

TEST(FrameExtractor, CountsNoSyllablesInBurstsOfNoise) {
  test::Signal bursts;
  for (int i = 0; i < 20; ++i) {
    bursts = std::move(bursts) +
             test::white_noise(120, -25.0F, static_cast<std::uint32_t>(i) + 1U) +
             test::white_noise(130, -60.0F, static_cast<std::uint32_t>(i) + 100U);
  }
  int nuclei = 0;
  for (const FeatureFrame& frame : extract(bursts)) nuclei += frame.syllable ? 1 : 0;
  EXPECT_LE(nuclei, 1);
}

// Only the customer's extractor can make what a consumer of a CustomerFrame takes.
static_assert(!std::is_convertible_v<AgentFrame, CustomerFrame>);
static_assert(!std::is_constructible_v<CustomerFrame, FeatureFrame>);
static_assert(std::is_same_v<decltype(std::declval<FrameExtractor<Party::customer>&>().process(
                                 std::declval<Hop>())),
                             CustomerFrame>);

}  // namespace
}  // namespace tonecue

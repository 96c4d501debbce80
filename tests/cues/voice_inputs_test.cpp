#include "cues/voice_inputs.h"

#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "cues/made_customer.h"
#include "support/signals.h"

namespace tonecue {
namespace {

constexpr std::size_t kLevel = 20;
constexpr std::size_t kPitch = 21;
constexpr std::size_t kPitchStep = 22;
constexpr std::size_t kVoiced = 23;
constexpr std::size_t kVoicing = 24;
constexpr std::size_t kHnr = 25;
constexpr std::size_t kTilt = 26;
constexpr std::size_t kFlux = 27;
constexpr std::size_t kSyllable = 28;
constexpr std::size_t kJoined = 29;

/// All bands the same.
FeatureFrame flat_frame(std::int64_t index, float level_db) {
  FeatureFrame frame;
  frame.index = index;
  frame.mel_db.fill(level_db);
  return frame;
}

FeatureFrame voiced_frame(std::int64_t index, float f0_hz) {
  FeatureFrame frame = flat_frame(index, -40.0F);
  frame.f0_hz = f0_hz;
  return frame;
}

TEST(VoiceInputs, TellTheShapeOfTheSpectrumWithoutItsLevel) {
  FeatureFrame frame = flat_frame(0, -50.0F);
  frame.mel_db[3] += 20.0F;  // The mean of all bands is 1 dB up.
  for (const float gain_db : {0.0F, 30.0F}) {
    FeatureFrame louder = frame;
    for (float& band_db : louder.mel_db) band_db += gain_db;
    const VoiceInput input = VoiceInputs().process(louder);
    EXPECT_NEAR(input.values[3], 1.9F, 1e-5F);
    EXPECT_NEAR(input.values[4], -0.1F, 1e-5F);
  }
}

TEST(VoiceInputs, TellTheLevelAgainstThatOfTheVoiceSoFar) {
  VoiceInputs inputs;
  EXPECT_EQ(inputs.process(flat_frame(0, -40.0F)).values[kLevel], 0.0F);
  EXPECT_NEAR(inputs.process(flat_frame(1, -30.0F)).values[kLevel], 0.5F, 1e-5F);  // Mean -35.
  EXPECT_NEAR(inputs.process(flat_frame(2, -35.0F)).values[kLevel], 0.0F, 1e-5F);
}

TEST(VoiceInputs, ForgetTheLevelWithAMemoryOfOneAndAHalfSeconds) {
  VoiceInputs inputs;
  std::int64_t index = 0;
  for (int i = 0; i < 1000; ++i) inputs.process(flat_frame(index++, -40.0F));
  VoiceInput input;
  for (int i = 0; i < 150; ++i) input = inputs.process(flat_frame(index++, -20.0F));
  EXPECT_NEAR(input.values[kLevel], 2.0F / std::numbers::e_v<float>, 0.01F);
}

TEST(VoiceInputs, TellThePitchInSemitonesAndAgainstThatOfTheVoicedFrames) {
  VoiceInputs inputs;
  const auto low = inputs.process(voiced_frame(0, 100.0F)).values;
  EXPECT_NEAR(low[kPitch], -10.0F / 6.0F, 1e-5F);
  EXPECT_EQ(low[kPitchStep], 0.0F);
  EXPECT_EQ(low[kVoiced], 1.0F);

  const auto unvoiced = inputs.process(flat_frame(1, -40.0F)).values;
  EXPECT_EQ(unvoiced[kPitch], 0.0F);
  EXPECT_EQ(unvoiced[kPitchStep], 0.0F);
  EXPECT_EQ(unvoiced[kVoiced], 0.0F);

  const auto high = inputs.process(voiced_frame(2, 200.0F)).values;
  EXPECT_NEAR(high[kPitch], 2.0F / 6.0F, 1e-5F);
  EXPECT_NEAR(high[kPitchStep], 6.0F / 4.0F, 1e-5F);  // Mean 6 st: the unvoiced frame had no part.
}

TEST(VoiceInputs, ScaleTheVoicesQuality) {
  FeatureFrame frame = flat_frame(0, -40.0F);
  frame.voicing = 0.75F;
  frame.hnr_db = 18.0F;
  frame.tilt_db_per_octave = -12.0F;
  frame.syllable = true;
  const auto values = VoiceInputs().process(frame).values;
  EXPECT_EQ(values[kVoicing], 0.75F);
  EXPECT_FLOAT_EQ(values[kHnr], 1.5F);
  EXPECT_FLOAT_EQ(values[kTilt], -1.0F);
  EXPECT_EQ(values[kSyllable], 1.0F);
  EXPECT_EQ(VoiceInputs().process(flat_frame(0, -40.0F)).values[kSyllable], 0.0F);
}

TEST(VoiceInputs, TellOnlyWhatRises) {
  VoiceInputs inputs;
  EXPECT_EQ(inputs.process(flat_frame(0, -40.0F)).values[kFlux], 0.0F) << "nothing came before";
  FeatureFrame next = flat_frame(1, -50.0F);
  next.mel_db[0] = -28.0F;  // 12 dB up in one band of 20, the others down.
  EXPECT_FLOAT_EQ(inputs.process(next).values[kFlux], 0.2F);
  EXPECT_EQ(inputs.process(flat_frame(2, -50.0F)).values[kFlux], 0.0F);
}

TEST(VoiceInputs, TellWhereSpeechWasLeftOut) {
  VoiceInputs inputs;
  EXPECT_EQ(inputs.process(flat_frame(0, -40.0F)).values[kJoined], 0.0F);
  EXPECT_EQ(inputs.process(flat_frame(1, -40.0F)).values[kJoined], 1.0F);
  EXPECT_EQ(inputs.process(flat_frame(9, -40.0F)).values[kJoined], 0.0F);
  EXPECT_EQ(inputs.process(flat_frame(10, -40.0F)).values[kJoined], 1.0F);
}

TEST(VoiceInputs, ClipWhatNoVoiceReaches) {
  FeatureFrame frame = flat_frame(0, -90.0F);
  frame.mel_db[0] = 0.0F;
  frame.tilt_db_per_octave = -60.0F;
  const auto values = VoiceInputs().process(frame).values;
  EXPECT_EQ(values[0], 5.0F);
  EXPECT_EQ(values[kTilt], -5.0F);
}

TEST(VoiceInputs, KeepTheIndexOfTheFrame) {
  EXPECT_EQ(VoiceInputs().process(flat_frame(77, -40.0F)).index, 77);
}

TEST(VoiceInputs, AreThoseOfANewVoiceAfterReset) {
  VoiceInputs used;
  VoiceInputs fresh;
  for (const auto& frame : test::customer_frames(test::babbling(200.0F, 4, -20.0F))) {
    used.process(*frame);
  }
  used.reset();
  for (const auto& frame : test::customer_frames(test::babbling(120.0F, 4, -40.0F))) {
    EXPECT_EQ(used.process(*frame).values, fresh.process(*frame).values);
  }
}

TEST(VoiceInputs, DescribeAMadeVowel) {
  VoiceInputs inputs;
  VoiceInput last;
  for (const auto& frame : test::customer_frames(test::vowel(200.0F, 600, -25.0F))) {
    if (frame->index < 55) last = inputs.process(*frame);
  }
  EXPECT_NEAR(last.values[kPitch], 2.0F / 6.0F, 0.02F);
  EXPECT_NEAR(last.values[kPitchStep], 0.0F, 0.05F);
  EXPECT_EQ(last.values[kVoiced], 1.0F);
  EXPECT_GT(last.values[kVoicing], 0.8F);
  EXPECT_GT(last.values[kHnr], 1.0F);
  EXPECT_LT(last.values[kFlux], 0.3F);
  EXPECT_NEAR(std::accumulate(last.values.begin(), last.values.begin() + kMelBands, 0.0F), 0.0F,
              1e-3F);
}

TEST(VoiceInputs, StayWithinTheirBoundsOnAnySound) {
  for (const auto& signal : {test::silence(500), test::white_noise(500, -10.0F),
                             test::sine(440.0F, 500, -3.0F), test::babbling(300.0F, 4)}) {
    VoiceInputs inputs;
    for (const auto& frame : test::customer_frames(signal)) {
      for (const float value : inputs.process(*frame).values) {
        EXPECT_TRUE(value >= -5.0F && value <= 5.0F) << value;
      }
    }
  }
}

}  // namespace
}  // namespace tonecue

#include "cues/usual_frame.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr std::size_t kHnr = 25;
constexpr std::size_t kLevel = 20;

VoiceInput input_with(float pitch, bool voiced, float others) {
  VoiceInput input;
  input.values.fill(others);
  input.values[VoiceInput::kVoiced] = voiced ? 1.0F : 0.0F;
  input.values[VoiceInput::kPitch] = voiced ? pitch : 0.0F;
  return input;
}

TEST(UsualFrame, TakesTheMeanOfTheFramesOffWhatComesLater) {
  UsualFrame usual;
  usual.add(input_with(1.0F, true, 2.0F));
  usual.add(input_with(2.0F, true, 4.0F));
  usual.keep();
  const auto values = usual.taken_off(input_with(4.0F, true, 5.0F));
  EXPECT_FLOAT_EQ(values[VoiceInput::kPitch], 2.5F);
  EXPECT_FLOAT_EQ(values[0], 2.0F);
  EXPECT_FLOAT_EQ(values[19], 2.0F);
  EXPECT_FLOAT_EQ(values[kHnr], 2.0F);
}

TEST(UsualFrame, LeavesWhatIsOfThisMomentOnlyAsItIs) {
  UsualFrame usual;
  usual.add(input_with(1.0F, true, 2.0F));
  usual.keep();
  const auto values = usual.taken_off(input_with(4.0F, true, 5.0F));
  for (const std::size_t place : {kLevel, std::size_t{22}, std::size_t{28}, std::size_t{29}}) {
    EXPECT_EQ(values[place], 5.0F) << place;
  }
  EXPECT_EQ(values[VoiceInput::kVoiced], 1.0F);
}

TEST(UsualFrame, KnowsThePitchFromTheVoicedFramesAlone) {
  UsualFrame usual;
  usual.add(input_with(3.0F, true, 1.0F));
  for (int i = 0; i < 9; ++i) usual.add(input_with(0.0F, false, 1.0F));
  usual.keep();
  EXPECT_FLOAT_EQ(usual.taken_off(input_with(4.0F, true, 1.0F))[VoiceInput::kPitch], 1.0F);
  EXPECT_EQ(usual.taken_off(input_with(0.0F, false, 1.0F))[VoiceInput::kPitch], 0.0F);
}

TEST(UsualFrame, TakesNoPartOfFramesThatWereLeftOutOrStillWait) {
  UsualFrame usual;
  usual.add(input_with(1.0F, true, 1.0F));
  usual.keep();
  const auto before = usual.values();
  usual.add(input_with(9.0F, true, 9.0F));
  EXPECT_EQ(usual.values(), before);
  usual.leave_out();
  usual.keep();
  EXPECT_EQ(usual.values(), before);
}

TEST(UsualFrame, GrowsWithEachPartThatIsKept) {
  UsualFrame usual;
  usual.add(input_with(1.0F, true, 1.0F));
  usual.keep();
  for (int i = 0; i < 3; ++i) usual.add(input_with(5.0F, true, 5.0F));
  usual.keep();
  EXPECT_FLOAT_EQ(usual.values()[0], 4.0F);
}

TEST(UsualFrame, ChangesNothingBeforeAnyFrame) {
  UsualFrame usual;
  usual.keep();
  const auto input = input_with(4.0F, true, 5.0F);
  EXPECT_EQ(usual.taken_off(input), input.values);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/report/card_reason.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "report/sample_call.h"

namespace tonecue {
namespace {

std::string reason(CueKind kind, Party party, std::initializer_list<EvidenceItem> evidence) {
  return card_reason(test::cue(kind, party, 0, 1000, evidence));
}

// The evidence is named as the rules name it.
TEST(CardReason, TellsWhoSpokeHowLongWhenOneCutIn) {
  const std::initializer_list<EvidenceItem> evidence = {
      {"overlap_s", 0.91F}, {"holder_turn_s", 4.8F}, {"incomer_speech_s", 1.0F}};
  EXPECT_EQ(reason(CueKind::interruption, Party::agent, evidence),
            "you both spoke for 0.9 s; they were 4.8 s into their turn");
  EXPECT_EQ(reason(CueKind::interruption, Party::customer, evidence),
            "you both spoke for 0.9 s; you were 4.8 s into your turn");
}

TEST(CardReason, ComparesARaisedVoiceWithItsOwnUsual) {
  const std::initializer_list<EvidenceItem> evidence = {{"level_db", 6.2F}, {"f0_st", 2.5F}};
  EXPECT_EQ(reason(CueKind::raised_voice, Party::agent, evidence),
            "2.5 semitones higher, 6 dB louder than your usual");
  EXPECT_EQ(reason(CueKind::raised_voice, Party::customer, evidence),
            "2.5 semitones higher, 6 dB louder than this caller's usual");
}

TEST(CardReason, TellsThePaceAndHowFarItIsFromTheUsual) {
  EXPECT_EQ(reason(CueKind::fast_speech, Party::agent,
                   {{"rate_syl_per_s", 6.24F}, {"rate_ratio", 1.38F}, {"syllables", 31.0F}}),
            "6.2 syllables a second, 38 % faster than your usual");
  EXPECT_EQ(reason(CueKind::slow_speech, Party::agent,
                   {{"rate_syl_per_s", 2.5F}, {"rate_ratio", 0.6F}, {"syllables", 12.0F}}),
            "2.5 syllables a second, 40 % slower than your usual");
}

TEST(CardReason, CountsSilenceAndMonologue) {
  EXPECT_EQ(reason(CueKind::long_silence, Party::agent, {{"silence_s", 5.0F}}),
            "nobody has spoken for 5 s");
  EXPECT_EQ(reason(CueKind::monologue, Party::agent, {{"turn_s", 45.01F}}),
            "you have spoken for 45 s without a break");
}

TEST(CardReason, TellsWhatMovedInADistressedVoice) {
  EXPECT_EQ(reason(CueKind::distress, Party::customer,
                   {{"probability", 0.7F},
                    {"f0_median_st", 4.0F},
                    {"usual_s", 20.0F},
                    {"f0_st", 4.2F},
                    {"level_db", 6.0F},
                    {"rate_ratio", 1.18F}}),
            "4.2 semitones higher, 6 dB louder, 18 % faster than this caller's usual");
}

TEST(CardReason, LeavesOutWhatNobodyWouldHear) {
  EXPECT_EQ(
      reason(CueKind::distress, Party::customer,
             {{"probability", 0.7F}, {"f0_st", 4.2F}, {"level_db", -0.4F}, {"rate_ratio", 1.01F}}),
      "4.2 semitones higher than this caller's usual");
}

TEST(CardReason, GivesTheEstimateWhereNoSingleNumberMoved) {
  EXPECT_EQ(
      reason(CueKind::distress, Party::customer,
             {{"probability", 0.72F}, {"f0_st", 0.1F}, {"level_db", 0.3F}, {"rate_ratio", 1.0F}}),
      "estimate 0.72 from the voice alone");
  EXPECT_EQ(reason(CueKind::distress, Party::customer, {{"subdued_probability", 0.66F}}),
            "estimate 0.66 from the voice alone");
}

TEST(CardReason, TellsHowLongTheWayBackTook) {
  EXPECT_EQ(reason(CueKind::recovered, Party::customer,
                   {{"after_s", 24.7F}, {"level_db", 0.4F}, {"f0_st", 0.2F}}),
            "near their usual again after 25 s");
}

TEST(CardReason, IsEmptyWithoutNumbers) {
  for (int kind = 0; kind < kCueKinds; ++kind) {
    EXPECT_EQ(reason(static_cast<CueKind>(kind), Party::customer, {}), "") << kind;
  }
  EXPECT_EQ(reason(CueKind::long_silence, Party::agent,
                   {{"silence_s", std::numeric_limits<float>::quiet_NaN()}}),
            "");
}

}  // namespace
}  // namespace tonecue

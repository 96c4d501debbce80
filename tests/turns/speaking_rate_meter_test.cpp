#include "tonecue/turns/speaking_rate_meter.h"

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

// A party whose turn it is. One character per 100 ms: S speech, * speech with a syllable, _ a
// pause, | the other party has its turn.
class Speaker {
 public:
  SpeakingRate say(std::string_view marks, bool leak = false) {
    for (const char mark : marks) say(mark, leak);
    return meter_.rate();
  }

 private:
  void say(char mark, bool leak) {
    for (int i = 0; i < test::kHopsPerMark; ++i, ++index_) {
      FeatureFrame frame;
      frame.index = index_;
      frame.syllable = mark == '*' && i == 0;
      PartyTurn turn;
      turn.active = mark == 'S' || mark == '*';
      if (mark == '|') turn_start_ = index_ + 1;
      if (turn.active) turn_end_ = index_ + 1;
      if (turn_end_ > turn_start_) {
        turn.turn_s = static_cast<float>(turn_end_ - turn_start_) / kHopsPerSecond;
      }
      meter_.process(frame, turn, leak);
    }
  }

  SpeakingRateMeter meter_;
  std::int64_t index_ = 0;
  std::int64_t turn_start_ = 0;
  std::int64_t turn_end_ = 0;
};

TEST(SpeakingRateMeter, CountsPausesIntoTheSpeechRateOnly) {
  Speaker party;
  const SpeakingRate rate = party.say("*S*S*S*S*S__________*S*S*S*S*S");
  EXPECT_EQ(rate.syllables, 10);
  EXPECT_FLOAT_EQ(rate.speech_s, 2.0F);
  EXPECT_FLOAT_EQ(rate.turn_s, 3.0F);
  EXPECT_FLOAT_EQ(rate.articulation_rate_syl_per_s.value(), 5.0F);
  EXPECT_FLOAT_EQ(rate.speech_rate_syl_per_s.value(), 10.0F / 3.0F);
}

TEST(SpeakingRateMeter, TellsNoRateOfAFewSyllables) {
  Speaker party;
  EXPECT_EQ(party.say("*S*S*S*S*S*S*S*S*S").speech_rate_syl_per_s, std::nullopt);
  const SpeakingRate rate = party.say("*S");
  EXPECT_EQ(rate.syllables, kLeastRateSyllables);
  EXPECT_TRUE(rate.speech_rate_syl_per_s.has_value());
  EXPECT_TRUE(rate.articulation_rate_syl_per_s.has_value());
}

TEST(SpeakingRateMeter, LeavesTheSilenceAfterTheLastWordOut) {
  Speaker party;
  const SpeakingRate before = party.say("*S*S*S*S*S*S*S*S*S*S");
  const SpeakingRate after = party.say("________________________");
  EXPECT_FLOAT_EQ(after.turn_s, before.turn_s);
  EXPECT_EQ(after.speech_rate_syl_per_s, before.speech_rate_syl_per_s);
}

TEST(SpeakingRateMeter, LeavesTheOtherPartysTurnOut) {
  Speaker party;
  const SpeakingRate rate = party.say("*S*S*S*S*S||||||||||*S*S*S*S*S");
  EXPECT_FLOAT_EQ(rate.turn_s, 2.0F);
  EXPECT_FLOAT_EQ(rate.speech_rate_syl_per_s.value(), 5.0F);
}

TEST(SpeakingRateMeter, FollowsThePaceOfTheLastSeconds) {
  Speaker party;
  for (int i = 0; i < 40; ++i) party.say("*SSS");
  EXPECT_NEAR(party.say("").articulation_rate_syl_per_s.value(), 2.5F, 0.2F);
  for (int i = 0; i < 40; ++i) party.say("*S");
  EXPECT_NEAR(party.say("").articulation_rate_syl_per_s.value(), 5.0F, 0.2F);
}

TEST(SpeakingRateMeter, ForgetsWhatIsLongAgo) {
  Speaker party;
  party.say("*S*S*S*S*S__________*S*S*S*S*S");
  const std::string window(SpeakingRateMeter::kWindowMs / 100, '_');
  const SpeakingRate rate = party.say(window);
  EXPECT_EQ(rate.syllables, 0);
  EXPECT_FLOAT_EQ(rate.speech_s, 0.0F);
  EXPECT_FLOAT_EQ(rate.turn_s, 0.0F);
}

TEST(SpeakingRateMeter, DoesNotCountTheSyllablesOfTheOtherPartysLeak) {
  Speaker party;
  EXPECT_EQ(party.say("*S*S*S*S*S*S*S*S*S*S", true).syllables, 0);
}

}  // namespace
}  // namespace tonecue

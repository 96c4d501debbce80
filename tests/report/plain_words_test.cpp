#include "tonecue/report/plain_words.h"

#include <cstddef>
#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "report/sample_call.h"

namespace tonecue {
namespace {

TEST(Describe, SaysWhoCutInWhereAndForHowLong) {
  EXPECT_EQ(describe(test::cue(CueKind::interruption, Party::agent, 83'200, 84'500,
                               {{"overlap_s", 0.9F}, {"holder_turn_s", 8.2F}})),
            "Agent cut in at 1:23, 8.2 s into the customer's turn; both spoke for 0.9 s");
  EXPECT_EQ(describe(test::cue(CueKind::interruption, Party::customer, 5000, 6000,
                               {{"overlap_s", 0.6F}, {"incomer_speech_s", 0.8F}})),
            "Customer cut in at 0:05; both spoke for 0.6 s of the customer's first 0.8 s");
}

TEST(Describe, SaysHowAVoiceLeftItsUsual) {
  EXPECT_EQ(describe(test::cue(CueKind::raised_voice, Party::customer, 125'000, 130'000,
                               {{"level_db", 6.12F}, {"f0_st", 4.0F}})),
            "Customer's voice rose at 2:05: 4.0 st higher, 6.1 dB louder than usual for this "
            "voice");
  EXPECT_EQ(
      describe(test::cue(CueKind::fast_speech, Party::agent, 40'000, 50'000,
                         {{"rate_syl_per_s", 6.4F}, {"rate_ratio", 1.36F}, {"syllables", 31.0F}})),
      "Agent sped up at 0:40: 6.4 syllables a second, 36 % faster than usual for this "
      "voice, counted over 31 syllables");
  EXPECT_EQ(describe(test::cue(CueKind::slow_speech, Party::customer, 40'000, 50'000,
                               {{"rate_ratio", 0.66F}})),
            "Customer slowed down at 0:40: 34 % slower than usual for this voice");
}

TEST(Describe, SaysWhoseTurnASilenceWasAndHowLongATurnWas) {
  EXPECT_EQ(describe(test::cue(CueKind::long_silence, Party::agent, 180'000, 190'000,
                               {{"silence_s", 9.4F}})),
            "Nobody spoke for 9.4 s from 3:00; it was the agent's turn");
  EXPECT_EQ(
      describe(test::cue(CueKind::monologue, Party::agent, 70'000, 140'000, {{"turn_s", 65.0F}})),
      "Agent spoke for 65 s from 1:10 without a break for the customer");
}

TEST(Describe, CallsDistressSignsAndAnEstimate) {
  EXPECT_EQ(
      describe(test::cue(
          CueKind::distress, Party::customer, 130'000, 150'000,
          {{"probability", 0.82F}, {"f0_st", 4.2F}, {"level_db", 6.1F}, {"rate_ratio", 0.9F}})),
      "Signs of distress in the customer's voice at 2:10, estimate 0.82: "
      "4.2 st higher, 6.1 dB louder, 10 % slower than usual for this caller");
}

TEST(Describe, TellsWhatMovedTheEstimateTheStrongestFirst) {
  EXPECT_EQ(describe(test::cue(CueKind::distress, Party::customer, 130'000, 150'000,
                               {{"probability", 0.82F},
                                {"tilt_mean_db_per_octave", 3.0F},
                                {"f0_median_st", 4.1F},
                                {"syllables_per_s", -1.2F},
                                {"usual_s", 12.4F},
                                {"level_db", 6.1F}})),
            "Signs of distress in the customer's voice at 2:10, estimate 0.82: spectral tilt "
            "flatter by 3.0 dB per octave, pitch higher by 4.1 st, 1.2 syllables a second fewer, "
            "against this caller's first 12 s of speech; lately 6.1 dB louder than usual for this "
            "caller");
}

TEST(Describe, SaysHowLongARecoveryTook) {
  EXPECT_EQ(describe(test::cue(CueKind::recovered, Party::customer, 200'000, 200'000,
                               {{"after_s", 40.0F}, {"f0_st", -0.4F}, {"level_db", 1.0F}})),
            "Customer's voice was back near its usual at 3:20, 40 s after it had turned; "
            "pitch -0.4 st, level +1.0 dB");
}

TEST(Describe, StillTellsEvidenceItHasNoWordsFor) {
  EXPECT_EQ(describe(test::cue(CueKind::monologue, Party::agent, 0, 1000,
                               {{"snr_db", 12.5F}, {"clicks", 3.0F}})),
            "Agent spoke from 0:00 without a break for the customer (snr_db 12.5, clicks 3)");
}

TEST(Describe, SaysThatANumberIsNotKnownInsteadOfPrintingNan) {
  EXPECT_EQ(describe(test::cue(CueKind::interruption, Party::agent, 0, 1000,
                               {{"overlap_s", std::numeric_limits<float>::quiet_NaN()}})),
            "Agent cut in at 0:00 (overlap_s not known)");
}

TEST(Describe, SpeaksOfEveryKindEvenWithoutEvidence) {
  for (int kind = 0; kind < kCueKinds; ++kind) {
    EXPECT_GT(describe(test::cue(static_cast<CueKind>(kind), Party::customer, 0, 0)).size(), 15U);
  }
}

TEST(Headline, CountsInWords) {
  CallReport report;
  const auto add = [&](CueKind kind, Party party, int count) {
    for (int i = 0; i < count; ++i) report.cues.push_back(test::cue(kind, party, 0, 1));
  };
  EXPECT_EQ(headline(report), "Nothing was flagged");
  add(CueKind::interruption, Party::agent, 3);
  add(CueKind::recovered, Party::customer, 2);
  add(CueKind::distress, Party::customer, 1);
  EXPECT_EQ(headline(report), "3 interruptions by the agent, 1 stretch of distress, 2 recoveries");
  add(CueKind::interruption, Party::customer, 1);
  add(CueKind::long_silence, Party::agent, 1);
  EXPECT_EQ(headline(report),
            "3 interruptions by the agent, 1 interruption by the customer, 1 stretch of distress, "
            "2 recoveries, 1 long silence");
}

TEST(RecordingName, LeavesTheFoldersOut) {
  CallReport report;
  report.file = "calls/today/a b.wav";
  EXPECT_EQ(recording_name(report), "a b.wav");
  report.file = "a b.wav";
  EXPECT_EQ(recording_name(report), "a b.wav");
}

TEST(Letter, IsDifferentForEachKind) {
  std::set<char> letters;
  for (int kind = 0; kind < kCueKinds; ++kind) letters.insert(letter(static_cast<CueKind>(kind)));
  EXPECT_EQ(letters.size(), static_cast<std::size_t>(kCueKinds));
}

TEST(ClockTime, RoundsDownAndCountsHours) {
  EXPECT_EQ(clock_time(0), "0:00");
  EXPECT_EQ(clock_time(83'999), "1:23");
  EXPECT_EQ(clock_time(3'599'999), "59:59");
  EXPECT_EQ(clock_time(3'723'000), "1:02:03");
}

}  // namespace
}  // namespace tonecue

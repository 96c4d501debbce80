#include "tonecue/report/hard_moments.h"

#include <gtest/gtest.h>

#include "report/sample_call.h"
#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

using test::cue;

/// The customer speaks to 10 s, the agent answers at 11.5 s, the customer again from 15 to 20 s.
CallReport call_with_answer() {
  CallReport report;
  report.duration_ms = 60'000;
  report.segments = {{Party::customer, 1000, 10'000},
                     {Party::agent, 11'500, 14'500},
                     {Party::customer, 15'000, 20'000}};
  return report;
}

TEST(HardMoments, TellsHowSoonTheAgentAnsweredTheTurnInWhichTheVoiceRose) {
  CallReport report = call_with_answer();
  report.cues = {cue(CueKind::distress, Party::customer, 6000, 10'000)};
  const auto moments = hard_moments(report);
  ASSERT_EQ(moments.size(), 1U);
  EXPECT_EQ(moments[0].acknowledged_after_ms, 1500);
  EXPECT_FALSE(moments[0].recovered_after_ms);
}

TEST(HardMoments, WhoSpeaksIntoTheTurnHasNotAnsweredIt) {
  CallReport report = call_with_answer();
  report.segments[1].start_ms = 9000;
  report.cues = {cue(CueKind::distress, Party::customer, 6000, 10'000)};
  EXPECT_FALSE(hard_moments(report).at(0).acknowledged_after_ms);
}

TEST(HardMoments, TakesCuesThatNoRecoveryPartsAsOne) {
  CallReport report = call_with_answer();
  report.cues = {cue(CueKind::raised_voice, Party::customer, 6000, 8000),
                 cue(CueKind::distress, Party::customer, 7000, 10'000),
                 cue(CueKind::recovered, Party::customer, 16'000, 16'000),
                 cue(CueKind::raised_voice, Party::customer, 19'000, 20'000)};
  const auto moments = hard_moments(report);
  ASSERT_EQ(moments.size(), 2U);
  EXPECT_EQ(moments[0].end_ms, 10'000);
  EXPECT_EQ(moments[0].recovered_after_ms, 10'000);
  EXPECT_EQ(moments[1].start_ms, 19'000);
  EXPECT_FALSE(moments[1].acknowledged_after_ms) << "the agent says nothing more";
}

TEST(HardMoments, AgentsOwnVoiceMakesNone) {
  CallReport report = call_with_answer();
  report.cues = {cue(CueKind::raised_voice, Party::agent, 11'500, 14'000)};
  EXPECT_TRUE(hard_moments(report).empty());
}

TEST(SpokenTurns, AListenersWordEndsNoTurn) {
  CallReport report;
  report.segments = {
      {Party::customer, 0, 4000},    {Party::agent, 2000, 2400},  // Over the customer's speech.
      {Party::customer, 4300, 6000}, {Party::agent, 6100, 6500},  // In a pause.
      {Party::customer, 6700, 8000}, {Party::agent, 8400, 9900}, {Party::customer, 10'300, 11'000}};
  report.overlaps = {{Party::agent, OverlapKind::backchannel, 2000, 2400}};
  const auto turns = spoken_turns(report, Party::customer);
  ASSERT_EQ(turns.size(), 2U);
  EXPECT_EQ(turns[0].end_ms, 8000);
  EXPECT_EQ(turns[1].start_ms, 10'300);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/turns/talk_meter.h"

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

TEST(TalkMeter, TellsUnionSumAndOvertalkApart) {
  const auto talk = test::hear("SSSSSSSSSSSSSSSSSSSS____________________",  // agent
                               "__________SSSSSSSSSSSSSSSSSSSS__________")
                        .talk;  // customer
  EXPECT_NEAR(talk.sum_s, 4.0F, 0.03F);
  EXPECT_NEAR(talk.either_s, 3.0F, 0.03F);
  EXPECT_NEAR(talk.both_s, 1.0F, 0.03F);
  EXPECT_NEAR(talk.overtalk_ratio, 0.25F, 0.01F);
}

TEST(TalkMeter, LaysOvertalkToWhoCameIn) {
  const auto by_customer =
      test::hear("SSSSSSSSSSSSSSSSSSSS__________", "__________SSSSSSSSSS__________").talk;
  EXPECT_EQ(by_customer.overtalk_incidents, 1);
  EXPECT_EQ(by_customer.agent_overtalk_incidents, 0);
  const auto by_agent =
      test::hear("__________SSSSSSSSSS__________", "SSSSSSSSSSSSSSSSSSSS__________").talk;
  EXPECT_EQ(by_agent.overtalk_incidents, 1);
  EXPECT_EQ(by_agent.agent_overtalk_incidents, 1);
}

TEST(TalkMeter, CountsPausesWithinASegmentAsSpeech) {
  const auto talk = test::hear("SSSSS_SSSSS_SSSSS___", "____________________").talk;
  EXPECT_NEAR(talk.either_s, 1.7F, 0.03F);
}

TEST(TalkMeter, CountsOnlySilencesOfOverThreeSecondsAsNonTalk) {
  const auto talk =
      test::hear("SSSSSSSSSS_____________________________SSSSSSSSSS",  // 2.9 s of silence
                 "_________________________________________________")
          .talk;
  EXPECT_EQ(talk.non_talk_incidents, 0);
  EXPECT_EQ(talk.non_talk_s, 0.0F);
  const auto longer =
      test::hear("SSSSSSSSSS___________________________________SSSSSSSSSS____",  // 3.5 s
                 "___________________________________________________________")
          .talk;
  EXPECT_EQ(longer.non_talk_incidents, 1);
  EXPECT_NEAR(longer.non_talk_s, 3.5F, 0.03F);
}

TEST(TalkMeter, AddsUpToTheCall) {
  const auto talk = test::hear("___SSSSSSSSSS______SSSSS________SSSSSS________",
                               "_______SSSSSS___SSSSSSSSSS_______SS__________S")
                        .talk;
  EXPECT_NEAR(talk.sum_s - talk.both_s, talk.either_s, 1e-4F);
}

}  // namespace
}  // namespace tonecue

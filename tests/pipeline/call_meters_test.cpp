#include "tonecue/pipeline/call_meters.h"

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

/// A call told frame by frame.
class Call {
 public:
  TurnFrame turn;   ///< What the next frames say.
  CallFrame frame;  ///< Likewise.

  void hear(int hops) {
    for (int i = 0; i < hops; ++i) {
      reader_.on_frame(frame);
      reader_.on_turn(turn);
      ++turn.index;
    }
  }
  const CallMeters& meters() const { return reader_.meters(); }

 private:
  CallMeterReader reader_;
};

TEST(CallMeterReader, TellsTheTimeUpToWhichItHasHeard) {
  Call call;
  call.hear(123);
  EXPECT_EQ(call.meters().time_ms, 1230);
}

TEST(CallMeterReader, ReadsSilenceBeforeAnythingWasHeard) {
  const CallMeterReader reader;
  EXPECT_EQ(reader.meters().voices.agent.level_dbfs, kSilenceDbfs);
  EXPECT_EQ(reader.meters().talk_share(Party::agent), 0.0F);
}

TEST(CallMeterReader, ReadsASteadyLevelOfEachVoice) {
  Call call;
  call.frame.voice.agent.level_dbfs = -20.0F;
  call.frame.voice.customer.level_dbfs = -35.0F;
  call.hear(100);
  EXPECT_NEAR(call.meters().voices.agent.level_dbfs, -20.0F, 0.1F);
  EXPECT_NEAR(call.meters().voices.customer.level_dbfs, -35.0F, 0.1F);
}

TEST(CallMeterReader, FollowsALevelThatFallsWithinHalfASecond) {
  Call call;
  call.frame.voice.agent.level_dbfs = -20.0F;
  call.hear(100);
  call.frame.voice.agent.level_dbfs = kSilenceDbfs;
  call.hear(50);
  EXPECT_LT(call.meters().voices.agent.level_dbfs, -40.0F);
}

TEST(CallMeterReader, RemembersWhenTheVoiceBeganToSpeak) {
  Call call;
  call.hear(100);
  call.turn.parties.customer.speaking = true;
  call.hear(50);
  EXPECT_TRUE(call.meters().voices.customer.speaking);
  EXPECT_EQ(call.meters().voices.customer.speaking_since_ms, 1000)
      << "the frame of index 100 begins there";
  EXPECT_FALSE(call.meters().voices.agent.speaking);
}

TEST(CallMeterReader, SharesTheTalkByWhoWasActive) {
  Call call;
  call.turn.parties.agent.active = true;
  call.hear(300);
  call.turn.parties.agent.active = false;
  call.turn.parties.customer.active = true;
  call.hear(100);
  EXPECT_NEAR(call.meters().voices.agent.talk_s, 3.0F, 0.001F);
  EXPECT_NEAR(call.meters().talk_share(Party::agent), 0.75F, 0.001F);
  EXPECT_NEAR(call.meters().talk_share(Party::customer), 0.25F, 0.001F);
}

TEST(CallMeterReader, CountsTheTalkOfAnHourToTheTenthOfASecond) {
  Call call;
  call.turn.parties.agent.active = true;
  call.hear(360'000);
  EXPECT_NEAR(call.meters().voices.agent.talk_s, 3600.0F, 0.1F);
}

TEST(CallMeterReader, TellsHowAVoiceDepartsFromItsUsual) {
  Call call;
  PartyTurn& customer = call.turn.parties.customer;
  customer.baseline_ready = true;
  customer.departure = {.f0_st = 2.0F, .level_db = 4.0F, .rate_ratio = 1.2F, .speech_s = 3.0F};
  customer.rate.articulation_rate_syl_per_s = 5.5F;
  call.turn.both_silent_s = 1.5F;
  call.hear(1);
  const VoiceMeter& voice = call.meters().voices.customer;
  EXPECT_TRUE(voice.usual_known);
  EXPECT_EQ(voice.f0_st, 2.0F);
  EXPECT_EQ(voice.level_db, 4.0F);
  EXPECT_EQ(voice.rate_ratio, 1.2F);
  EXPECT_EQ(voice.rate_syl_per_s, 5.5F);
  EXPECT_EQ(call.meters().both_silent_s, 1.5F);
}

TEST(CallMeterReader, SaysNothingOfADepartureBeforeTheUsualIsKnown) {
  Call call;
  call.turn.parties.agent.departure = {.f0_st = 9.0F, .level_db = 9.0F, .rate_ratio = 2.0F};
  call.hear(1);
  const VoiceMeter& voice = call.meters().voices.agent;
  EXPECT_FALSE(voice.usual_known);
  EXPECT_EQ(voice.f0_st, 0.0F);
  EXPECT_EQ(voice.level_db, 0.0F);
  EXPECT_EQ(voice.rate_ratio, 1.0F);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/sinks/tone_sink.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sinks/alerts.h"
#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

using test::alert_of;
using test::kAgent;
using test::kCustomer;
using test::kNobody;
using test::pass;

constexpr int kRateHz = 8000;

/// A sink, and what its player would let be heard.
struct Desk {
  TonePlayer player{kRateHz};
  ToneSink sink{player};

  /// @return Whether a tone begins now.
  bool sounds() {
    std::vector<float> heard(kRateHz / 2);
    player.render(heard);
    double power = 0.0;
    for (const float x : heard) power += static_cast<double>(x) * static_cast<double>(x);
    level_dbfs = power_to_db(static_cast<float>(power / 0.24 / kRateHz));
    return power > 0.0;
  }

  float level_dbfs = kSilenceDbfs;  // Of what was heard, as if 240 ms long.
};

TEST(ToneOf, IsDistressForWhatTheCustomerFeelsAndConductForTheRest) {
  EXPECT_EQ(tone_of(alert_of(CueKind::distress, Party::customer)), ToneShape::distress);
  EXPECT_EQ(tone_of(alert_of(CueKind::raised_voice, Party::customer)), ToneShape::distress);
  EXPECT_EQ(tone_of(alert_of(CueKind::raised_voice, Party::agent)), ToneShape::conduct);
  EXPECT_EQ(tone_of(alert_of(CueKind::interruption, Party::agent)), ToneShape::conduct);
  EXPECT_EQ(tone_of(alert_of(CueKind::long_silence, Party::customer)), ToneShape::conduct);
}

TEST(ToneOf, IsNoneForPraise) {
  EXPECT_FALSE(tone_of(alert_of(CueKind::recovered, Party::customer)));
}

TEST(ToneSink, PlaysADeliveredAlertAtOnceWhenTheAgentIsSilent) {
  Desk desk;
  pass(desk.sink, 500, kNobody);
  desk.sink.on_alert(alert_of(CueKind::fast_speech, Party::agent));
  EXPECT_TRUE(desk.sounds());
}

TEST(ToneSink, PlaysNothingForAnAlertThatIsNotShown) {
  for (const Delivery delivery :
       {Delivery::cooling_down, Delivery::over_budget, Delivery::outdated}) {
    Desk desk;
    pass(desk.sink, 500, kNobody);
    Alert alert = alert_of(CueKind::distress, Party::customer, true);
    alert.delivery = delivery;
    desk.sink.on_alert(alert);
    EXPECT_FALSE(desk.sounds());
  }
}

TEST(ToneSink, PlaysNothingForPraise) {
  Desk desk;
  pass(desk.sink, 500, kNobody);
  desk.sink.on_alert(alert_of(CueKind::recovered, Party::customer));
  EXPECT_FALSE(desk.sounds());
}

TEST(ToneSink, SpeaksOverTheAgentOnlyWhenItIsCritical) {
  Desk desk;
  pass(desk.sink, 500, kAgent);
  desk.sink.on_alert(alert_of(CueKind::fast_speech, Party::agent));
  pass(desk.sink, 100, kAgent);
  EXPECT_FALSE(desk.sounds());
  desk.sink.on_alert(alert_of(CueKind::interruption, Party::agent, true));
  EXPECT_TRUE(desk.sounds());
}

TEST(ToneSink, WaitsUntilTheAgentPauses) {
  Desk desk;
  pass(desk.sink, 500, kAgent);
  desk.sink.on_alert(alert_of(CueKind::monologue, Party::agent));
  pass(desk.sink, 1000, kAgent);
  pass(desk.sink, 190, kNobody);
  EXPECT_FALSE(desk.sounds());
  pass(desk.sink, 10, kNobody);
  EXPECT_TRUE(desk.sounds());
  pass(desk.sink, 3000, kNobody);
  EXPECT_FALSE(desk.sounds()) << "once is enough";
}

TEST(ToneSink, LetsItBeAfterTwoSeconds) {
  Desk desk;
  pass(desk.sink, 500, kAgent);
  desk.sink.on_alert(alert_of(CueKind::monologue, Party::agent));
  pass(desk.sink, 2010, kAgent);
  pass(desk.sink, 1000, kNobody);
  EXPECT_FALSE(desk.sounds());
}

TEST(ToneSink, LiesSixDecibelsBelowTheCustomersVoice) {
  for (const float voice_dbfs : {-22.0F, -30.0F}) {
    Desk desk;
    pass(desk.sink, 3000, kCustomer, voice_dbfs);
    desk.sink.on_alert(alert_of(CueKind::fast_speech, Party::agent));
    EXPECT_TRUE(desk.sounds());
    EXPECT_NEAR(desk.level_dbfs, voice_dbfs - 6.0F, 0.1F);
  }
}

TEST(ToneSink, FollowsTheCustomersVoice) {
  Desk desk;
  pass(desk.sink, 20'000, kCustomer, -40.0F);
  pass(desk.sink, 30'000, kNobody);
  EXPECT_NEAR(*desk.sink.speech_level_dbfs(), -40.0F, 0.1F) << "pauses do not count";
  pass(desk.sink, 40'000, kCustomer, -24.0F);
  EXPECT_NEAR(*desk.sink.speech_level_dbfs(), -24.0F, 0.3F);
}

TEST(ToneSink, TakesAnOrdinaryLineBeforeTheCustomerSpoke) {
  Desk desk;
  pass(desk.sink, 900, kCustomer, -10.0F);
  EXPECT_FALSE(desk.sink.speech_level_dbfs());
  desk.sink.on_alert(alert_of(CueKind::long_silence, Party::agent));
  EXPECT_TRUE(desk.sounds());
  EXPECT_NEAR(desk.level_dbfs, tone_level_dbfs({}), 0.1F);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/cues/conduct_cues.h"

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/features/feature_frame.h"

namespace tonecue {
namespace {

/// Plays a call to the rules, in stretches of equal state, and keeps what they say.
class Call {
 public:
  explicit Call(const ConductConfig& config = {}, PerParty<bool> present = {true, true})
      : cues_(*ConductCues::create(config, present)) {}

  /// Both silent for `seconds`; then whatever `shape` sets, on each frame.
  Call& stretch(double seconds, const std::function<void(TurnFrame&)>& shape) {
    const auto hops = static_cast<int>(std::lround(seconds * kHopsPerSecond));
    for (int i = 0; i < hops; ++i) {
      TurnFrame frame;
      frame.index = index_++;
      shape(frame);
      CueChanges changes;
      cues_.process(frame, agitation_, changes);
      log_.insert(log_.end(), changes.begin(), changes.end());
    }
    return *this;
  }

  Call& distress(double seconds) {
    agitation_ = Agitation::present;
    stretch(seconds, [](TurnFrame& frame) { frame.parties.customer.active = true; });
    agitation_ = Agitation::none;
    return *this;
  }

  /// From here on the distress model still hears some agitation, or no longer.
  Call& fades(bool still) {
    agitation_ = still ? Agitation::fading : Agitation::none;
    return *this;
  }

  /// The party speaks alone, away from its usual by `departure`.
  Call& speak(Party party, double seconds, Departure departure = {}, bool ready = true) {
    departure.speech_s = 5.0F;
    departure.syllables = 20;
    return stretch(seconds, [&](TurnFrame& frame) {
      PartyTurn& turn = frame.parties[party];
      turn.active = turn.alone = turn.speaking = true;
      turn.baseline_ready = ready;
      turn.departure = departure;
    });
  }

  Call& silence(double seconds) {
    float silent_s = 0.0F;
    return stretch(seconds, [&](TurnFrame& frame) {
      silent_s += 0.01F;
      frame.both_silent_s = silent_s;
    });
  }

  std::vector<CueChange> finish() {
    CueChanges changes;
    cues_.finish(changes);
    log_.insert(log_.end(), changes.begin(), changes.end());
    return log_;
  }

 private:
  ConductCues cues_;
  std::int64_t index_ = 0;
  Agitation agitation_ = Agitation::none;
  std::vector<CueChange> log_;
};

std::vector<std::string> raised(const std::vector<CueChange>& log) {
  std::vector<std::string> names;
  for (const CueChange& change : log) {
    if (change.phase != CuePhase::raised) continue;
    names.push_back(std::string(name(change.cue.party)) + " " + std::string(name(change.cue.kind)));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(ConductCues, RaiseNothingForTwoVoicesAtTheirUsual) {
  Call call;
  for (int i = 0; i < 5; ++i) call.speak(Party::agent, 8).silence(0.4).speak(Party::customer, 8);
  EXPECT_EQ(raised(call.finish()), Names{});
}

TEST(ConductCues, RaiseAVoiceOnlyWhenItIsBothLouderAndHigher) {
  EXPECT_EQ(raised(Call().speak(Party::customer, 3, {.f0_st = 3, .level_db = 8}).finish()),
            Names{"customer raised_voice"});
  EXPECT_EQ(raised(Call().speak(Party::customer, 3, {.f0_st = 0.5, .level_db = 12}).finish()),
            Names{})
      << "a louder line";
  EXPECT_EQ(raised(Call().speak(Party::customer, 3, {.f0_st = 5, .level_db = 1}).finish()),
            Names{});
}

TEST(ConductCues, JudgeNoVoiceBeforeItsBaselineIsReady) {
  const Departure far = {.f0_st = 6, .level_db = 12, .rate_ratio = 2.0F};
  EXPECT_EQ(raised(Call().speak(Party::agent, 10, far, false).finish()), Names{});
}

TEST(ConductCues, TellARaisedVoiceHalfASecondAfterItBeganWithTheLatencyOfTheFrames) {
  const auto log = Call()
                       .speak(Party::agent, 2)
                       .speak(Party::agent, 3, {.f0_st = 3, .level_db = 8})
                       .speak(Party::agent, 2)
                       .finish();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].phase, CuePhase::raised);
  EXPECT_EQ(log[0].cue.start_ms, 2000);
  EXPECT_EQ(log[0].cue.raised_at_ms, 2500 + kFrameLatencyHops * kHopMs);
  EXPECT_EQ(log[1].phase, CuePhase::ended);
  EXPECT_EQ(log[1].cue.end_ms, 5000);
}

TEST(ConductCues, HoldARaisedVoiceUntilHalfTheThreshold) {
  const auto log = Call()
                       .speak(Party::agent, 2, {.f0_st = 2.5, .level_db = 7})
                       .speak(Party::agent, 1, {.f0_st = 1.5, .level_db = 4})
                       .speak(Party::agent, 1, {.f0_st = 2.5, .level_db = 7})
                       .finish();
  EXPECT_EQ(raised(log), Names{"agent raised_voice"});
}

TEST(ConductCues, JudgeTheRateBothWays) {
  EXPECT_EQ(raised(Call().speak(Party::agent, 3, {.rate_ratio = 1.5F}).finish()),
            Names{"agent fast_speech"});
  EXPECT_EQ(raised(Call().speak(Party::agent, 3, {.rate_ratio = 0.6F}).finish()),
            Names{"agent slow_speech"});
  EXPECT_EQ(raised(Call().speak(Party::agent, 3, {.rate_ratio = 1.2F}).finish()), Names{});
}

TEST(ConductCues, EndWhatHeldWhenTheVoiceFallsSilent) {
  const auto log =
      Call().speak(Party::agent, 2, {.rate_ratio = 1.6F}).speak(Party::customer, 9).finish();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[1].phase, CuePhase::ended);
  EXPECT_EQ(log[1].cue.end_ms, 2000);
}

TEST(ConductCues, GiveALongSilenceToWhoeverDidNotSpeakLast) {
  const auto log = Call().speak(Party::customer, 3).silence(6).speak(Party::agent, 1).finish();
  ASSERT_EQ(raised(log), Names{"agent long_silence"});
  EXPECT_EQ(log[0].cue.start_ms, 3000);
  EXPECT_NEAR(static_cast<double>(log[0].cue.raised_at_ms), 8000 + kFrameLatencyHops * kHopMs, 20);
  EXPECT_EQ(log[1].cue.end_ms, 9000);
}

TEST(ConductCues, DoNotCountTheSilenceBeforeTheFirstWord) {
  EXPECT_EQ(raised(Call().silence(20).speak(Party::agent, 2).finish()), Names{});
}

TEST(ConductCues, SayNothingOfSilenceInARecordingOfOneVoice) {
  Call call({}, {.agent = false, .customer = true});
  EXPECT_EQ(raised(call.speak(Party::customer, 3).silence(20).finish()), Names{});
}

TEST(ConductCues, CallALongTurnAMonologueOfTheAgentOnly) {
  const auto talk_on = [](Party party) {
    float turn_s = 0.0F;
    return Call()
        .stretch(60,
                 [&](TurnFrame& frame) {
                   turn_s += 0.01F;
                   frame.parties[party].active = true;
                   frame.parties[party].turn_s = turn_s;
                 })
        .finish();
  };
  EXPECT_EQ(raised(talk_on(Party::agent)), Names{"agent monologue"});
  EXPECT_EQ(raised(talk_on(Party::customer)), Names{});
}

TEST(ConductCues, CarryAnInterruptionUntilItsOverlapIsOver) {
  Call call;
  const auto both = [](TurnFrame& frame) {
    frame.parties.agent.active = frame.parties.customer.active = true;
    frame.parties.agent.speaking = frame.parties.customer.speaking = true;
  };
  call.speak(Party::customer, 3).stretch(0.8, both);
  call.stretch(0.01, [&](TurnFrame& frame) {
    both(frame);
    frame.interruption.agent = Interruption{.starter = Party::agent,
                                            .start_ms = 3000,
                                            .confidence = 0.8F,
                                            .overlap_s = 0.8F,
                                            .holder_turn_s = 3.0F,
                                            .incomer_speech_s = 0.8F};
  });
  call.stretch(0.3, both);
  call.stretch(0.01, [](TurnFrame& frame) {
    frame.parties.agent.active = true;
    frame.ended_overlap.agent = Overlap{Party::agent, OverlapKind::interruption, 3000, 4110};
  });
  const auto log = call.finish();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].cue.kind, CueKind::interruption);
  EXPECT_EQ(log[0].cue.party, Party::agent);
  EXPECT_EQ(log[0].cue.start_ms, 3000);
  EXPECT_EQ(log[0].cue.evidence.items()[0].name, "overlap_s");
  EXPECT_EQ(log[1].phase, CuePhase::ended);
  EXPECT_EQ(log[1].cue.end_ms, 4110);
}

TEST(ConductCues, TellTheAgentOnceThatTheCustomerCameBack) {
  Call call;
  call.distress(5).speak(Party::agent, 3).speak(Party::customer, 6).speak(Party::agent, 3);
  call.speak(Party::customer, 20);
  const auto log = call.finish();
  ASSERT_EQ(raised(log), Names{"customer recovered"});
  EXPECT_EQ(log[0].cue.start_ms, 8010) << "where the voice was first near its usual again";
}

TEST(ConductCues, DoNotCallACustomerRecoveredWhoNeverWasUpsetOrStillIsLoud) {
  EXPECT_EQ(raised(Call().speak(Party::customer, 40).finish()), Names{});
  EXPECT_EQ(raised(Call().distress(5).speak(Party::customer, 40, {.level_db = 4}).finish()),
            Names{});
}

TEST(ConductCues, WaitForTheDistressModelBeforeTheyCallACustomerRecovered) {
  Call call;
  call.distress(5).fades(true).speak(Party::customer, 30);
  call.fades(false).speak(Party::customer, 15);
  const auto log = call.finish();
  ASSERT_EQ(raised(log), Names{"customer recovered"});
  EXPECT_EQ(log[0].cue.start_ms, 35'010) << "the pitch and the level were back from 5 s on";
}

TEST(ConductCues, RefuseAThresholdOutsideItsRangeByName) {
  for (const auto& [config, field] : std::vector<std::pair<ConductConfig, std::string>>{
           {{.raised_level_db = 1}, "raised_level_db"},
           {{.raised_f0_st = std::numeric_limits<float>::quiet_NaN()}, "raised_f0_st"},
           {{.fast_rate_ratio = 1.0F}, "fast_rate_ratio"},
           {{.slow_rate_ratio = 1.0F}, "slow_rate_ratio"},
           {{.long_silence_s = 0}, "long_silence_s"},
           {{.monologue_s = 5}, "monologue_s"},
           {{.recovery_s = 100}, "recovery_s"}}) {
    const auto cues = ConductCues::create(config);
    ASSERT_FALSE(cues) << field;
    EXPECT_EQ(cues.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(cues.error().message.find("conduct." + field), std::string::npos)
        << cues.error().message;
  }
}

}  // namespace
}  // namespace tonecue

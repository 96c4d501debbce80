#include "tonecue/turns/turn_tracker.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

TEST(TurnTracker, TellsSegmentsWithHonestEnds) {
  const auto heard = test::hear("__SSSSSSSS__________SSSS",   // agent
                                "____________SSSSS_______");  // customer
  ASSERT_EQ(heard.segments.size(), 3U);
  EXPECT_EQ(heard.segments[0].party, Party::agent);
  EXPECT_EQ(heard.segments[0].start_ms, 200);
  EXPECT_EQ(heard.segments[0].end_ms, 1000);
  EXPECT_EQ(heard.segments[1].party, Party::customer);
  EXPECT_EQ(heard.segments[1].start_ms, 1200);
  EXPECT_EQ(heard.segments[1].end_ms, 1700);
  EXPECT_EQ(heard.segments[2].start_ms, 2000);
  EXPECT_EQ(heard.segments[2].end_ms, 2400);
}

TEST(TurnTracker, CountsOnlyTheCustomersOwnVoiceAsTheirs) {
  const auto heard = test::hear("llllllllllllllllllll__________",   // The customer's, leaking.
                                "SSSSSSSSSSSSSSSSSSSS__________");  // customer
  EXPECT_LT(heard.summary.agent.talk_s, 0.2F);
  EXPECT_TRUE(heard.overlaps.empty());
  EXPECT_NEAR(heard.summary.customer.talk_s, 2.0F, 0.01F);
}

TEST(TurnTracker, TellsHowThePhraseSoundedThatWasCut) {
  std::string agent;
  for (int i = 0; i < 30; ++i) agent += "SSSSSSSSS_";
  std::string customer(agent.size() - 10, '_');
  customer += "SSSSSSSSSSSSSSSSSSSS";
  agent.resize(customer.size(), '_');
  const auto heard = test::hear(agent, customer);
  ASSERT_EQ(heard.interruptions.size(), 1U);
  const Interruption& cut = heard.interruptions[0];
  ASSERT_TRUE(cut.holder_level_db && cut.holder_f0_st && cut.holder_mid_phrase);
  EXPECT_NEAR(*cut.holder_level_db, 0.0F, 0.6F);
  EXPECT_NEAR(*cut.holder_f0_st, 0.0F, 0.3F);
  EXPECT_TRUE(*cut.holder_mid_phrase);
}

TEST(TurnTracker, SaysWhereSoundWasALeak) {
  TurnTracker tracker;
  int bleed = 0;
  for (std::int64_t i = 0; i < 300; ++i) {
    const bool talking = i % 30 < 20;
    const auto& frame = tracker.process(test::frame_of(talking ? 'l' : '_', i),
                                        test::frame_of(talking ? 'S' : '_', i));
    bleed += frame.parties.agent.bleed ? 1 : 0;
    EXPECT_FALSE(frame.parties.agent.bleed && frame.parties.agent.active);
    EXPECT_FALSE(frame.parties.customer.bleed);
  }
  EXPECT_GT(bleed, 150);
}

// Whether a hop of this level counts as speech when the detector is in two minds.
bool hears_unsure_hop(float level_dbfs) {
  TurnTracker tracker;
  std::int64_t index = 0;
  for (; index < 600; ++index) {
    const char mark = index % 40 < 30 ? 'S' : '_';
    tracker.process(test::frame_of(mark, index), test::frame_of('_', index));
  }
  for (; index < 650; ++index)
    tracker.process(test::frame_of('_', index), test::frame_of('_', index));
  bool heard = false;
  for (; index < 660; ++index) {
    FeatureFrame unsure = test::frame_of('S', index);
    unsure.speech_prob = 0.4F;
    unsure.level_dbfs = level_dbfs;
    heard = tracker.process(unsure, test::frame_of('_', index)).parties.agent.active;
  }
  return heard;
}

TEST(TurnTracker, BelievesAnUnsureDetectorWhenTheVoiceIsAsLoudAsEver) {
  EXPECT_TRUE(hears_unsure_hop(test::kVoiceDbfs));
  EXPECT_FALSE(hears_unsure_hop(test::kVoiceDbfs - 20.0F));
}

// A second of the customer beside an agent who goes on.
test::Heard hear_entry(float speech_prob) {
  TurnTracker tracker;
  test::Heard heard;
  for (std::int64_t index = 0; index < 500; ++index) {
    FeatureFrame customer = test::frame_of(index >= 200 && index < 310 ? 'S' : '_', index);
    if (customer.speech) customer.speech_prob = speech_prob;
    test::collect(tracker.process(test::frame_of('S', index), customer), heard);
  }
  return heard;
}

TEST(TurnTracker, TakesUnsureSpeechForAnOverlapButNotForEvidence) {
  EXPECT_EQ(hear_entry(0.5F).overlaps.size(), 1U);
  EXPECT_TRUE(hear_entry(0.5F).interruptions.empty());
  EXPECT_EQ(hear_entry(0.99F).interruptions.size(), 1U);
}

TEST(TurnTracker, AddsUpTheConductOfBothParties) {
  const auto heard =
      test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS__________________________",   // agent
                 "__________SSS_____________________SSSSSSSSSSSSSSSSSSSS__");  // customer
  const PartySummary& agent = heard.summary.agent;
  const PartySummary& customer = heard.summary.customer;
  EXPECT_NEAR(agent.talk_s, 3.0F, 0.01F);
  EXPECT_NEAR(agent.talk_share, 3.0F / 5.6F, 0.01F);
  EXPECT_NEAR(agent.longest_turn_s, 3.0F, 0.01F);
  EXPECT_EQ(agent.response_gap_median_ms, std::nullopt);
  EXPECT_NEAR(*agent.f0_median_hz, 120.0F, 2.0F);
  EXPECT_NEAR(*agent.level_dbfs, test::kVoiceDbfs, 0.01F);
  EXPECT_FALSE(agent.baseline_ready);
  EXPECT_EQ(customer.backchannels, 1);
  EXPECT_EQ(customer.interruptions, 0);
  EXPECT_NEAR(customer.longest_turn_s, 2.0F, 0.01F);
  EXPECT_NEAR(*customer.response_gap_median_ms, 400.0F, 20.0F);
}

TEST(TurnTracker, CountsTheInterruptionsItRaised) {
  const auto heard =
      test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS______________________",   // agent
                 "____________________SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS__");  // customer
  EXPECT_EQ(heard.interruptions.size(), 1U);
  EXPECT_EQ(heard.summary.customer.interruptions, 1);
  EXPECT_EQ(heard.summary.agent.interruptions, 0);
}

TEST(TurnTracker, GivesTheTurnToOnePartyAtATime) {
  TurnTracker tracker;
  float agent_turn_s = 0.0F;
  for (std::int64_t i = 0; i < 1000; ++i) {
    const auto& frame = tracker.process(test::frame_of(i < 400 ? 'S' : '_', i),
                                        test::frame_of(i >= 450 && i < 800 ? 'S' : '_', i));
    EXPECT_FALSE(frame.parties.agent.turn_s > 0.0F && frame.parties.customer.turn_s > 0.0F);
    if (i == 449) agent_turn_s = frame.parties.agent.turn_s;
  }
  EXPECT_NEAR(agent_turn_s, 4.0F, 0.01F);
}

TEST(TurnTracker, TellsHowFastEachPartySpeaks) {
  TurnTracker tracker;
  TurnFrame last;
  for (std::int64_t i = 0; i < 400; ++i) {
    FeatureFrame agent = test::frame_of('S', i);
    agent.syllable = i % 20 == 0;
    last = tracker.process(agent, test::frame_of('_', i));
  }
  EXPECT_EQ(last.parties.agent.rate.syllables, 20);
  EXPECT_NEAR(last.parties.agent.rate.articulation_rate_syl_per_s.value(), 5.0F, 0.3F);
  EXPECT_EQ(last.parties.customer.rate.articulation_rate_syl_per_s, std::nullopt);
  EXPECT_NEAR(tracker.summary().agent.articulation_rate_syl_per_s.value(), 5.0F, 0.3F);
  EXPECT_EQ(tracker.summary().customer.articulation_rate_syl_per_s, std::nullopt);
}

TEST(TurnTracker, MeasuresTheCommonSilence) {
  TurnTracker tracker;
  for (std::int64_t i = 0; i < 500; ++i) {
    const float silence_s =
        tracker.process(test::frame_of(i < 200 ? 'S' : '_', i), test::frame_of('_', i))
            .both_silent_s;
    if (i == 100) {
      EXPECT_EQ(silence_s, 0.0F);
    }
    if (i == 499) {
      EXPECT_NEAR(silence_s, 3.0F, 0.01F);
    }
  }
}

TEST(TurnTracker, CallsSpeechAloneOnlyWhileTheOtherIsSilent) {
  TurnTracker tracker;
  for (std::int64_t i = 0; i < 400; ++i) {
    const auto& frame =
        tracker.process(test::frame_of('S', i), test::frame_of(i >= 100 && i < 200 ? 'S' : '_', i));
    if (i == 50 || i == 300) {
      EXPECT_TRUE(frame.parties.agent.alone) << i;
    }
    if (i == 150 || i == 205) {
      EXPECT_FALSE(frame.parties.agent.alone) << i;
    }
    EXPECT_FALSE(frame.parties.customer.alone);
  }
}

TEST(TurnTracker, HearsNothingBeforeTheCall) {
  TurnTracker tracker;
  for (std::int64_t i = -5; i < 0; ++i) {
    const auto& frame = tracker.process(test::frame_of('S', i), test::frame_of('S', i));
    EXPECT_FALSE(frame.parties.agent.active);
  }
  EXPECT_EQ(tracker.summary().agent.talk_s, 0.0F);
}

}  // namespace
}  // namespace tonecue

#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

// Speech and pauses of 0.1 to 2 s.
std::string random_activity(std::mt19937& random, std::size_t marks) {
  std::uniform_int_distribution<std::size_t> length(1, 20);
  std::string activity;
  bool speech = false;
  while (activity.size() < marks) {
    activity.append(length(random), speech ? 'S' : '_');
    speech = !speech;
  }
  return activity.substr(0, marks);
}

class TurnTrackerOverCalls : public testing::TestWithParam<unsigned> {
 protected:
  std::mt19937 random_{GetParam()};
  std::string agent_ = random_activity(random_, 600);
  std::string customer_ = random_activity(random_, 600);
};

TEST_P(TurnTrackerOverCalls, SwapsItsLabelsWithTheParties) {
  const auto heard = test::hear(agent_, customer_);
  const auto swapped = test::hear(customer_, agent_);
  ASSERT_EQ(heard.interruptions.size(), swapped.interruptions.size());
  for (std::size_t i = 0; i < heard.interruptions.size(); ++i) {
    EXPECT_EQ(heard.interruptions[i].starter, other(swapped.interruptions[i].starter));
    EXPECT_EQ(heard.interruptions[i].start_ms, swapped.interruptions[i].start_ms);
    EXPECT_EQ(heard.raised_ms[i], swapped.raised_ms[i]);
  }
  EXPECT_EQ(test::drawn(heard.overlaps, 600), test::drawn(swapped.overlaps, 600));
  EXPECT_EQ(heard.summary.agent.talk_s, swapped.summary.customer.talk_s);
  EXPECT_EQ(heard.summary.agent.longest_turn_s, swapped.summary.customer.longest_turn_s);
  EXPECT_EQ(heard.summary.agent.backchannels, swapped.summary.customer.backchannels);
}

TEST_P(TurnTrackerOverCalls, KeepsTimesInOrderAndWithinTheCall) {
  const auto heard = test::hear(agent_, customer_);
  for (const SpeechSegment& segment : heard.segments) {
    EXPECT_LT(segment.start_ms, segment.end_ms);
    EXPECT_LE(segment.end_ms, 60000);
  }
  for (const Overlap& overlap : heard.overlaps) {
    EXPECT_GE(overlap.end_ms - overlap.start_ms, 100);
    EXPECT_LE(overlap.end_ms, 60000);
  }
  for (std::size_t i = 0; i < heard.interruptions.size(); ++i) {
    EXPECT_GT(heard.raised_ms[i], heard.interruptions[i].start_ms);
    EXPECT_GE(heard.interruptions[i].confidence, 0.0F);
    EXPECT_LE(heard.interruptions[i].confidence, 1.0F);
  }
  EXPECT_LE(heard.summary.agent.talk_share, 1.0F);
}

TEST_P(TurnTrackerOverCalls, HearsTheSameCallAnew) {
  const auto first = test::hear(agent_, customer_);
  const auto second = test::hear(agent_, customer_);
  EXPECT_EQ(first.raised_ms, second.raised_ms);
  EXPECT_EQ(test::drawn(first.overlaps, 600), test::drawn(second.overlaps, 600));
}

INSTANTIATE_TEST_SUITE_P(Seeds, TurnTrackerOverCalls, testing::Range(1U, 13U));

TEST(TurnTracker, HearsNoEventInSilence) {
  const std::string silence(600, '_');
  const auto heard = test::hear(silence, silence);
  EXPECT_TRUE(heard.segments.empty());
  EXPECT_TRUE(heard.overlaps.empty());
  EXPECT_TRUE(heard.interruptions.empty());
  EXPECT_EQ(heard.summary.agent.level_dbfs, std::nullopt);
}

TEST(TurnTracker, HearsNoEventInNotANumber) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  TurnTracker tracker;
  test::Heard heard;
  for (std::int64_t i = 0; i < 3000; ++i) {
    FeatureFrame broken;
    broken.index = i;
    broken.level_dbfs = broken.speech_prob = broken.voicing = kNan;
    broken.f0_hz = kNan;
    broken.mel_db.fill(kNan);
    test::collect(tracker.process(broken, broken), heard);
  }
  test::collect(tracker.flush(), heard);
  EXPECT_TRUE(heard.segments.empty());
  EXPECT_TRUE(heard.overlaps.empty());
  EXPECT_TRUE(heard.interruptions.empty());
}

}  // namespace
}  // namespace tonecue

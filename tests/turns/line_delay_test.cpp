#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "tonecue/turns/turn_tracker.h"
#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

// Here the customer starts as the agent ends. With 300 ms to the customer they heard the agent for
// another 0.6 s, and talked into it.
constexpr auto kAgent = "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS______________________________";
constexpr auto kCustomer = "______________________________SSSSSSSSSSSSSSSSSSSS__________";

TEST(LineDelay, TurnsAnAnswerHereIntoAnInterruptionThere) {
  EXPECT_TRUE(test::hear(kAgent, kCustomer).interruptions.empty());
  const auto heard = test::hear(kAgent, kCustomer, {.line_delay_ms = 300});
  ASSERT_EQ(heard.interruptions.size(), 1U);
  EXPECT_EQ(heard.interruptions[0].starter, Party::customer);
  EXPECT_NEAR(static_cast<double>(heard.interruptions[0].start_ms), 3000.0, 20.0);
  EXPECT_EQ(heard.summary.customer.interruptions, 1);
}

TEST(LineDelay, ChangesNothingOfWhatTheAgentDoes) {
  EXPECT_TRUE(test::hear(kCustomer, kAgent, {.line_delay_ms = 300}).interruptions.empty());
  constexpr auto kCutIn = "____________________SSSSSSSSSSSSSSSSSSSS____________________";
  const auto plain = test::hear(kCutIn, kAgent);
  const auto delayed = test::hear(kCutIn, kAgent, {.line_delay_ms = 300});
  ASSERT_EQ(plain.interruptions.size(), 1U);
  ASSERT_EQ(delayed.interruptions.size(), 1U);
  EXPECT_EQ(plain.raised_ms, delayed.raised_ms);
}

TEST(LineDelay, MovesNoSegment) {
  const auto plain = test::hear(kAgent, kCustomer);
  const auto delayed = test::hear(kAgent, kCustomer, {.line_delay_ms = 1000});
  ASSERT_EQ(plain.segments.size(), delayed.segments.size());
  for (std::size_t i = 0; i < plain.segments.size(); ++i) {
    EXPECT_EQ(plain.segments[i].start_ms, delayed.segments[i].start_ms);
    EXPECT_EQ(plain.segments[i].end_ms, delayed.segments[i].end_ms);
  }
  EXPECT_EQ(plain.talk.both_s, delayed.talk.both_s);
}

// The agent fades in the last 0.6 s; the customer starts when they hear the loud part end.
TEST(LineDelay, TellsHowThePhraseSoundedToTheOneWhoCutItOff) {
  std::string agent;
  for (int i = 0; i < 12; ++i) agent += "SSSSSSSSS_";
  std::string customer(agent.size() + 6, '_');
  agent += "ssssss" + std::string(24, '_');
  customer += std::string(20, 'S') + std::string(4, '_');
  const auto level_db = [&](int delay_ms) {
    const auto heard = test::hear(agent, customer, {.line_delay_ms = delay_ms});
    EXPECT_EQ(heard.interruptions.size(), 1U) << delay_ms;
    return heard.interruptions.empty() ? std::nullopt : heard.interruptions[0].holder_level_db;
  };
  ASSERT_TRUE(level_db(300) && level_db(1000));
  EXPECT_NEAR(*level_db(300), 0.0F, 1.0F);
  EXPECT_NEAR(*level_db(1000), 0.0F, 1.0F);
}

TEST(LineDelay, IsRefusedOutOfRange) {
  EXPECT_TRUE(validate(TurnConfig{.line_delay_ms = 1000}));
  for (const int delay_ms : {-1, 1001}) {
    const auto ok = validate(TurnConfig{.line_delay_ms = delay_ms});
    ASSERT_FALSE(ok);
    EXPECT_NE(ok.error().message.find("turns.line_delay_ms"), std::string::npos);
  }
}

}  // namespace
}  // namespace tonecue

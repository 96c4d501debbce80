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

#include "tonecue/turns/outcome_tracker.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

// The customer cuts in at 2 s and speaks for `speech` marks; the agent, cut off at 2.5 s, speaks on
// after `later` marks of silence.
test::Heard cut_off(std::size_t speech, std::size_t later, std::size_t tail) {
  std::string agent(25, 'S');
  agent += std::string(later, '_') + std::string(tail, 'S');
  std::string customer(20, '_');
  customer += std::string(speech, 'S');
  const std::size_t marks = std::max(agent.size(), customer.size());
  agent.resize(marks, '_');
  customer.resize(marks, '_');
  return test::hear(agent, customer);
}

TEST(OutcomeTracker, TellsHowSoonTheFloorWasGivenBack) {
  const auto heard = cut_off(20, 20, 30);  // The agent speaks again at 4.5 s.
  ASSERT_EQ(heard.interruptions.size(), 1U);
  ASSERT_EQ(heard.outcomes.size(), 1U);
  EXPECT_EQ(heard.outcomes[0].starter, Party::customer);
  EXPECT_EQ(heard.outcomes[0].start_ms, heard.interruptions[0].start_ms);
  ASSERT_TRUE(heard.outcomes[0].given_back_after_s);
  EXPECT_NEAR(*heard.outcomes[0].given_back_after_s, 2.5F, 0.05F);
  EXPECT_EQ(heard.summary.customer.given_back, 1);
  EXPECT_NEAR(*heard.summary.customer.given_back_median_s, 2.5F, 0.1F);
}

TEST(OutcomeTracker, DoesNotTakeAnAcknowledgementForTheFloor) {
  const auto heard = cut_off(150, 20, 4);  // 0.4 s of the agent within the customer's 15 s.
  ASSERT_EQ(heard.outcomes.size(), 1U);
  EXPECT_FALSE(heard.outcomes[0].given_back_after_s);
  EXPECT_EQ(heard.summary.customer.given_back, 0);
  EXPECT_FALSE(heard.summary.customer.given_back_median_s);
}

TEST(OutcomeTracker, SaysNothingWhenTheCallEndsBeforeItIsKnown) {
  const auto heard = cut_off(30, 25, 0);
  EXPECT_EQ(heard.interruptions.size(), 1U);
  EXPECT_TRUE(heard.outcomes.empty());
}

}  // namespace
}  // namespace tonecue

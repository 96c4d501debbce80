#include "tonecue/pipeline/call_boundary.h"

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

/// A line on which time passes.
class Line {
 public:
  Line& hear(int seconds, bool agent, bool customer) {
    return hear_for_ms(seconds * 1000, agent, customer);
  }
  Line& hear_for_ms(int ms, bool agent, bool customer) {
    for (int i = 0; i < ms / kHopMs; ++i) {
      TurnFrame frame;
      frame.parties.agent.active = agent;
      frame.parties.customer.active = customer;
      boundary.on_turn(frame);
    }
    return *this;
  }
  Line& silence(int seconds) { return hear(seconds, false, false); }

  CallBoundary boundary{};
};

TEST(CallBoundary, AnAgentWhoSpeaksAcrossTheRoomIsNoCall) {
  Line line;
  line.hear(30, true, false);
  EXPECT_FALSE(line.boundary.begun());
}

TEST(CallBoundary, ACallBeginsWhenTheCustomerIsHeard) {
  Line line;
  line.silence(300).hear(2, false, true);
  EXPECT_TRUE(line.boundary.begun());
  EXPECT_FALSE(line.boundary.over());
}

TEST(CallBoundary, ALookUpOfAlmostAMinuteDoesNotEndIt) {
  Line line;
  line.hear(5, false, true).silence(59);
  EXPECT_FALSE(line.boundary.over());
  line.hear(1, true, false).silence(59);
  EXPECT_FALSE(line.boundary.over());
}

TEST(CallBoundary, AMinuteOfSilenceEndsIt) {
  Line line;
  line.hear(5, false, true).silence(60);
  EXPECT_TRUE(line.boundary.over());
}

TEST(CallBoundary, AnAgentWhoTalksOnWithoutTheCustomerHasHungUp) {
  Line line;
  line.hear(5, false, true).hear(179, true, false);
  EXPECT_FALSE(line.boundary.over());
  line.hear(1, true, false);
  EXPECT_TRUE(line.boundary.over());
}

TEST(CallBoundary, CoughsAndClicksNeverAddUpToACustomer) {
  Line line;
  for (int minute = 0; minute < 10; ++minute) {
    line.hear_for_ms(300, false, true).hear(59, true, false);
    EXPECT_FALSE(line.boundary.begun()) << minute;
  }
}

TEST(CallBoundary, AFewShortWordsAreACustomer) {
  Line line;
  for (int word = 0; word < 4; ++word) line.hear_for_ms(300, false, true).hear(15, true, false);
  EXPECT_TRUE(line.boundary.begun());
}

}  // namespace
}  // namespace tonecue

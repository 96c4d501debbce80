#include <gtest/gtest.h>

#include "alerts/desk.h"

namespace tonecue {
namespace {

using test::Desk;

TEST(QuietStart, TellsNothingAboutAPartyWhoseUsualIsNotKnown) {
  Desk desk;
  desk.usual_known(false, true).raise(CueKind::monologue, Party::agent).wait(10);
  EXPECT_TRUE(desk.alerts().empty());
  desk.raise(CueKind::long_silence, Party::customer);
  ASSERT_EQ(desk.shown().size(), 1U) << "the other party's usual is known";
  EXPECT_EQ(desk.shown()[0].cue.party, Party::customer);
}

TEST(QuietStart, TellsWhatStillHoldsWhenTheUsualBecomesKnown) {
  Desk desk;
  desk.usual_known(false, false).wait(5).raise(CueKind::distress, Party::customer).wait(15);
  EXPECT_TRUE(desk.alerts().empty());
  desk.usual_known(false, true).wait(1);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].at_ms, 20'020);
}

TEST(QuietStart, EndsAfterItsTimeThoughTheUsualIsNeverKnown) {
  Desk desk({.quiet_start_s = 30});
  desk.usual_known(false, false).wait(1).raise(CueKind::monologue, Party::agent).wait(40);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].at_ms, 30'000);
}

TEST(QuietStart, HoldsForThePauseAsLongAsWithoutIt) {
  Desk desk({.longest_hold_s = 6, .quiet_start_s = 30});
  desk.usual_known(false, false).wait(1, true).raise(CueKind::monologue, Party::agent, true);
  desk.wait(34, true).wait(1);
  EXPECT_EQ(desk.shown().size(), 1U) << "it waits six seconds from the end of the quiet start";
}

TEST(QuietStart, DropsWhatIsOverByThen) {
  Desk desk;
  desk.usual_known(false, false).raise(CueKind::interruption, Party::agent).wait(1);
  desk.end(CueKind::interruption, Party::agent).wait(1);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::quiet_start);
  EXPECT_EQ(desk.alerts()[0].id, 0);
}

TEST(QuietStart, CanBeTurnedOff) {
  Desk desk({.quiet_start_s = 0});
  desk.usual_known(false, false).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(Snooze, TellsNothingUntilItEnds) {
  Desk desk;
  desk.policy().snooze(120'000);
  desk.raise(CueKind::interruption, Party::agent).wait(100);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::snoozed);
  desk.wait(30).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(Snooze, TellsADistressThatStillHoldsWhenItEndsOnce) {
  Desk desk({.escalate_after_s = 0});
  desk.policy().snooze(60'000);
  desk.wait(10).raise(CueKind::distress, Party::customer).wait(200);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].at_ms, 60'000);
}

TEST(Snooze, DropsADistressThatIsOverBeforeItEnds) {
  Desk desk;
  desk.policy().snooze(60'000);
  desk.raise(CueKind::distress, Party::customer).wait(5);
  EXPECT_TRUE(desk.alerts().empty()) << "it may still be told";
  desk.end(CueKind::distress, Party::customer).wait(100);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::snoozed);
}

TEST(Snooze, EndsWhenTheAgentIsBack) {
  Desk desk;
  desk.policy().snooze(3'600'000);
  desk.wait(10).raise(CueKind::distress, Party::customer).wait(5);
  desk.policy().wake();
  desk.wait(1);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(Snooze, BeginsWithNotNowForAsLongAsTheAgentAsked) {
  Desk desk({.cool_down_s = 0});
  desk.raise(CueKind::interruption, Party::agent).answer(Answer::not_now, 1, 2);
  desk.wait(119).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::snoozed);
  desk.wait(2).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::delivered);
}

TEST(Snooze, DoesNotBeginWithAnotherAnswer) {
  Desk desk({.cool_down_s = 0});
  desk.raise(CueKind::interruption, Party::agent);
  desk.answer(Answer::helpful, 1, 10).answer(Answer::wrong, 1, 10).answer(Answer::not_now, 1);
  desk.raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.shown().size(), 2U);
}

TEST(HangingUp, LeavesNoCueWithoutAReason) {
  Desk desk;
  desk.usual_known(false, true).raise(CueKind::monologue, Party::agent, true);
  desk.raise(CueKind::recovered, Party::customer, true).wait(0.5, true).hang_up();
  ASSERT_EQ(desk.alerts().size(), 2U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::quiet_start);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::outdated);
}

TEST(AlertHistory, CarriesBudgetAndCoolDownIntoTheNextCall) {
  const AlertConfig config{.budget_per_hour = 3, .distress_reserve = 0, .cool_down_s = 300};
  Desk first(config);
  first.wait(60).raise(CueKind::interruption, Party::agent);
  first.raise(CueKind::long_silence, Party::agent);
  const auto history = first.policy().history().begun_later(120'000);

  Desk second(config, Wording::defaults(), history);
  second.wait(10).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(second.alerts().back().delivery, Delivery::cooling_down);
  second.wait(300).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(second.alerts().back().delivery, Delivery::delivered);
  second.wait(1).raise(CueKind::slow_speech, Party::agent);
  EXPECT_EQ(second.alerts().back().delivery, Delivery::over_budget);
}

TEST(AlertHistory, LetsTheWordingTakeTurnsFromCallToCall) {
  Desk first;
  first.raise(CueKind::interruption, Party::agent);
  Desk second({}, Wording::defaults(), first.policy().history().begun_later(600'000));
  second.raise(CueKind::interruption, Party::agent);
  ASSERT_EQ(second.shown().size(), 1U);
  EXPECT_NE(first.shown()[0].text, second.shown()[0].text);
}

TEST(AlertHistory, CarriesASnoozeIntoTheNextCall) {
  Desk first;
  first.policy().snooze(600'000);
  const auto history = first.policy().history().begun_later(300'000);
  Desk second({.cool_down_s = 0}, Wording::defaults(), history);
  second.wait(299).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(second.alerts().back().delivery, Delivery::snoozed);
  second.wait(2).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(second.alerts().back().delivery, Delivery::delivered);
}

}  // namespace
}  // namespace tonecue

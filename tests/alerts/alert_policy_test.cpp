#include "tonecue/alerts/alert_policy.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "alerts/desk.h"

namespace tonecue {
namespace {

using test::Desk;

TEST(AlertPolicy, ShowsACueToAnAgentWhoIsSilent) {
  Desk desk;
  desk.wait(5).raise(CueKind::interruption, Party::agent);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].text, "Let them finish.");
  EXPECT_EQ(desk.shown()[0].at_ms, 5010);
}

TEST(AlertPolicy, HoldsAConductAlertUntilTheAgentPauses) {
  Desk desk;
  desk.wait(5, true).raise(CueKind::monologue, Party::agent, true).wait(2, true);
  EXPECT_TRUE(desk.alerts().empty());
  desk.wait(1);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_NEAR(static_cast<double>(desk.shown()[0].at_ms), 7010 + 300, 10);
}

TEST(AlertPolicy, DropsAHeldAlertThatIsTooOldToHelp) {
  Desk desk;
  desk.raise(CueKind::monologue, Party::agent, true).wait(30, true);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::outdated);
  EXPECT_NEAR(static_cast<double>(desk.alerts()[0].at_ms), 6010, 20);
}

TEST(AlertPolicy, TellsAnAgentAtOnceThatTheyCutIn) {
  Desk desk;
  desk.raise(CueKind::interruption, Party::agent, true);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(AlertPolicy, DoesNotHoldDistress) {
  Desk desk;
  desk.raise(CueKind::distress, Party::customer, true);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(AlertPolicy, ShowsOneKindOnceWithinItsCoolDown) {
  Desk desk;
  desk.wait(1);
  for (int i = 0; i < 5; ++i) desk.raise(CueKind::interruption, Party::agent).wait(10);
  EXPECT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::cooling_down);
  desk.wait(15).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.shown().size(), 2U);
  EXPECT_NE(desk.shown()[0].text, desk.shown()[1].text) << "the wording takes turns";
}

TEST(AlertPolicy, LeavesPartOfTheBudgetToDistress) {
  Desk desk({.budget_per_hour = 3, .distress_reserve = 1, .cool_down_s = 0});
  desk.wait(1);
  for (int i = 0; i < 5; ++i) desk.raise(CueKind::interruption, Party::agent).wait(1);
  EXPECT_EQ(desk.shown().size(), 2U);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::over_budget);
  desk.raise(CueKind::distress, Party::customer).end(CueKind::distress, Party::customer);
  EXPECT_EQ(desk.shown().size(), 3U);
  desk.raise(CueKind::distress, Party::customer);
  EXPECT_EQ(desk.shown().size(), 3U) << "the budget holds for distress too";
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::over_budget);
}

TEST(AlertPolicy, HasItsBudgetBackAfterAnHour) {
  Desk desk({.budget_per_hour = 1, .distress_reserve = 0, .cool_down_s = 0});
  desk.raise(CueKind::interruption, Party::agent).wait(3598);
  desk.raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::over_budget);
  desk.wait(2).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::delivered);
}

TEST(AlertPolicy, TellsDistressThatOutlastsTheCoolDown) {
  Desk desk({.cool_down_s = 60, .escalate_after_s = 0});
  desk.raise(CueKind::distress, Party::customer).wait(5).end(CueKind::distress, Party::customer);
  desk.raise(CueKind::distress, Party::customer).wait(50);
  EXPECT_EQ(desk.alerts().size(), 1U);
  desk.wait(10);
  ASSERT_EQ(desk.shown().size(), 2U);
  EXPECT_EQ(desk.shown()[1].at_ms - desk.shown()[0].at_ms, 60'000);
}

TEST(AlertPolicy, DropsDistressThatIsOverBeforeTheCoolDown) {
  Desk desk({.cool_down_s = 60});
  desk.raise(CueKind::distress, Party::customer).wait(5).end(CueKind::distress, Party::customer);
  desk.raise(CueKind::distress, Party::customer).wait(5).end(CueKind::distress, Party::customer);
  ASSERT_EQ(desk.alerts().size(), 2U);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::cooling_down);
}

TEST(AlertPolicy, DropsAHeldAlertWhoseCauseIsOver) {
  Desk desk;
  desk.raise(CueKind::fast_speech, Party::agent, true).wait(2, true);
  desk.end(CueKind::fast_speech, Party::agent, true);
  ASSERT_EQ(desk.alerts().size(), 1U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::outdated);
}

TEST(AlertPolicy, PraisesARecoveryThatWasAMomentAgo) {
  Desk desk;
  desk.raise(CueKind::recovered, Party::customer, true);
  desk.end(CueKind::recovered, Party::customer, true).wait(2, true).wait(1);
  EXPECT_EQ(desk.shown().size(), 1U);
}

TEST(AlertPolicy, LetsAnInterruptionByTheCustomerWaitWhereATeamHasWordsForIt) {
  Wording wording = Wording::defaults();
  wording.set(CueKind::interruption, Party::customer, {"Let them in."});
  Desk desk({}, wording);
  desk.raise(CueKind::interruption, Party::customer, true).wait(1, true);
  EXPECT_TRUE(desk.alerts().empty());
  desk.wait(1);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_FALSE(desk.shown()[0].critical);
}

TEST(AlertPolicy, NumbersWhatItShows) {
  Desk desk;
  desk.raise(CueKind::interruption, Party::agent).raise(CueKind::interruption, Party::agent);
  desk.raise(CueKind::distress, Party::customer);
  ASSERT_EQ(desk.alerts().size(), 3U);
  EXPECT_EQ(desk.alerts()[0].id, 1);
  EXPECT_EQ(desk.alerts()[1].id, 0) << "it was not shown";
  EXPECT_EQ(desk.alerts()[2].id, 2);
  EXPECT_EQ(desk.policy().delivered(), 2);
}

TEST(AlertPolicy, NeverCorrectsTheCustomer) {
  Desk desk({.cool_down_s = 0});
  for (const CueKind kind :
       {CueKind::interruption, CueKind::fast_speech, CueKind::slow_speech, CueKind::monologue}) {
    desk.wait(1).raise(kind, Party::customer);
  }
  EXPECT_TRUE(desk.alerts().empty());
}

TEST(AlertPolicy, KeepsACueSilentThatATeamHasEmptied) {
  Wording wording = Wording::defaults();
  wording.set(CueKind::interruption, Party::agent, {});
  Desk desk({}, wording);
  desk.raise(CueKind::interruption, Party::agent).wait(5);
  EXPECT_TRUE(desk.alerts().empty());
}

TEST(AlertPolicy, RefusesAConfigOutsideItsRangeByName) {
  for (const auto& [config, field] : std::vector<std::pair<AlertConfig, std::string>>{
           {{.budget_per_hour = 0}, "budget_per_hour"},
           {{.distress_reserve = 7}, "distress_reserve"},
           {{.cool_down_s = -1}, "cool_down_s"},
           {{.longest_hold_s = 61}, "longest_hold_s"},
           {{.quiet_start_s = 601}, "quiet_start_s"},
           {{.escalate_after_s = -1}, "escalate_after_s"}}) {
    const auto policy = AlertPolicy::create(config, Wording::defaults());
    ASSERT_FALSE(policy) << field;
    EXPECT_NE(policy.error().message.find("alerts." + field), std::string::npos)
        << policy.error().message;
  }
}

}  // namespace
}  // namespace tonecue

#include <gtest/gtest.h>

#include "alerts/desk.h"

namespace tonecue {
namespace {

using test::Desk;

constexpr auto kDistress = CueKind::distress;
constexpr auto kCustomer = Party::customer;

TEST(Escalation, SaysASecondWordWhenDistressStays) {
  Desk desk({.escalate_after_s = 20});
  desk.raise(kDistress, kCustomer).wait(19.9);
  EXPECT_EQ(desk.shown().size(), 1U);
  desk.wait(0.2);
  ASSERT_EQ(desk.shown().size(), 2U) << "though a cool-down runs";
  const Alert second = desk.shown()[1];
  EXPECT_TRUE(second.escalation);
  EXPECT_TRUE(second.critical);
  EXPECT_EQ(second.id, 2);
  EXPECT_EQ(second.at_ms - desk.shown()[0].at_ms, 20'000);
  EXPECT_EQ(second.text, Wording::defaults().distress_stays()[0]);
}

TEST(Escalation, ComesOnlyOnce) {
  Desk desk;
  desk.raise(kDistress, kCustomer).wait(600);
  EXPECT_EQ(desk.alerts().size(), 2U);
}

TEST(Escalation, ComesWhileTheAgentSpeaks) {
  Desk desk;
  desk.raise(kDistress, kCustomer, true).wait(30, true);
  EXPECT_EQ(desk.shown().size(), 2U);
}

TEST(Escalation, DoesNotComeWhenTheDistressIsOver) {
  Desk desk;
  desk.raise(kDistress, kCustomer).wait(10).end(kDistress, kCustomer).wait(60);
  EXPECT_EQ(desk.alerts().size(), 1U);
}

TEST(Escalation, CanBeTurnedOffByTimeOrByWords) {
  Desk by_time({.escalate_after_s = 0});
  by_time.raise(kDistress, kCustomer).wait(60);
  EXPECT_EQ(by_time.alerts().size(), 1U);
  Wording wording = Wording::defaults();
  wording.set_distress_stays({});
  Desk by_words({}, wording);
  by_words.raise(kDistress, kCustomer).wait(60);
  EXPECT_EQ(by_words.alerts().size(), 1U);
}

TEST(Escalation, KeepsToTheBudget) {
  Desk desk({.budget_per_hour = 1, .distress_reserve = 1});
  desk.raise(kDistress, kCustomer).wait(60);
  ASSERT_EQ(desk.alerts().size(), 2U);
  EXPECT_TRUE(desk.alerts()[1].escalation);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::over_budget);
}

TEST(Escalation, UsesTheReserve) {
  Desk desk({.budget_per_hour = 3, .distress_reserve = 2, .cool_down_s = 0});
  desk.raise(CueKind::interruption, Party::agent).raise(CueKind::interruption, Party::agent);
  EXPECT_EQ(desk.shown().size(), 1U);
  desk.raise(kDistress, kCustomer).wait(60);
  EXPECT_EQ(desk.shown().size(), 3U);
}

TEST(Escalation, WaitsForTheEndOfASnooze) {
  Desk desk;
  desk.raise(kDistress, kCustomer).answer(Answer::not_now, 1, 2).wait(119);
  EXPECT_EQ(desk.alerts().size(), 1U);
  desk.wait(300);
  ASSERT_EQ(desk.shown().size(), 2U);
  EXPECT_TRUE(desk.shown()[1].escalation);
}

TEST(Escalation, IsToldAsSnoozedWhenTheDistressEndsInTheSnooze) {
  Desk desk;
  desk.raise(kDistress, kCustomer).answer(Answer::not_now, 1, 2).wait(60);
  desk.end(kDistress, kCustomer);
  ASSERT_EQ(desk.alerts().size(), 2U);
  EXPECT_TRUE(desk.alerts()[1].escalation);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::snoozed);
}

TEST(Escalation, DoesNotInsistOnWhatTheAgentCalledWrong) {
  Desk desk;
  desk.raise(kDistress, kCustomer).answer(Answer::wrong, 1).wait(60);
  EXPECT_EQ(desk.alerts().size(), 1U);
  Desk other;
  other.raise(kDistress, kCustomer).answer(Answer::helpful, 1).wait(60);
  EXPECT_EQ(other.alerts().size(), 2U);
}

TEST(OneMoment, TellsDistressInPlaceOfARaisedVoice) {
  Desk desk;
  desk.raise(CueKind::raised_voice, kCustomer).wait(0.8).raise(kDistress, kCustomer).wait(2);
  ASSERT_EQ(desk.alerts().size(), 2U);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::superseded);
  EXPECT_EQ(desk.alerts()[0].cue.kind, CueKind::raised_voice);
  EXPECT_EQ(desk.alerts()[1].delivery, Delivery::delivered);
}

TEST(OneMoment, LastsAsLongAsTheRaisedVoiceIsHeld) {
  Desk desk;
  desk.raise(CueKind::raised_voice, kCustomer, true).wait(4, true);
  desk.raise(kDistress, kCustomer, true).wait(1);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].cue.kind, kDistress);
  EXPECT_EQ(desk.alerts()[0].delivery, Delivery::superseded);
}

TEST(OneMoment, LastsAsLongAsTheDistress) {
  Desk desk;
  desk.raise(kDistress, kCustomer).wait(15).raise(CueKind::raised_voice, kCustomer).wait(2);
  EXPECT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::superseded);
}

TEST(OneMoment, DoesNotReachADistressThatComesLater) {
  Desk desk;
  desk.raise(CueKind::raised_voice, kCustomer).wait(1.5);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].at_ms, 1000);
  desk.raise(kDistress, kCustomer);
  EXPECT_EQ(desk.shown().size(), 2U) << "a word about a raised voice never silences distress";
}

TEST(OneMoment, JoinsAnAgentsPaceToTheirRaisedVoiceOnly) {
  Desk desk({.cool_down_s = 0});
  desk.raise(CueKind::fast_speech, Party::agent).raise(CueKind::raised_voice, Party::agent).wait(2);
  ASSERT_EQ(desk.shown().size(), 1U);
  EXPECT_EQ(desk.shown()[0].cue.kind, CueKind::raised_voice);
  Desk both({.cool_down_s = 0});
  both.raise(CueKind::raised_voice, Party::agent).raise(CueKind::raised_voice, kCustomer).wait(2);
  EXPECT_EQ(both.shown().size(), 2U) << "two parties are two matters";
  Desk apart({.cool_down_s = 0});
  apart.raise(kDistress, kCustomer).raise(CueKind::interruption, Party::agent).wait(2);
  EXPECT_EQ(apart.shown().size(), 2U) << "cutting in says something else";
}

TEST(OneMoment, IsNotWaitedForWhereNothingElseCouldBeTold) {
  Wording wording = Wording::defaults();
  wording.set(kDistress, kCustomer, {});
  Desk desk({}, wording);
  desk.wait(1).raise(CueKind::raised_voice, kCustomer);
  EXPECT_EQ(desk.shown().size(), 1U);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/alerts/alert_policy.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kHourS = 3600;

/// The desk: time passes, cues come, the agent speaks or not.
class Desk {
 public:
  explicit Desk(const AlertConfig& config = {}, Wording wording = Wording::defaults())
      : policy_(*AlertPolicy::create(config, std::move(wording))) {}

  Desk& wait(double seconds, bool agent_active = false) {
    for (int i = 0; i < static_cast<int>(seconds * kHopsPerSecond); ++i) step({}, agent_active);
    return *this;
  }

  Desk& raise(CueKind kind, Party party, bool agent_active = false) {
    CueChanges changes;
    changes.add(CuePhase::raised, Cue{.kind = kind,
                                      .party = party,
                                      .start_ms = now_ms_,
                                      .end_ms = now_ms_,
                                      .raised_at_ms = now_ms_,
                                      .confidence = 1.0F,
                                      .evidence = {}});
    step(changes, agent_active);
    return *this;
  }

  const std::vector<Alert>& alerts() const { return alerts_; }
  std::vector<Alert> shown() const {
    std::vector<Alert> shown;
    for (const Alert& alert : alerts_) {
      if (alert.delivery == Delivery::delivered) shown.push_back(alert);
    }
    return shown;
  }

 private:
  void step(const CueChanges& changes, bool agent_active) {
    now_ms_ += kHopMs;
    for (const Alert& alert : policy_.process(changes, agent_active, now_ms_)) {
      alerts_.push_back(alert);
    }
  }

  AlertPolicy policy_;
  std::int64_t now_ms_ = 0;
  std::vector<Alert> alerts_;
};

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

TEST(AlertPolicy, KeepsPartOfTheBudgetForDistress) {
  Desk desk({.budget_per_hour = 3, .distress_reserve = 1, .cool_down_s = 0});
  desk.wait(1);
  for (int i = 0; i < 5; ++i) desk.raise(CueKind::interruption, Party::agent).wait(1);
  EXPECT_EQ(desk.shown().size(), 2U);
  EXPECT_EQ(desk.alerts().back().delivery, Delivery::over_budget);
  desk.raise(CueKind::distress, Party::customer);
  EXPECT_EQ(desk.shown().size(), 3U);
  desk.raise(CueKind::distress, Party::customer);
  EXPECT_EQ(desk.shown().size(), 3U) << "the budget holds for distress too";
}

TEST(AlertPolicy, NeverPassesItsBudgetInAnyHourOfADayOfRandomCues) {
  const AlertConfig config{.budget_per_hour = 6, .distress_reserve = 2, .cool_down_s = 20};
  Desk desk(config);
  std::mt19937 random(7);
  std::exponential_distribution<double> gap_s(1.0 / 30.0);
  std::uniform_int_distribution<int> kind(0, kCueKinds - 1);
  for (double t = 0; t < 24 * kHourS;) {
    const double wait_s = gap_s(random);
    t += wait_s;
    desk.wait(wait_s);
    desk.raise(static_cast<CueKind>(kind(random)), Party::customer);
  }
  const auto shown = desk.shown();
  ASSERT_GT(shown.size(), 100U);
  for (std::size_t i = 6; i < shown.size(); ++i) {
    EXPECT_GE(shown[i].at_ms - shown[i - 6].at_ms, std::int64_t{1000} * kHourS);
  }
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
           {{.longest_hold_s = 61}, "longest_hold_s"}}) {
    const auto policy = AlertPolicy::create(config, Wording::defaults());
    ASSERT_FALSE(policy) << field;
    EXPECT_NE(policy.error().message.find("alerts." + field), std::string::npos)
        << policy.error().message;
  }
}

TEST(Wording, SaysNothingOfAnAgentsFeelings) {
  const Wording wording = Wording::defaults();
  for (int kind = 0; kind < kCueKinds; ++kind) {
    for (const std::string& text : wording.sentences(static_cast<CueKind>(kind), Party::agent)) {
      for (const char* word : {"angry", "stress", "tired", "bored", "upset", "emotion", "feel"}) {
        EXPECT_EQ(text.find(word), std::string::npos) << text;
      }
      EXPECT_LE(text.size(), 60U) << "must be read in a glance: " << text;
    }
  }
  EXPECT_TRUE(wording.sentences(CueKind::distress, Party::agent).empty());
}

}  // namespace
}  // namespace tonecue

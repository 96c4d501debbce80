// What changed, by sums that were worked out by hand, and how often its interval holds the truth.
#include "tonecue/insight/change.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

CallNumbers some_call() {
  return {.duration_s = 600,
          .both_voices_s = 600,
          .agent_talk_s = 200,
          .customer_talk_s = 300,
          .agent_interruptions = 2,
          .customer_interruptions = 1,
          .overtalk_s = 12,
          .silence_s = 30,
          .distress_s = 60,
          .recovered = true,
          .calm_s = 40.0F,
          .live = true,
          .alerts = 3,
          .helpful = 1,
          .wrong = 1,
          .cue_bytes = {0, 0x51ULL << 48U}};  // Distress.
}

TEST(CallSums, AreSumsOverSums) {
  CallSums sums;
  sums.add(some_call());
  CallNumbers other = some_call();
  other.customer_talk_s = 900;
  other.agent_interruptions = 0;
  other.cue_bytes = {};
  other.recovered.reset();
  other.calm_s.reset();
  other.distress_s = 0;
  sums.add(other);
  const auto value = [&](Measure measure) { return value_of(measure, sums).value_or(-1.0); };
  EXPECT_DOUBLE_EQ(value(Measure::interruptions_per_h), 2 * 3600.0 / 1200);  // Not (24 + 0) / 2.
  EXPECT_DOUBLE_EQ(value(Measure::interruptions_by_customer_per_h), 2 * 3600.0 / 400);
  EXPECT_DOUBLE_EQ(value(Measure::distress_min_per_h), 1.0 / (1200.0 / 3600.0));
  EXPECT_DOUBLE_EQ(value(Measure::distress_share), 0.5);
  EXPECT_DOUBLE_EQ(value(Measure::recovered_share), 1.0);
  EXPECT_NEAR(value(Measure::time_to_calm_s), 40.0, 1e-9);
  EXPECT_DOUBLE_EQ(value(Measure::silence_share), 60.0 / 1200);
  EXPECT_DOUBLE_EQ(value(Measure::overtalk_share), 24.0 / 1200);
  EXPECT_DOUBLE_EQ(value(Measure::agent_talk_share), 400.0 / 1200);
  EXPECT_DOUBLE_EQ(value(Measure::alerts_per_h), 6 * 3600.0 / 1200);
  EXPECT_DOUBLE_EQ(value(Measure::helpful_share), 0.5);
}

TEST(CallSums, LeaveOutTheSideOfAnAgentWhoHasNotSeenIt) {
  CallSums sums;
  CallNumbers hidden = some_call();
  hidden.conduct_visible = false;
  sums.add(hidden);
  for (const Measure measure :
       {Measure::interruptions_per_h, Measure::interruptions_by_customer_per_h,
        Measure::agent_talk_share, Measure::alerts_per_h, Measure::helpful_share}) {
    EXPECT_FALSE(value_of(measure, sums)) << name(measure);
  }
  EXPECT_TRUE(value_of(Measure::distress_share, sums));
  EXPECT_TRUE(value_of(Measure::silence_share, sums));
}

TEST(CallSums, CountAlertsInLiveCallsAlone) {
  CallSums sums;
  CallNumbers recording = some_call();
  recording.live = false;
  sums.add(recording);
  EXPECT_FALSE(value_of(Measure::alerts_per_h, sums));
  EXPECT_FALSE(value_of(Measure::helpful_share, sums));
  sums.add(some_call());
  EXPECT_DOUBLE_EQ(value_of(Measure::alerts_per_h, sums).value_or(-1.0), 3 * 3600.0 / 600);
}

TEST(CallSums, TakeAwayWhatTheyAdded) {
  CallSums sums;
  sums.add(some_call());
  const CallSums one = sums;
  sums += one;
  sums -= one;
  for (int i = 0; i < kMeasures; ++i) {
    const auto measure = static_cast<Measure>(i);
    EXPECT_DOUBLE_EQ(*value_of(measure, sums), *value_of(measure, one)) << name(measure);
  }
}

std::vector<AgentSides> team(int agents, int after_interruptions) {
  std::vector<AgentSides> all(static_cast<std::size_t>(agents));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t call = 0; call < 5 + i; ++call) {
      CallNumbers one = some_call();
      one.agent_interruptions = 3 + static_cast<int>(i % 2);
      all[i].before.add(one);
      one.agent_interruptions = after_interruptions + static_cast<int>(call % 2);
      all[i].after.add(one);
    }
  }
  return all;
}

TEST(Change, SaysWhatChangedInOneSentence) {
  const auto agents = team(6, 1);
  const MeasuredChange change = change_of(Measure::interruptions_per_h, agents);
  ASSERT_TRUE(change.spread);
  EXPECT_TRUE(interval_of(*change.spread).leaves_out(0.0));
  EXPECT_LT(*change.difference, 0.0);
  const std::string sentence = change_sentence(Measure::interruptions_per_h, change);
  EXPECT_EQ(sentence.find("fewer interruptions by agents: "), 0U) << sentence;
  EXPECT_NE(sentence.find("the true change lies between -"), std::string::npos) << sentence;
}

TEST(Change, ClaimsNothingWhereNothingChanged) {
  const auto agents = team(6, 3);
  const MeasuredChange change = change_of(Measure::silence_share, agents);
  EXPECT_NE(change_sentence(Measure::silence_share, change)
                .find("no difference that these calls could show"),
            std::string::npos);
}

TEST(Change, HasNoIntervalForTwoAgentsOrForHardlyAnyEvents) {
  EXPECT_FALSE(change_of(Measure::interruptions_per_h, team(2, 1)).spread);
  std::vector<AgentSides> rare = team(6, 1);
  EXPECT_FALSE(change_of(Measure::recovered_share, rare).spread);  // All recovered, always.
  EXPECT_NE(change_sentence(Measure::recovered_share, change_of(Measure::recovered_share, rare))
                .find("too little to say how sure"),
            std::string::npos);
}

// Agents differ in what they do and how much, and in what the training did for them.
class MadeTeam {
 public:
  MadeTeam(int agents, unsigned seed) : agents_(agents), random_(seed) {}

  std::vector<AgentSides> draw(double per_call, double effect) {
    std::vector<AgentSides> all;
    for (int i = 0; i < agents_; ++i) {
      std::gamma_distribution<double> level(2.0, 0.5);
      std::normal_distribution<double> own_effect(-0.045, 0.3);  // Mean 1 of its exponential.
      const double usual = per_call * level(random_);
      const double changed = usual * effect * std::exp(own_effect(random_));
      const double busy = 30.0 * level(random_);
      all.push_back({side(usual, busy), side(changed, busy)});
    }
    return all;
  }

 private:
  CallSums side(double per_call, double busy) {
    CallSums sums;
    const int calls = 1 + std::poisson_distribution<int>(busy)(random_);
    for (int call = 0; call < calls; ++call) {
      const double minutes = std::gamma_distribution<double>(2.0, 1.0)(random_);
      CallNumbers one{.customer_talk_s = 60.0 * minutes, .silence_s = 0.0};
      one.agent_interruptions = std::poisson_distribution<int>(per_call * minutes / 2.0)(random_);
      if (std::bernoulli_distribution(std::min(per_call, 1.0))(random_)) {
        one.cue_bytes.customer = 0x51ULL << 48U;
      }
      sums.add(one);
    }
    return sums;
  }

  int agents_;
  std::mt19937 random_;
};

struct Coverage {
  Measure measure;
  int agents;
  double per_call;
};

class CoverageTest : public testing::TestWithParam<Coverage> {};

TEST_P(CoverageTest, HoldsTheTruthNineteenTimesInTwenty) {
  const auto [measure, agents, per_call] = GetParam();
  constexpr int kTeams = 2000;
  constexpr double kEffect = 0.8;
  const double unit = measure == Measure::interruptions_per_h ? 30.0 : 1.0;  // Of per_call.
  MadeTeam made(agents, 5);
  int told = 0;
  int held = 0;
  for (int i = 0; i < kTeams; ++i) {
    const MeasuredChange change = change_of(measure, made.draw(per_call, kEffect));
    if (!change.spread) continue;
    ++told;
    held += interval_of(*change.spread).leaves_out(unit * per_call * (kEffect - 1.0)) ? 0 : 1;
  }
  const double share = static_cast<double>(held) / told;
  RecordProperty("coverage", std::to_string(share));
  std::printf("coverage: %s, %d agents, %.2f a call: %.1f %% of %d\n", name(measure).data(), agents,
              per_call, 100.0 * share, told);
  EXPECT_GE(told, kTeams / 2);
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

INSTANTIATE_TEST_SUITE_P(Change, CoverageTest,
                         testing::Values(Coverage{Measure::interruptions_per_h, 4, 0.4},
                                         Coverage{Measure::interruptions_per_h, 8, 0.4},
                                         Coverage{Measure::interruptions_per_h, 20, 0.4},
                                         Coverage{Measure::interruptions_per_h, 20, 0.1},
                                         Coverage{Measure::interruptions_per_h, 60, 0.4},
                                         Coverage{Measure::distress_share, 8, 0.12},
                                         Coverage{Measure::distress_share, 20, 0.12},
                                         Coverage{Measure::distress_share, 60, 0.12}));

// A season moves all teams alike: what is beyond the others is nothing.
TEST(BeyondOthers, HoldsASeasonForNoTraining) {
  constexpr int kTeams = 1000;
  int plain = 0;
  int beyond = 0;
  MadeTeam here(12, 1);
  MadeTeam elsewhere(30, 2);
  for (int i = 0; i < kTeams; ++i) {
    const auto measure = Measure::interruptions_per_h;
    const auto one = change_of(measure, here.draw(0.4, 0.7));
    const auto other = change_of(measure, elsewhere.draw(0.4, 0.7));
    ASSERT_TRUE(one.spread && other.spread);
    plain += interval_of(*one.spread).leaves_out(0.0) ? 1 : 0;
    beyond += interval_of(difference(*one.spread, *other.spread)).leaves_out(0.0) ? 1 : 0;
  }
  std::printf("a season shown as a change: %.1f %%, beyond others: %.1f %%\n", 0.1 * plain,
              0.1 * beyond);
  EXPECT_GT(plain, kTeams / 3);
  EXPECT_LE(beyond, 70);
}

}  // namespace
}  // namespace tonecue

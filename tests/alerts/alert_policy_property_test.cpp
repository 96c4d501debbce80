#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "alerts/working_day.h"

namespace tonecue {
namespace {

using test::DayPlan;
using test::Happening;
using test::WorkingDay;

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// From an ordinary day over one of rows to a broken detector that never stops.
constexpr DayPlan kOrdinary{.conduct_per_hour = 3.0, .distress_per_hour = 2.0};
constexpr DayPlan kHeated{.conduct_per_hour = 30.0, .distress_per_hour = 20.0, .mean_cue_s = 30.0};
constexpr DayPlan kFlood{.conduct_per_hour = 900.0, .distress_per_hour = 300.0, .mean_cue_s = 10.0};

struct Shown {
  const Happening* of = nullptr;
  const Alert* alert = nullptr;
};

bool is_distress(const Happening& happening) { return happening.cue.kind == CueKind::distress; }

class ADayOfCalls : public testing::TestWithParam<std::tuple<DayPlan, std::uint32_t>> {
 protected:
  void SetUp() override {
    const auto& [plan, seed] = GetParam();
    WorkingDay day(seed, plan, config_);
    happenings_ = day.run(kDayMs);
    ASSERT_EQ(day.unknown(), 0);
    for (const Happening& happening : happenings_) {
      for (const Alert& alert : happening.outcomes) {
        if (alert.delivery == Delivery::delivered) shown_.push_back({&happening, &alert});
      }
    }
    std::ranges::stable_sort(shown_, {}, [](const Shown& shown) { return shown.alert->at_ms; });
    ASSERT_GT(shown_.size(), 10U) << "the day would say nothing";
  }

  int distress_told_within(std::int64_t from_ms, std::int64_t to_ms) const {
    return static_cast<int>(std::ranges::count_if(shown_, [&](const Shown& shown) {
      return is_distress(*shown.of) && shown.alert->at_ms > from_ms && shown.alert->at_ms <= to_ms;
    }));
  }

  // Where the cue's own alert was told; null: it was not.
  static const Alert* told(const Happening& happening) {
    const auto first = std::ranges::find_if(happening.outcomes, [](const Alert& alert) {
      return !alert.escalation && alert.delivery == Delivery::delivered;
    });
    return first == happening.outcomes.end() ? nullptr : &*first;
  }

  AlertConfig config_;
  std::vector<Happening> happenings_;
  std::vector<Shown> shown_;
};

TEST_P(ADayOfCalls, KeepsTheBudgetInAnyHour) {
  const auto budget = static_cast<std::size_t>(config_.budget_per_hour);
  for (std::size_t i = budget; i < shown_.size(); ++i) {
    ASSERT_GE(shown_[i].alert->at_ms - shown_[i - budget].alert->at_ms, kHourMs) << "alert " << i;
  }
}

TEST_P(ADayOfCalls, TellsWhatBecameOfEachCueOnce) {
  for (const Happening& happening : happenings_) {
    const auto escalations = std::ranges::count(happening.outcomes, true, &Alert::escalation);
    ASSERT_EQ(happening.outcomes.size(), static_cast<std::size_t>(1 + escalations))
        << name(happening.cue.kind) << " at " << happening.cue.raised_at_ms;
    ASSERT_LE(escalations, 1);
  }
}

TEST_P(ADayOfCalls, NeverTellsOneMomentTwice) {
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    for (std::size_t j = i + 1; j < shown_.size(); ++j) {
      const Cue& a = shown_[i].of->cue;
      const Cue& b = shown_[j].of->cue;
      if (b.raised_at_ms > a.raised_at_ms + kHourMs) break;
      if (shown_[i].of == shown_[j].of || a.party != b.party) continue;
      if (voice_rank(a.kind) == 0 || voice_rank(b.kind) == 0) continue;
      ASSERT_GE(std::abs(a.raised_at_ms - b.raised_at_ms), kMomentMs)
          << name(a.kind) << " and " << name(b.kind) << " at " << a.raised_at_ms;
    }
  }
}

TEST_P(ADayOfCalls, CoolsDownBetweenTwoOfAKind) {
  PerParty<std::array<std::int64_t, kCueKinds>> last_ms;
  for (const Party party : kParties) last_ms[party].fill(-kHourMs);
  for (const auto& [of, alert] : shown_) {
    auto& last = last_ms[of->cue.party][static_cast<std::size_t>(of->cue.kind)];
    if (!alert->escalation) {
      ASSERT_GE(alert->at_ms - last, std::int64_t{1000} * config_.cool_down_s);
    }
    last = alert->at_ms;
  }
}

TEST_P(ADayOfCalls, KeepsDistressBackForNothingButDistressAndQuiet) {
  int held_back = 0;
  for (const Happening& happening : happenings_) {
    if (!is_distress(happening)) continue;
    for (std::size_t i = 0; i < happening.outcomes.size(); ++i) {
      const Alert& outcome = happening.outcomes[i];
      const std::string where = "distress at " + std::to_string(happening.cue.raised_at_ms);
      switch (outcome.delivery) {
        case Delivery::delivered:
          continue;
        case Delivery::over_budget:
          ASSERT_GE(distress_told_within(outcome.at_ms - kHourMs, outcome.at_ms),
                    config_.distress_reserve)
              << where << ": conduct took what was kept for it";
          break;
        case Delivery::cooling_down:
          ASSERT_GE(distress_told_within(outcome.at_ms - std::int64_t{1000} * config_.cool_down_s,
                                         outcome.at_ms),
                    1)
              << where;
          break;
        case Delivery::snoozed:
          ASSERT_LE(outcome.at_ms - kHopMs, happening.snoozed_until_ms[i]) << where;
          break;
        case Delivery::quiet_start:
          ASSERT_LE(outcome.at_ms - kHopMs, happening.quiet_until_ms[i]) << where;
          break;
        case Delivery::outdated:
        case Delivery::superseded:
          FAIL() << where << " was " << name(outcome.delivery);
      }
      ++held_back;
    }
  }
  EXPECT_GT(held_back, 0) << "nothing was put to the proof";
}

TEST_P(ADayOfCalls, TellsNothingInASnoozeOrAQuietStart) {
  for (const Happening& happening : happenings_) {
    for (std::size_t i = 0; i < happening.outcomes.size(); ++i) {
      const Alert& outcome = happening.outcomes[i];
      if (outcome.delivery != Delivery::delivered) continue;
      ASSERT_GE(outcome.at_ms, happening.snoozed_until_ms[i]);
      ASSERT_GE(outcome.at_ms, happening.quiet_until_ms[i]);
    }
  }
}

TEST_P(ADayOfCalls, WaitsForAPauseUnlessItIsCritical) {
  int waited = 0;
  for (const Happening& happening : happenings_) {
    for (std::size_t i = 0; i < happening.outcomes.size(); ++i) {
      const Alert& outcome = happening.outcomes[i];
      const bool critical =
          happening.cue.kind == CueKind::distress || happening.cue.kind == CueKind::interruption;
      ASSERT_EQ(outcome.critical, critical);
      if (outcome.delivery != Delivery::delivered || critical) continue;
      ASSERT_GE(happening.agent_quiet_ms[i], 300) << outcome.at_ms;
      ++waited;
    }
  }
  EXPECT_GT(waited, 0);
}

TEST_P(ADayOfCalls, SaysASecondWordOfEveryDistressThatStaysAndOfNoOther) {
  int escalations = 0;
  for (const Happening& happening : happenings_) {
    const auto second = std::ranges::find(happening.outcomes, true, &Alert::escalation);
    const Alert* first = told(happening);
    const bool is_told = is_distress(happening) && first != nullptr;
    const std::int64_t due_ms =
        is_told ? first->at_ms + std::int64_t{1000} * config_.escalate_after_s : 0;
    const std::int64_t over_ms = happening.over_at_ms.value_or(happening.call_end_ms);
    const bool stays = is_told && over_ms > due_ms && !happening.called_wrong;
    if (second == happening.outcomes.end()) {
      ASSERT_FALSE(stays) << happening.cue.raised_at_ms;
      continue;
    }
    ++escalations;
    ASSERT_TRUE(is_told);
    ASSERT_GE(second->at_ms, due_ms);
    ASSERT_LE(second->at_ms, over_ms);
  }
  EXPECT_GT(escalations, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ADayOfCalls,
                         testing::Combine(testing::Values(kOrdinary, kHeated, kFlood),
                                          testing::Values(1U, 2U, 3U)));

}  // namespace
}  // namespace tonecue

#include "tonecue/insight/figures.h"

#include <cstdlib>
#include <ctime>
#include <random>

#include <gtest/gtest.h>

#include "tonecue/insight/exposure.h"
#include "tonecue/insight/score_figures.h"

namespace tonecue {
namespace {

// NOLINTBEGIN(concurrency-mt-unsafe): one thread only while the zone is changed.
// The program's time zone for as long as this lives.
class InZone {
 public:
  explicit InZone(const char* zone) {
    if (const char* old = std::getenv("TZ")) old_ = old;
    ::setenv("TZ", zone, 1);
    ::tzset();
  }
  ~InZone() {
    if (old_) {
      ::setenv("TZ", old_->c_str(), 1);
    } else {
      ::unsetenv("TZ");
    }
    ::tzset();
  }
  InZone(const InZone&) = delete;
  InZone& operator=(const InZone&) = delete;

 private:
  std::optional<std::string> old_{};
};
// NOLINTEND(concurrency-mt-unsafe)

constexpr const char* kBerlin = "CET-1CEST,M3.5.0,M10.5.0/3";
constexpr std::int64_t kHourMs = 3'600'000;

TEST(LocalCalendar, KnowsDaysOfTwentyThreeAndTwentyFiveHours) {
  const InZone zone(kBerlin);
  const LocalDay spring = *parse_day("2026-03-29");
  const LocalDay autumn = *parse_day("2026-10-25");
  EXPECT_EQ(LocalCalendar::begin_of(spring + 1) - LocalCalendar::begin_of(spring), 23 * kHourMs);
  EXPECT_EQ(LocalCalendar::begin_of(autumn + 1) - LocalCalendar::begin_of(autumn), 25 * kHourMs);
  EXPECT_EQ(LocalCalendar::zone_of(autumn + 1), "CET");
  LocalCalendar calendar;
  for (const LocalDay day : {spring, autumn, spring + 50}) {
    const std::int64_t begin = LocalCalendar::begin_of(day);
    EXPECT_EQ(calendar.moment_of(begin).day, day);
    EXPECT_EQ(calendar.moment_of(begin).hour, 0);
    EXPECT_EQ(calendar.moment_of(begin - 1).day, day - 1);
    EXPECT_EQ(calendar.moment_of(begin - 1).hour, 23);
  }
}

TEST(LocalCalendar, ReadsDatesThatThereAre) {
  EXPECT_EQ(day_text(*parse_day("2028-02-29")), "2028-02-29");
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-1-01", "1969-12-31", "2026-11-22T", "",
                           "x026-11-22", "2026-11-00"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(LocalCalendar, StepsBeginOnMondaysAndFirsts) {
  const auto texts = [](CalendarStep step) {
    std::string all;
    for (const LocalDay day :
         steps_between(*parse_day("2026-11-20"), *parse_day("2026-12-02"), step)) {
      all += day_text(day).substr(5) + " ";
    }
    return all;
  };
  EXPECT_EQ(texts(CalendarStep::week), "11-20 11-23 11-30 12-02 ");
  EXPECT_EQ(texts(CalendarStep::month), "11-20 12-01 12-02 ");
}

CallNumbers call_at(std::string_view day, std::string_view agent, std::string_view team,
                    double distress_s = 0.0) {
  return {.started_unix_ms = LocalCalendar::begin_of(*parse_day(day)) + 9 * kHourMs,
          .agent = agent,
          .team = team,
          .duration_s = 300,
          .distress_s = distress_s};
}

TEST(GroupedFigures, TellGroupsThatAreTooSmall) {
  GroupedFigures figures(
      steps_between(*parse_day("2026-11-16"), *parse_day("2026-11-30"), CalendarStep::week),
      GroupBy::team);
  for (const char* agent : {"a", "b", "c", "a", "b"}) {
    figures.add(call_at("2026-11-17", agent, "north"));
    figures.add(call_at("2026-11-24", agent[0] == 'c' ? "a" : agent, "north"));  // Two agents.
    figures.add(call_at("2026-11-24", "x", "south"));
  }
  figures.add(call_at("2026-11-30", "a", "north"));  // Out of it.
  const auto& north = figures.groups().at("north");
  EXPECT_FALSE(north.steps[0].too_few());
  EXPECT_TRUE(north.steps[1].too_few());
  EXPECT_EQ(north.all.sums().calls, 10.0);
  EXPECT_TRUE(figures.groups().at("south").all.too_few());
}

TEST(Exposure, TellsShiftsWithoutNames) {
  Exposure exposure;
  for (int day = 10; day < 20; ++day) {
    const std::string date = "2026-11-" + std::to_string(day);
    exposure.add(call_at(date, "a", "north", 60.0 * (day - 9)));
    exposure.add(call_at(date, "b", "north"));
    exposure.add(call_at(date, "c", "north"));
    exposure.add(call_at(date, "x", "south", 600.0));
  }
  const auto shifts = exposure.shifts();
  ASSERT_TRUE(shifts.at("north"));
  EXPECT_EQ(shifts.at("north")->shifts, 30);
  EXPECT_EQ(shifts.at("north")->median_min, 0.0);
  EXPECT_EQ(shifts.at("north")->p90_min, 7.0);
  EXPECT_FALSE(shifts.at("south"));
  EXPECT_EQ(shifts.at(std::nullopt)->agents, 4);
  EXPECT_EQ(exposure.hours()[9].sums().calls, 40.0);
  EXPECT_TRUE(exposure.hours()[8].too_few());
}

std::vector<ScoredValue> ranked(int calls, bool falls) {
  std::vector<ScoredValue> values;
  values.reserve(static_cast<std::size_t>(calls));
  for (int i = 0; i < calls; ++i) {
    values.push_back({std::exp(0.1 * i), falls ? -1.0 * i : 1.0 * (i % 7), i % 5});
  }
  return values;
}

TEST(RankCorrelation, SeesOrderAndNotShape) {
  const auto rho = rank_correlation(ranked(60, true));
  ASSERT_TRUE(rho);
  EXPECT_NEAR(rho->value, -1.0, 1e-5);
  EXPECT_FALSE(rank_correlation(ranked(29, true)));
  const auto none = rank_correlation(ranked(70, false));
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->leaves_out(0.0));
}

TEST(RankCorrelation, GivesTiesTheirMeanRank) {
  // By hand: ranks 1.5 1.5 3 | 4 5 6 and so on, six times over.
  std::vector<ScoredValue> values;
  values.reserve(36);
  for (int i = 0; i < 36; ++i) {
    const int pair = i % 6 / 2;
    values.push_back({static_cast<double>(pair), static_cast<double>(i % 6), i % 4});
  }
  const auto rho = rank_correlation(values);
  ASSERT_TRUE(rho);
  EXPECT_NEAR(rho->value, 0.9562, 1e-3);
}

TEST(RankCorrelation, IntervalHoldsTheTruthOfUnrelatedThings) {
  std::mt19937 random(3);
  std::normal_distribution<double> draw;
  int held = 0;
  constexpr int kSets = 1000;
  for (int set = 0; set < kSets; ++set) {
    std::vector<ScoredValue> values;
    for (int agent = 0; agent < 15; ++agent) {
      const double own_value = draw(random);  // Calls of one agent are alike in both.
      const double own_score = draw(random);
      for (int call = 0; call < 10; ++call) {
        values.push_back({own_value + draw(random), own_score + draw(random), agent});
      }
    }
    held += rank_correlation(std::move(values))->leaves_out(0.0) ? 0 : 1;
  }
  std::printf("coverage: rho of nothing, 15 agents: %.1f %%\n", 0.1 * held);
  EXPECT_GE(held, 930);
  EXPECT_LE(held, 980);
}

TEST(Presence, ComparesScoresWithAndWithoutACue) {
  std::vector<ScoredValue> values;
  for (int i = 0; i < 40; ++i) {
    const bool has = i % 4 == 0;
    values.push_back({has ? 1.0 : 0.0, (has ? 2.0 : 4.0) + 0.1 * (i % 5), i % 5});
  }
  const PresenceFigures figures = presence_of(values);
  EXPECT_EQ(figures.with, 10);
  EXPECT_EQ(figures.without, 30);
  ASSERT_TRUE(figures.difference);
  EXPECT_TRUE(figures.difference->leaves_out(0.0));
  values.resize(12);
  EXPECT_TRUE(presence_of(values).too_few());
}

}  // namespace
}  // namespace tonecue

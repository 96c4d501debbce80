#include "tonecue/cues/site_calibration.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cues/platt_fit.h"
#include "cues/rate_interval.h"

namespace tonecue {
namespace {

constexpr std::int64_t kCallFrames = std::int64_t{36} * kHopsPerSecond;  // A hundred calls an hour.
constexpr std::int64_t kBurstFrame = std::int64_t{12} * kHopsPerSecond;
constexpr std::int64_t kBurstEnd = kBurstFrame + std::int64_t{10} * kHopsPerSecond;
constexpr float kCalmLogOdds = -2.0F;

/// An estimate each half second of speech: calm, but for ten seconds in the middle.
DistressSeries call_with_burst(float log_odds, std::int64_t frames = kCallFrames) {
  DistressSeries series{.call = "made", .frames = frames, .talk_frames = frames};
  for (std::int64_t frame = 49; frame < frames; frame += 50) {
    const bool burst = frame >= kBurstFrame && frame < kBurstEnd;
    series.windows.push_back({frame, probability_of(burst ? log_odds : kCalmLogOdds), 0.5F});
  }
  return series;
}

/// Bursts of every height from calm to certain, as many calls.
std::vector<DistressSeries> site_of(int calls) {
  std::vector<DistressSeries> site;
  site.reserve(static_cast<std::size_t>(calls));
  for (int i = 0; i < calls; ++i) {
    site.push_back(
        call_with_burst(-3.0F + 6.0F * static_cast<float>(i) / static_cast<float>(calls)));
  }
  return site;
}

std::vector<DistressSeries> calm_site(int calls) {
  std::vector<DistressSeries> site(static_cast<std::size_t>(calls), call_with_burst(kCalmLogOdds));
  return site;
}

SiteCalibration fitted(const std::vector<DistressSeries>& site, double wanted_per_hour,
                       const std::vector<ReviewedCue>& reviews = {}) {
  const auto result = fit_site(site, wanted_per_hour, reviews);
  EXPECT_TRUE(result) << result.error().message;
  return result ? *result : SiteCalibration{};
}

int cues_at(const std::vector<DistressSeries>& site, const SiteCalibration& fit,
            float raise_probability) {
  int cues = 0;
  for (const DistressSeries& series : site) {
    DistressConfig config;
    config.scale = fit.scale;
    config.raise_probability = raise_probability;
    config.end_probability = std::min(fit.end_probability, raise_probability);
    cues += static_cast<int>(replay(series, config).size());
  }
  return cues;
}

TEST(SiteReplay, RaisesOneCueForOneBurst) {
  const auto cues = replay(call_with_burst(4.0F), {});
  ASSERT_EQ(cues.size(), 1U);
  EXPECT_EQ(cues[0].kind, CueKind::distress);
  EXPECT_GT(cues[0].raised_at_ms, hops_to_ms(kBurstFrame));
  EXPECT_LT(cues[0].raised_at_ms, hops_to_ms(kBurstFrame) + 6000);
  EXPECT_TRUE(replay(call_with_burst(kCalmLogOdds), {}).empty());
}

TEST(SiteReplay, ReadsTheEstimatesOnTheSitesScale) {
  DistressConfig config;
  config.scale.offset = -4.0F;
  EXPECT_TRUE(replay(call_with_burst(4.0F), config).empty());
  config.scale = {.slope = 0.5F, .offset = 1.0F};
  EXPECT_EQ(replay(call_with_burst(2.0F), config).size(), 1U);
}

TEST(SiteCalibration, TakesTheLeastThresholdThatKeepsToTheWantedRate) {
  const auto site = site_of(100);
  const SiteCalibration fit = fitted(site, 10.0);
  EXPECT_NEAR(fit.hours, 1.0, 1e-6);
  EXPECT_NEAR(fit.talk_hours, 1.0, 1e-6);
  EXPECT_EQ(fit.calls, 100);
  EXPECT_EQ(fit.cues, cues_at(site, fit, fit.raise_probability));
  EXPECT_LE(fit.cues, 9) << "one more would still be within 10 an hour";
  EXPECT_GT(cues_at(site, fit, fit.raise_probability - 0.01F), 9);
  EXPECT_LE(fit.expected_per_hour, 11.0);
  EXPECT_EQ(fit.scale, LogOddsScale{});
}

TEST(SiteCalibration, IsNeverLowerForAStricterWish) {
  const auto site = site_of(100);
  float before = 1.0F;
  for (const double wanted_per_hour : {3.0, 5.0, 10.0, 20.0, 40.0, 60.0}) {
    const SiteCalibration fit = fitted(site, wanted_per_hour);
    EXPECT_LE(fit.raise_probability, before) << wanted_per_hour;
    EXPECT_LE(fit.end_probability, fit.raise_probability);
    before = fit.raise_probability;
  }
  EXPECT_LT(before, 0.6F) << "a site that wants many gets more than the shipped threshold gives";
}

TEST(SiteCalibration, KeepsTheShippedGapBetweenRaiseAndEnd) {
  const SiteCalibration fit = fitted(site_of(100), 5.0);
  const DistressConfig shipped;
  EXPECT_GT(fit.raise_probability, shipped.raise_probability);
  EXPECT_NEAR(log_odds(fit.raise_probability) - log_odds(fit.end_probability),
              log_odds(shipped.raise_probability) - log_odds(shipped.end_probability), 0.03F);
}

TEST(SiteCalibration, SaysWhenTheHoursAreTooFew) {
  const SiteCalibration short_site = fitted(calm_site(5), 10.0);
  EXPECT_FALSE(short_site.enough_hours());
  EXPECT_NEAR(short_site.least_hours, 0.3, 1e-9);
  EXPECT_LT(short_site.certainty, 0.5);
  EXPECT_GT(short_site.high_per_hour, 50.0) << "nothing in 3 minutes says little";
  EXPECT_EQ(short_site.raise_probability, DistressConfig{}.raise_probability)
      << "not lowered on so little";

  const SiteCalibration long_site = fitted(calm_site(40), 10.0);
  EXPECT_TRUE(long_site.enough_hours());
  EXPECT_GT(long_site.certainty, 0.95) << "the rule of three";
  EXPECT_LT(long_site.high_per_hour, 10.0);
  EXPECT_LT(long_site.raise_probability, DistressConfig{}.raise_probability);
}

TEST(SiteCalibration, GoesAboveTheShippedThresholdOnFewHours) {
  const SiteCalibration fit = fitted({call_with_burst(2.5F), call_with_burst(kCalmLogOdds)}, 10.0);
  EXPECT_FALSE(fit.enough_hours());
  EXPECT_GT(fit.raise_probability, 0.8F);
  EXPECT_EQ(fit.cues, 0);
}

TEST(SiteCalibration, GoesAsHighAsItMustWhenEveryCallIsLoud) {
  const SiteCalibration fit = fitted(std::vector<DistressSeries>(50, call_with_burst(9.0F)), 10.0);
  EXPECT_GT(fit.raise_probability, 0.95F);
  EXPECT_EQ(fit.cues, 0);
}

TEST(SiteCalibration, JudgesEachCallByAFitOnTheOthers) {
  // One call alone holds all the cues, so that a fit without it expects none.
  std::vector<DistressSeries> site = calm_site(20);
  site.push_back(call_with_burst(2.0F));
  const SiteCalibration fit = fitted(site, 5.0);
  EXPECT_EQ(fit.cues, 0);
  EXPECT_EQ(fit.cues_left_out, 1);
  EXPECT_GT(fit.expected_per_hour, 0.0);
}

/// Calls of one kind of site: one in three has a burst, the higher the rarer.
std::vector<DistressSeries> drawn_site(int calls, std::mt19937& random) {
  std::vector<DistressSeries> site;
  const auto share = [&random] { return static_cast<float>(random() % 10'000) / 10'000.0F; };
  for (int i = 0; i < calls; ++i) {
    const bool burst = share() < 1.0F / 3.0F;
    site.push_back(call_with_burst(burst ? -std::log(share() + 1e-4F) : kCalmLogOdds));
  }
  return site;
}

TEST(SiteCalibration, KeepsToTheWantedRateOnCallsThatItDidNotSee) {
  constexpr int kSites = 40;
  constexpr int kUnseenCalls = 200;
  constexpr double kUnseenHours = 2.0;
  std::mt19937 random(7);
  double cues = 0.0;
  int within = 0;
  for (int i = 0; i < kSites; ++i) {
    const SiteCalibration fit = fitted(drawn_site(60, random), 10.0);
    const int unseen = cues_at(drawn_site(kUnseenCalls, random), fit, fit.raise_probability);
    const double per_hour = unseen / kUnseenHours;
    cues += unseen;
    within += per_hour >= fit.low_per_hour && per_hour <= fit.high_per_hour ? 1 : 0;
  }
  EXPECT_LE(cues / (kSites * kUnseenHours), 10.0);
  EXPECT_GE(cues / (kSites * kUnseenHours), 5.0) << "not by asking for far too much";
  EXPECT_GE(within, kSites * 8 / 10) << "an interval of 90 %";
}

TEST(SiteCalibration, LowersTheThresholdWhenReviewersCallItsCuesRight) {
  const auto site = site_of(100);
  std::vector<ReviewedCue> right;
  for (std::size_t i = 80; i < 100; ++i) {
    right.push_back({.call = i, .raised_at_ms = hops_to_ms(kBurstFrame) + 3000, .right = 1});
  }
  const SiteCalibration before = fitted(site, 10.0);
  const SiteCalibration after = fitted(site, 10.0, right);
  EXPECT_EQ(after.reviewed_cues, 20);
  EXPECT_GT(after.scale.offset, 0.0F);
  EXPECT_GT(cues_at(site, after, after.raise_probability),
            cues_at(site, before, before.raise_probability));
  EXPECT_LE(after.cues, 9) << "what was right is no false alarm";
}

TEST(SiteCalibration, RaisesFewerCuesWhenReviewersCallThemWrong) {
  const auto site = site_of(100);
  std::vector<ReviewedCue> wrong;
  for (std::size_t i = 80; i < 100; ++i) {
    wrong.push_back({.call = i, .raised_at_ms = hops_to_ms(kBurstFrame) + 3000, .wrong = 2});
  }
  const SiteCalibration before = fitted(site, 20.0);
  const SiteCalibration after = fitted(site, 20.0, wrong);
  EXPECT_LT(log_odds(0.9F) * after.scale.slope + after.scale.offset, log_odds(0.9F));
  EXPECT_GE(after.raise_probability, 0.5F);
  EXPECT_LT(cues_at(site, after, after.raise_probability),
            cues_at(site, before, before.raise_probability));
}

TEST(SiteCalibration, LearnsNothingFromReviewersWhoWereUnsure) {
  const auto site = site_of(100);
  const SiteCalibration fit =
      fitted(site, 10.0, {{.call = 99, .raised_at_ms = hops_to_ms(kBurstFrame) + 3000}});
  EXPECT_EQ(fit.reviewed_cues, 0);
  EXPECT_EQ(fit.scale, LogOddsScale{});
  EXPECT_EQ(fit.raise_probability, fitted(site, 10.0).raise_probability);
}

TEST(SiteCalibration, GivesTheSameForTheSameCalls) {
  const auto site = site_of(40);
  const SiteCalibration a = fitted(site, 10.0);
  const SiteCalibration b = fitted(site, 10.0);
  EXPECT_EQ(a.low_per_hour, b.low_per_hour);
  EXPECT_EQ(a.high_per_hour, b.high_per_hour);
  EXPECT_EQ(a.certainty, b.certainty);
}

TEST(SiteCalibration, RefusesWhatCannotBeFitted) {
  EXPECT_FALSE(fit_site({}, 1.0));
  const auto site = calm_site(2);
  for (const double wanted : {0.0, -1.0, 61.0, std::nan("")}) {
    EXPECT_FALSE(fit_site(site, wanted)) << wanted;
  }
}

TEST(RateInterval, KnowsThatNoneInThreeHoursIsAtMostOneAnHour) {
  const std::vector<Counted> none(30, {0, 0.1});
  const RateInterval rate = rate_interval(none);
  EXPECT_EQ(rate.per_hour, 0.0);
  EXPECT_EQ(rate.low_per_hour, 0.0);
  EXPECT_NEAR(rate.high_per_hour, 1.0, 0.01);
  EXPECT_NEAR(certainty_at_most(1.0, none), 0.95, 0.01);
}

TEST(RateInterval, IsPoissonsWhereEventsComeByThemselves) {
  std::vector<Counted> calls(1000, {0, 0.1});
  for (std::size_t i = 0; i < calls.size(); i += 10) calls[i].events = 1;
  const RateInterval rate = rate_interval(calls);
  EXPECT_NEAR(rate.per_hour, 1.0, 1e-9);
  EXPECT_NEAR(rate.low_per_hour, 0.84, 0.02);  // The 5 % and 95 % of Poisson with 100 events.
  EXPECT_NEAR(rate.high_per_hour, 1.18, 0.02);
  EXPECT_NEAR(rate.clump, 1.0, 0.1);
}

TEST(RateInterval, IsWiderWhereTheyComeInClumps) {
  std::vector<Counted> calls(1000, {0, 0.1});
  for (std::size_t i = 0; i < calls.size(); i += 100) calls[i].events = 10;
  const RateInterval rate = rate_interval(calls);
  EXPECT_NEAR(rate.per_hour, 1.0, 1e-9);
  EXPECT_LT(rate.low_per_hour, 0.6);
  EXPECT_GT(rate.high_per_hour, 1.4);
  EXPECT_NEAR(rate.clump, 10.0, 1.0);
}

TEST(PlattFit, StaysAsShippedWithoutAnswers) { EXPECT_EQ(fit_scale({}), LogOddsScale{}); }

TEST(PlattFit, MovesLittleOnOneAnswerAndFarOnMany) {
  const Judged wrong{1.5F, 0.0F};
  const LogOddsScale one = fit_scale(std::vector<Judged>(1, wrong));
  const LogOddsScale many = fit_scale(std::vector<Judged>(200, wrong));
  const auto at = [](const LogOddsScale& scale) { return 1.5F * scale.slope + scale.offset; };
  EXPECT_LT(at(one), 1.5F);
  EXPECT_GT(at(one), 0.0F) << "one wrong cue does not turn the model round";
  EXPECT_LT(at(many), -2.0F);
}

TEST(PlattFit, FindsTheLogisticThatMadeTheAnswers) {
  std::vector<Judged> answers;
  for (int i = 0; i < 4000; ++i) {
    const float log_odds = -3.0F + 6.0F * static_cast<float>(i) / 4000.0F;
    answers.push_back({log_odds, probability_of(1.3F * log_odds - 0.8F)});
  }
  const LogOddsScale scale = fit_scale(answers);
  EXPECT_NEAR(scale.slope, 1.3F, 0.03F);
  EXPECT_NEAR(scale.offset, -0.8F, 0.03F);
}

TEST(LogOddsScale, LeavesProbabilitiesAloneByDefault) {
  for (const float probability : {0.0F, 1e-7F, 0.25F, 0.7310586F, 1.0F}) {
    EXPECT_EQ(rescaled(probability, {}), probability);
  }
}

TEST(LogOddsScale, StretchesAndShiftsTheLogOdds) {
  EXPECT_NEAR(rescaled(0.7310586F, {.slope = 2.0F, .offset = -1.0F}), probability_of(1.0F), 1e-4F);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/cues/site_calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numeric>

#include "cues/platt_fit.h"
#include "cues/rate_interval.h"
#include "tonecue/core/range.h"
#include "tonecue/cues/distress_detector.h"

namespace tonecue {
namespace {

// The rule of three: no event in 3 / r hours leaves a chance of 5 % that the rate is above r.
constexpr double kRuleOfThree = 3.0;

// The interval of 95 % of n independent events is about 2 / sqrt(n) of them to either side.
constexpr double kEventsForAHalf = 16.0;

// An alert should be more likely right than wrong, once reviewers have said what right is.
constexpr float kLeastReviewedProbability = 0.5F;

// A right cue and one replayed at another threshold are the same moment when they touch.
constexpr std::int64_t kSameMomentMs = 5000;

// As in the detector: no window counts for more.
constexpr float kMostLogOdds = 4.6F;

// Of the averages of a pool; far above what a float leaves off.
constexpr float kRounding = 0.01F;

/// Raise probabilities in steps of a hundredth, low to high.
constexpr int kLeastPercent = 30;
constexpr std::size_t kThresholds = 70;

float probability_at(std::size_t threshold) {
  return static_cast<float>(kLeastPercent + static_cast<int>(threshold)) / 100.0F;
}

/// Cues of one call at each threshold.
using Counts = std::array<int, kThresholds>;

/// The pair of thresholds, the second as far below the first as shipped.
DistressConfig at_threshold(std::size_t threshold, const DistressConfig& shipped,
                            const LogOddsScale& scale) {
  DistressConfig config = shipped;
  config.scale = scale;
  config.raise_probability = probability_at(threshold);
  const float gap = log_odds(shipped.raise_probability) - log_odds(shipped.end_probability);
  const float end = probability_of(log_odds(config.raise_probability) - gap);
  config.end_probability = std::clamp(std::round(1000.0F * end) / 1000.0F, kLeastEndProbability,
                                      config.raise_probability);
  return config;
}

/// Where reviewers agreed that the customer was upset.
class RightMoments {
 public:
  RightMoments(std::span<const ReviewedCue> reviews, std::size_t call) {
    for (const ReviewedCue& review : reviews) {
      if (review.call == call && review.right > review.wrong) {
        raised_at_ms_.push_back(review.raised_at_ms);
      }
    }
  }

  bool holds(const Cue& cue) const {
    return std::any_of(raised_at_ms_.begin(), raised_at_ms_.end(), [&](std::int64_t at_ms) {
      return at_ms >= cue.start_ms - kSameMomentMs &&
             at_ms <= std::max(cue.end_ms, cue.raised_at_ms) + kSameMomentMs;
    });
  }

 private:
  std::vector<std::int64_t> raised_at_ms_;
};

/// Estimates are pooled by averaging, so no pool is above the highest of them.
float highest_log_odds(const DistressSeries& series, const LogOddsScale& scale) {
  float highest = -kMostLogOdds;
  for (const DistressSeries::Window& window : series.windows) {
    highest = std::max(highest, scale.slope * log_odds(window.agitated) + scale.offset);
  }
  return highest;
}

Counts count_cues(const DistressSeries& series, const RightMoments& right,
                  const DistressConfig& shipped, const LogOddsScale& scale) {
  Counts counts{};
  const float highest = highest_log_odds(series, scale);
  for (std::size_t t = 0; t < kThresholds; ++t) {
    if (highest < log_odds(probability_at(t)) - kRounding) break;
    const std::vector<Cue> cues = replay(series, at_threshold(t, shipped, scale));
    counts[t] = static_cast<int>(
        std::count_if(cues.begin(), cues.end(), [&](const Cue& cue) { return !right.holds(cue); }));
  }
  return counts;
}

/// Chooses a threshold from what some calls had in all.
struct Chooser {
  double wanted_per_hour;
  std::size_t least;    ///< With enough hours.
  std::size_t shipped;  ///< Never under it with fewer.

  std::size_t operator()(const Counts& total, double hours) const {
    // One more would still be within the wanted rate.
    const int most = std::max(0, static_cast<int>(std::floor(wanted_per_hour * hours)) - 1);
    const std::size_t floor =
        hours * wanted_per_hour >= kRuleOfThree ? least : std::max(least, shipped);
    // From above, as a higher threshold can by chance give more cues: one long cue falls in two.
    std::size_t threshold = kThresholds;
    while (threshold > floor && total[threshold - 1] <= most) --threshold;
    return std::min(threshold, kThresholds - 1);
  }
};

std::size_t index_of(float probability) {
  const auto percent = static_cast<int>(std::ceil(100.0F * probability - 0.001F));
  return static_cast<std::size_t>(
      std::clamp(percent - kLeastPercent, 0, static_cast<int>(kThresholds) - 1));
}

/// The estimates about a reviewed cue as one; call can_learn_from() first.
float log_odds_about(const DistressSeries& series, std::int64_t raised_at_ms) {
  float sum = 0.0F;
  int windows = 0;
  for (const DistressSeries::Window& window : series.windows) {
    if (std::abs(hops_to_ms(window.frame) - raised_at_ms) > kReviewedMs) continue;
    sum += std::clamp(log_odds(window.agitated), -kMostLogOdds, kMostLogOdds);
    ++windows;
  }
  return windows == 0 ? 0.0F : sum / static_cast<float>(windows);
}

std::vector<Judged> judged(std::span<const DistressSeries> series,
                           std::span<const ReviewedCue> reviews) {
  std::vector<Judged> answers;
  for (const ReviewedCue& review : reviews) {
    const int decided = review.right + review.wrong;
    const DistressSeries& call = series[review.call];
    if (decided == 0 || !can_learn_from(call, review.raised_at_ms)) continue;
    answers.push_back({log_odds_about(call, review.raised_at_ms),
                       static_cast<float>(review.right) / static_cast<float>(decided)});
  }
  return answers;
}

Counts less(Counts total, const Counts& call) {
  std::transform(total.begin(), total.end(), call.begin(), total.begin(), std::minus<>{});
  return total;
}

/// What each call has at the threshold that the other calls choose.
std::vector<Counted> counted_left_out(std::span<const DistressSeries> series,
                                      std::span<const Counts> counts, const Counts& total,
                                      double hours, const Chooser& choose) {
  std::vector<Counted> counted;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double own_hours = series[i].hours();
    const std::size_t threshold = choose(less(total, counts[i]), hours - own_hours);
    counted.push_back({counts[i][threshold], own_hours});
  }
  return counted;
}

int events(std::span<const Counted> counted) {
  return std::accumulate(counted.begin(), counted.end(), 0,
                         [](int sum, const Counted& call) { return sum + call.events; });
}

/// From the calls as they are or each left out, whichever has more: fewer calls may by their
/// rounding choose a higher threshold than all do.
void tell_rate(std::span<const Counted> seen, std::span<const Counted> left_out,
               SiteCalibration& site) {
  site.cues = events(seen);
  site.cues_left_out = events(left_out);
  const auto counted = site.cues > site.cues_left_out ? seen : left_out;
  const RateInterval rate = rate_interval(counted);
  site.expected_per_hour = rate.per_hour;
  site.low_per_hour = rate.low_per_hour;
  site.high_per_hour = rate.high_per_hour;
  site.certainty = certainty_at_most(site.wanted_per_hour, counted);
  site.good_hours = kEventsForAHalf * rate.clump / site.wanted_per_hour;
}

}  // namespace

std::vector<Cue> replay(const DistressSeries& series, const DistressConfig& config) {
  std::vector<Cue> cues;
  DistressDetector detector(config);
  CueChanges changes;
  bool holds = false;
  auto next = series.windows.begin();
  TurnFrame turn;
  for (turn.index = 0; turn.index < series.frames; ++turn.index) {
    std::optional<DistressEstimate> estimate;
    if (next != series.windows.end() && next->frame == turn.index) {
      estimate.emplace();
      estimate->state = DistressState::ok;
      estimate->agitated = rescaled(next->agitated, config.scale);
      estimate->speech_s = next->speech_s;
      ++next;
    }
    detector.process(estimate, turn, changes);
    for (const CueChange& change : changes) {
      holds = change.phase == CuePhase::raised;
      if (holds) {
        cues.push_back(change.cue);
      } else {
        cues.back() = change.cue;
      }
    }
    changes.clear();
  }
  if (holds) cues.back().end_ms = hops_to_ms(series.frames);
  return cues;
}

bool can_learn_from(const DistressSeries& series, std::int64_t raised_at_ms) noexcept {
  return std::any_of(series.windows.begin(), series.windows.end(),
                     [raised_at_ms](const DistressSeries::Window& window) {
                       return std::abs(hops_to_ms(window.frame) - raised_at_ms) <= kReviewedMs;
                     });
}

Result<SiteCalibration> fit_site(std::span<const DistressSeries> series, double wanted_per_hour,
                                 std::span<const ReviewedCue> reviews,
                                 const DistressConfig& shipped) {
  if (auto ok = expect_in_range(wanted_per_hour, kLeastWantedPerHour, kMostWantedPerHour,
                                "the number of alerts an hour");
      !ok) {
    return tl::unexpected(ok.error());
  }
  SiteCalibration site;
  site.wanted_per_hour = wanted_per_hour;
  for (const DistressSeries& call : series) {
    site.hours += call.hours();
    site.talk_hours += call.talk_hours();
  }
  if (site.hours <= 0.0) {
    return failure(ErrorCode::invalid_argument, "there is no call to calibrate on");
  }
  site.calls = static_cast<int>(series.size());
  site.least_hours = kRuleOfThree / wanted_per_hour;

  const std::vector<Judged> answers = judged(series, reviews);
  site.reviewed_cues = static_cast<int>(answers.size());
  site.scale = fit_scale(answers);

  std::vector<Counts> counts;
  Counts total{};
  for (std::size_t i = 0; i < series.size(); ++i) {
    counts.push_back(count_cues(series[i], RightMoments(reviews, i), shipped, site.scale));
    std::transform(total.begin(), total.end(), counts[i].begin(), total.begin(), std::plus<>{});
  }
  const Chooser choose{wanted_per_hour, answers.empty() ? 0 : index_of(kLeastReviewedProbability),
                       index_of(shipped.raise_probability)};
  const std::size_t threshold = choose(total, site.hours);
  const DistressConfig fitted = at_threshold(threshold, shipped, site.scale);
  site.raise_probability = fitted.raise_probability;
  site.end_probability = fitted.end_probability;
  std::vector<Counted> seen;
  for (std::size_t i = 0; i < series.size(); ++i) {
    seen.push_back({counts[i][threshold], series[i].hours()});
  }
  // One call alone leaves nothing to fit on.
  const auto left_out =
      series.size() == 1 ? seen : counted_left_out(series, counts, total, site.hours, choose);
  tell_rate(seen, left_out, site);
  return site;
}

}  // namespace tonecue

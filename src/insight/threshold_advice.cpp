#include "tonecue/insight/threshold_advice.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tonecue/insight/agreement.h"

namespace tonecue {
namespace {

constexpr int kSteps = 50;          // Of [0, 1]: thresholds are two digits wide.
constexpr double kMostLost = 0.1;   // Of the right ones.
constexpr double kRounding = 1e-6;  // A confidence of 0.6 may be kept as 0.59999996.
constexpr double kHighest = 0.98;   // What a configuration takes, to a step.

bool kept(float confidence, double threshold) {
  return static_cast<double>(confidence) >= threshold - kRounding;
}

}  // namespace

ThresholdFigures threshold_figures(std::span<const float> confidences,
                                   std::span<const JudgedCue> judged) {
  ThresholdFigures figures{.cues = static_cast<int>(confidences.size())};
  std::vector<float> right;
  std::vector<float> wrong;
  for (const JudgedCue& cue : judged) {
    const CueVerdict verdict = verdict_of(cue);
    if (verdict == CueVerdict::right) right.push_back(cue.confidence);
    if (verdict == CueVerdict::wrong) wrong.push_back(cue.confidence);
    if (verdict == CueVerdict::unsure) ++figures.unsure;
  }
  figures.right = static_cast<int>(right.size());
  figures.wrong = static_cast<int>(wrong.size());
  if (confidences.empty()) return figures;
  const auto [least, most] = std::ranges::minmax(confidences);
  const auto at_least = [](std::span<const float> values, double threshold) {
    return static_cast<int>(
        std::ranges::count_if(values, [&](float value) { return kept(value, threshold); }));
  };
  for (int i = static_cast<int>(std::floor(least * kSteps + 1e-4F)); i <= kSteps; ++i) {
    const double threshold = static_cast<double>(i) / kSteps;
    if (threshold > kHighest || !kept(most, threshold)) break;
    const ThresholdStep step{.threshold = threshold,
                             .cues_kept = at_least(confidences, threshold),
                             .right_kept = at_least(right, threshold),
                             .wrong_dropped = figures.wrong - at_least(wrong, threshold)};
    figures.steps.push_back(step);
    const int lost = figures.right - step.right_kept;
    if (figures.too_few() || figures.right == 0 || step.wrong_dropped == 0) continue;
    if (lost > kMostLost * figures.right) continue;
    figures.advice = ThresholdAdvice{.threshold = threshold,
                                     .fewer = wilson(figures.cues - step.cues_kept, figures.cues),
                                     .right_lost = lost,
                                     .lost_share = wilson(lost, figures.right),
                                     .wrong_dropped = step.wrong_dropped};
  }
  return figures;
}

std::string threshold_sentence(const ThresholdFigures& figures) {
  if (figures.too_few()) {
    return fmt::format("{} verdicts say right or wrong; from {} on there is advice",
                       figures.right + figures.wrong, kLeastVerdicts);
  }
  if (!figures.advice) {
    return "no higher threshold drops wrong ones without losing more than one in ten right ones";
  }
  const ThresholdAdvice& advice = *figures.advice;
  constexpr double kPercent = 100.0;
  return fmt::format(
      "at {:.2f} you would have had {:.0f} % fewer alerts and lost {} of {} right ones; at other "
      "calls expect {:.0f} to {:.0f} % fewer, and {:.0f} to {:.0f} % of the right ones lost",
      advice.threshold, kPercent * advice.fewer.value, advice.right_lost, figures.right,
      kPercent * advice.fewer.low, kPercent * advice.fewer.high, kPercent * advice.lost_share.low,
      kPercent * advice.lost_share.high);
}

}  // namespace tonecue

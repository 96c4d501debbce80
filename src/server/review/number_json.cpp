#include "number_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kHourS = 3600.0;
constexpr double kMinuteS = 60.0;
constexpr int kOneAgent = 1;

void add_measures(Json& json, const CallGroup& group) {
  const CallSums& sums = group.sums();
  const auto measure = [&](Measure one) {
    json[std::string(name(one))] = figure_json(value_of(one, sums));
  };
  json["hours"] = figure_json(sums.duration_s / kHourS);
  json["customer_speech_h"] = figure_json(sums.customer_talk_s / kHourS);
  measure(Measure::interruptions_per_h);
  measure(Measure::interruptions_by_customer_per_h);
  json["distress_min"] = figure_json(sums.distress_s / kMinuteS);
  measure(Measure::distress_min_per_h);
  measure(Measure::distress_share);
  measure(Measure::recovered_share);
  json["time_to_calm_s"] = figure_json(group.median_calm_s());
  measure(Measure::silence_share);
  measure(Measure::overtalk_share);
  measure(Measure::agent_talk_share);
  measure(Measure::alerts_per_h);
  const CallSums::Conduct& conduct = sums.conduct;
  const double answered = conduct.helpful + conduct.not_now + conduct.wrong;
  const auto count = [](double number) { return std::llround(number); };
  json["answers"] = {{"helpful", count(conduct.helpful)},
                     {"not_now", count(conduct.not_now)},
                     {"wrong", count(conduct.wrong)},
                     {"none", count(conduct.alerts - answered)}};
}

void add(Json& json, const CallGroup& group, int least_agents) {
  const bool too_few = group.too_few(least_agents);
  json["too_few"] = too_few;
  if (too_few) return;
  json["calls"] = std::llround(group.sums().calls);
  if (least_agents > kOneAgent) json["agents"] = group.agents();
  add_measures(json, group);
}

}  // namespace

NumberStore numbers_of(ReviewDesk& desk) {
  NumberStore numbers(desk.store);
  numbers.set_agent_first_h(desk.config.agent_first_h);
  return numbers;
}

Json figure_json(std::optional<double> value) {
  constexpr int kDecimals = 4;
  if (!value || !std::isfinite(*value)) return {};
  return rounded(*value, kDecimals) + 0.0;  // No "-0.0".
}

void add_bounds(Json& json, const std::optional<Estimate>& estimate) {
  json["low"] = estimate ? figure_json(estimate->low) : Json();
  json["high"] = estimate ? figure_json(estimate->high) : Json();
}

Json days_json(const DaySpan& days) {
  return {{"from", day_text(days.from)}, {"to", day_text(days.to)}};
}

void add_figures(Json& json, const CallGroup& group) { add(json, group, kLeastAgents); }

void add_own_figures(Json& json, const CallGroup& group) { add(json, group, kOneAgent); }

Json least_json() { return {{"calls", kLeastCalls}, {"agents", kLeastAgents}}; }

}  // namespace tonecue

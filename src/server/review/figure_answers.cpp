#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "number_answers.h"
#include "number_json.h"
#include "number_query.h"
#include "review_reply.h"
#include "tonecue/insight/exposure.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kNotFound = 404;
constexpr std::size_t kMostSteps = 400;
constexpr std::int64_t kExposureDays = 28;
constexpr std::int64_t kMostExposureDays = 400;

constexpr std::array<std::string_view, 6> kFigureKeys = {"from",  "to",   "team",
                                                         "queue", "step", "by"};
constexpr std::array<std::string_view, 2> kDayKeys = {"from", "to"};

Json head_of(const DaySpan& days) {
  Json json = days_json(days);
  json["zone"] = LocalCalendar::zone_of(days.to);
  return json;
}

Json step_json(const GroupedFigures& figures, std::size_t step) {
  return days_json({figures.begins()[step], figures.begins()[step + 1]});
}

Result<GroupedFigures> count(ReviewDesk& desk, const Scope& scope, const NumberQuestion& question,
                             CalendarStep step, GroupBy by) {
  const auto& days = question.days;
  std::vector<LocalDay> begins = steps_between(days.from, days.to, step);
  if (begins.size() - 1 > kMostSteps) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("that is more than {} steps; take longer ones", kMostSteps));
  }
  GroupedFigures figures(std::move(begins), by);
  if (auto ok = numbers_of(desk).each_call(scope, question.filter(days),
                                           [&](const CallNumbers& call) { figures.add(call); });
      !ok) {
    return tl::unexpected(ok.error());
  }
  return figures;
}

// Of one agent: the newest week that has enough calls, and those before it.
void add_latest(Json& json, const GroupedFigures& figures) {
  json["latest"] = nullptr;
  json["usual"] = nullptr;
  if (figures.groups().empty()) return;
  const auto& steps = figures.groups().begin()->second.steps;
  constexpr int kOneAgent = 1;
  std::size_t latest = steps.size();
  while (latest > 0 && steps[latest - 1].too_few(kOneAgent)) --latest;
  if (latest == 0) return;
  json["latest"] = step_json(figures, latest - 1);
  add_own_figures(json["latest"], steps[latest - 1]);
  CallGroup before;
  for (std::size_t step = 0; step + 1 < latest; ++step) before += steps[step];
  if (before.too_few(kOneAgent)) return;
  json["usual"] = Json::object();
  add_own_figures(json["usual"], before);
}

}  // namespace

HttpReply tell_figures(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question = read_number_question(request.http.query, kFigureKeys, request.now_unix_ms);
  if (!question) return failure_reply(desk, question.error());
  const auto figures = count(desk, request.viewer.scope, *question, question->step, question->by);
  if (!figures) return failure_reply(desk, figures.error());
  Json groups = Json::array();
  for (const auto& [group_name, group] : figures->groups()) {
    Json all = Json::object();
    add_figures(all, group.all);
    Json steps = Json::array();
    for (std::size_t i = 0; i < group.steps.size(); ++i) {
      Json step = step_json(*figures, i);
      add_figures(step, group.steps[i]);
      steps.push_back(std::move(step));
    }
    groups.push_back({{"name", group_name}, {"all", std::move(all)}, {"steps", std::move(steps)}});
  }
  Json json = head_of(question->days);
  json["step"] = name(question->step);
  json["by"] = name(question->by);
  json["least"] = least_json();
  json["groups"] = std::move(groups);
  return json_reply(json);
}

HttpReply tell_own_figures(ReviewDesk& desk, const ReviewRequest& request) {
  if (!request.viewer.person || request.viewer.person->agent.empty()) {
    return error_reply(kNotFound, "there are no calls of yours: you have no agent's name here");
  }
  const auto question = read_number_question(request.http.query, kDayKeys, request.now_unix_ms);
  if (!question) return failure_reply(desk, question.error());
  const Scope own{.reach = Scope::Reach::own, .agent = request.viewer.person->agent};
  const auto figures = count(desk, own, *question, CalendarStep::week, GroupBy::none);
  if (!figures) return failure_reply(desk, figures.error());
  const CallGroup nothing;
  Json weeks = Json::array();
  for (std::size_t i = 0; i + 1 < figures->begins().size(); ++i) {
    Json week = step_json(*figures, i);
    const bool none = figures->groups().empty();
    add_own_figures(week, none ? nothing : figures->groups().begin()->second.steps[i]);
    weeks.push_back(std::move(week));
  }
  Json json = head_of(question->days);
  json["least"] = {{"calls", kLeastCalls}};
  json["weeks"] = std::move(weeks);
  add_latest(json, *figures);
  return json_reply(json);
}

namespace {

Json exposure_of(const CallGroup& group) {
  constexpr double kMinuteS = 60.0;
  const CallSums& sums = group.sums();
  return {{"too_few", false},
          {"calls", std::llround(sums.calls)},
          {"distress_calls", std::llround(sums.distressed)},
          {"distress_min", figure_json(sums.distress_s / kMinuteS)}};
}

Json exposure_days(const Exposure& exposure) {
  Json days = Json::array();
  for (const auto& [key, group] : exposure.days()) {
    Json row = {{"day", day_text(key.first)}, {"team", key.second}};
    row.update(group.too_few() ? Json{{"too_few", true}} : exposure_of(group));
    days.push_back(std::move(row));
  }
  return days;
}

Json exposure_hours(const Exposure& exposure) {
  Json hours = Json::array();
  for (std::size_t hour = 0; hour < Exposure::kHours; ++hour) {
    const CallGroup& group = exposure.hours()[hour];
    Json row = {{"hour", hour}};
    row.update(group.too_few() ? Json{{"too_few", true}} : exposure_of(group));
    if (!group.too_few()) {
      row["distress_min_per_h"] = figure_json(value_of(Measure::distress_min_per_h, group.sums()));
    }
    hours.push_back(std::move(row));
  }
  return hours;
}

Json exposure_shifts(const Exposure& exposure) {
  Json rows = Json::array();
  for (const auto& [team, figures] : exposure.shifts()) {
    Json row = {{"team", team ? Json(*team) : Json()}, {"too_few", !figures.has_value()}};
    if (figures) {
      row["agents"] = figures->agents;
      row["shifts"] = figures->shifts;
      row["median_min"] = figure_json(figures->median_min);
      row["p90_min"] = figure_json(figures->p90_min);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

HttpReply tell_exposure(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question =
      read_number_question(request.http.query, kDayKeys, request.now_unix_ms, kExposureDays);
  if (!question) return failure_reply(desk, question.error());
  if (question->days.to - question->days.from > kMostExposureDays) {
    return failure_reply(desk, {ErrorCode::invalid_argument,
                                fmt::format("ask for at most {} days", kMostExposureDays)});
  }
  Exposure exposure;
  if (const auto ok =
          numbers_of(desk).each_call(request.viewer.scope, question->filter(question->days),
                                     [&](const CallNumbers& call) { exposure.add(call); });
      !ok) {
    return failure_reply(desk, ok.error());
  }
  Json json = head_of(question->days);
  json["least"] = least_json();
  json["days"] = exposure_days(exposure);
  json["hours"] = exposure_hours(exposure);
  json["shifts"] = exposure_shifts(exposure);
  return json_reply(json);
}

}  // namespace tonecue

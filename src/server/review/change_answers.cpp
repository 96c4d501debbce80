#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "number_answers.h"
#include "number_json.h"
#include "number_query.h"
#include "review_reply.h"
#include "tonecue/insight/change.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kKeys = {"on", "days", "team", "queue"};

constexpr std::string_view kNote =
    "these are many questions at once: of all measures, one in twenty shows a difference by "
    "chance; "
    "choose the one that matters before looking";

// The calls of some teams, before and after.
class Sides {
 public:
  void add(const CallNumbers& call, bool after) {
    const auto [agent, is_new] = numbers_.try_emplace(std::string(call.agent), agents_.size());
    if (is_new) agents_.emplace_back();
    AgentSides& sides = agents_[agent->second];
    (after ? sides.after : sides.before).add(call);
    (after ? after_ : before_).add(call, static_cast<int>(agent->second));
  }

  const std::vector<AgentSides>& agents() const noexcept { return agents_; }
  const CallGroup& before() const noexcept { return before_; }
  const CallGroup& after() const noexcept { return after_; }
  bool too_few() const noexcept { return before_.too_few() || after_.too_few(); }

 private:
  std::map<std::string, std::size_t, std::less<>> numbers_{};
  std::vector<AgentSides> agents_{};
  CallGroup before_{};
  CallGroup after_{};
};

bool is_one_of(const std::vector<std::string>& some, std::string_view one) {
  return std::ranges::find(some, one) != some.end();
}

// Those chosen, and the others in scope, whose change in the same time they are held against.
struct Compared {
  Sides chosen{};
  Sides others{};
};

Result<Compared> count(ReviewDesk& desk, const Scope& scope, const NumberQuestion& question,
                       const DaySpan& before, const DaySpan& after) {
  NumberQuestion wider = question;
  const bool by_team = !question.teams.empty();
  (by_team ? wider.teams : wider.queues).clear();
  const std::int64_t on_unix_ms = LocalCalendar::begin_of(after.from);
  Compared compared;
  const auto visit = [&](const CallNumbers& call) {
    const auto& chosen = by_team ? question.teams : question.queues;
    const bool is_chosen = chosen.empty() || is_one_of(chosen, by_team ? call.team : call.queue);
    (is_chosen ? compared.chosen : compared.others).add(call, call.started_unix_ms >= on_unix_ms);
  };
  const DaySpan both{before.from, after.to};
  if (auto ok = numbers_of(desk).each_call(scope, wider.filter(both), visit); !ok) {
    return tl::unexpected(ok.error());
  }
  return compared;
}

Json side_json(const DaySpan& days, const CallGroup& group, bool too_few) {
  Json json = days_json(days);
  if (too_few) return json;
  json["calls"] = std::llround(group.sums().calls);
  json["agents"] = group.agents();
  return json;
}

Json counts_json(const CallGroup& group) {
  return {{"calls", std::llround(group.sums().calls)}, {"agents", group.agents()}};
}

void add_difference(Json& json, std::optional<double> difference,
                    const std::optional<Estimate>& estimate) {
  json["difference"] = figure_json(difference);
  add_bounds(json, estimate);
  json["shown"] = estimate && estimate->leaves_out(0.0);
}

// What changed beyond what changed elsewhere.
Json beyond_json(Measure measure, const MeasuredChange& here, const MeasuredChange& elsewhere) {
  if (!here.spread || !elsewhere.spread) return {};
  const Estimate beyond = interval_of(difference(*here.spread, *elsewhere.spread));
  Json json = Json::object();
  add_difference(json, beyond.value, beyond);
  json["sentence"] = beyond_sentence(measure, beyond);
  return json;
}

Json measure_json(Measure measure, const Compared& compared) {
  const MeasuredChange here = change_of(measure, compared.chosen.agents());
  std::optional<Estimate> estimate;
  if (here.spread) estimate = interval_of(*here.spread);
  Json json = {{"name", name(measure)},
               {"unit", name(unit_of(measure))},
               {"before", figure_json(here.before)},
               {"after", figure_json(here.after)}};
  add_difference(json, here.difference, estimate);
  json["agents"] = here.agents;
  json["sentence"] = change_sentence(measure, here);
  json["others"] = nullptr;
  json["beyond_others"] = nullptr;
  if (compared.others.too_few()) return json;
  const MeasuredChange elsewhere = change_of(measure, compared.others.agents());
  json["others"] = {{"before", figure_json(elsewhere.before)},
                    {"after", figure_json(elsewhere.after)},
                    {"difference", figure_json(elsewhere.difference)}};
  json["beyond_others"] = beyond_json(measure, here, elsewhere);
  return json;
}

}  // namespace

HttpReply tell_change(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question = read_number_question(request.http.query, kKeys, request.now_unix_ms);
  if (!question) return failure_reply(desk, question.error());
  if (!question->on) {
    return failure_reply(desk, {ErrorCode::invalid_argument,
                                R"("on" is missing: the day of the change, as 2026-11-22)"});
  }
  const LocalDay on = *question->on;
  const LocalDay tomorrow = LocalCalendar().moment_of(request.now_unix_ms).day + 1;
  const DaySpan before{std::max<LocalDay>(on - question->side_days, 0), on};
  const DaySpan after{on, std::max(on, std::min(on + question->side_days, tomorrow))};
  const auto compared = count(desk, request.viewer.scope, *question, before, after);
  if (!compared) return failure_reply(desk, compared.error());
  const bool too_few = compared->chosen.too_few();
  Json json = {{"on", day_text(on)},
               {"days", question->side_days},
               {"zone", LocalCalendar::zone_of(on)},
               {"least", least_json()},
               {"too_few", too_few},
               {"before", side_json(before, compared->chosen.before(), too_few)},
               {"after", side_json(after, compared->chosen.after(), too_few)}};
  json["others"] = compared->others.too_few()
                       ? Json()
                       : Json{{"before", counts_json(compared->others.before())},
                              {"after", counts_json(compared->others.after())}};
  json["measures"] = Json::array();
  for (int i = 0; i < kMeasures && !too_few; ++i) {
    json["measures"].push_back(measure_json(static_cast<Measure>(i), *compared));
  }
  json["note"] = kNote;
  return json_reply(json);
}

}  // namespace tonecue

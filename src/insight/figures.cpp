#include "tonecue/insight/figures.h"

#include <algorithm>
#include <cmath>

namespace tonecue {

std::optional<double> quantile(std::vector<float>& values, double share) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(
      std::max(std::ceil(share * static_cast<double>(values.size())), 1.0));
  return values[std::min(rank, values.size()) - 1];
}

void CallGroup::add(const CallNumbers& call, int agent) {
  sums_.add(call);
  agents_.insert(agent);
  if (call.calm_s) calm_s_.push_back(*call.calm_s);
}

CallGroup& CallGroup::operator+=(const CallGroup& other) {
  sums_ += other.sums_;
  agents_.insert(other.agents_.begin(), other.agents_.end());
  calm_s_.insert(calm_s_.end(), other.calm_s_.begin(), other.calm_s_.end());
  return *this;
}

std::optional<double> CallGroup::median_calm_s() const {
  constexpr double kHalf = 0.5;
  std::vector<float> sorted = calm_s_;
  return quantile(sorted, kHalf);
}

std::string_view name(GroupBy by) noexcept {
  switch (by) {
    case GroupBy::none:
      return "none";
    case GroupBy::team:
      return "team";
    case GroupBy::queue:
      return "queue";
  }
  return "";
}

std::optional<GroupBy> find_group_by(std::string_view word) noexcept {
  for (const GroupBy by : {GroupBy::none, GroupBy::team, GroupBy::queue}) {
    if (name(by) == word) return by;
  }
  return std::nullopt;
}

void GroupedFigures::add(const CallNumbers& call) {
  const LocalDay day = calendar_.moment_of(call.started_unix_ms).day;
  if (day < begins_.front() || day >= begins_.back()) return;
  const auto step = std::ranges::upper_bound(begins_, day) - begins_.begin() - 1;
  auto agent = agents_.find(call.agent);
  if (agent == agents_.end()) {
    agent = agents_.emplace(call.agent, static_cast<int>(agents_.size())).first;
  }
  const std::string_view key = by_ == GroupBy::team    ? call.team
                               : by_ == GroupBy::queue ? call.queue
                                                       : std::string_view();
  auto group = groups_.find(key);
  if (group == groups_.end()) {
    group = groups_.emplace(key, Group{}).first;
    group->second.steps.resize(begins_.size() - 1);
  }
  group->second.all.add(call, agent->second);
  group->second.steps[static_cast<std::size_t>(step)].add(call, agent->second);
}

}  // namespace tonecue

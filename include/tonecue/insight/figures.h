/// @file
/// Figures of groups of calls, step by step.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/insight/call_sums.h"
#include "tonecue/insight/change.h"
#include "tonecue/insight/local_calendar.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

/// The value that `share` of them do not exceed: nearest rank. Sorts them.
/// @param share  (0, 1]
std::optional<double> quantile(std::vector<float>& values, double share);

/// Calls of one group.
class CallGroup {
 public:
  /// @param agent  A number for each agent's name.
  void add(const CallNumbers& call, int agent);

  CallGroup& operator+=(const CallGroup& other);

  const CallSums& sums() const noexcept { return sums_; }
  int agents() const noexcept { return static_cast<int>(agents_.size()); }
  bool too_few(int least_agents = kLeastAgents) const noexcept {
    return sums_.calls < kLeastCalls || agents() < least_agents;
  }
  std::optional<double> median_calm_s() const;

 private:
  CallSums sums_{};
  std::set<int> agents_{};
  std::vector<float> calm_s_{};
};

/// What is told apart.
enum class GroupBy { none, team, queue };
std::string_view name(GroupBy by) noexcept;
std::optional<GroupBy> find_group_by(std::string_view name) noexcept;

/// Groups over steps of the calendar.
class GroupedFigures {
 public:
  struct Group {
    CallGroup all{};
    std::vector<CallGroup> steps{};
  };

  /// @param begins  steps_between(): each but the last begins a step.
  GroupedFigures(std::vector<LocalDay> begins, GroupBy by) : begins_(std::move(begins)), by_(by) {}

  /// Out of the days: not counted.
  void add(const CallNumbers& call);

  const std::vector<LocalDay>& begins() const noexcept { return begins_; }
  const std::map<std::string, Group, std::less<>>& groups() const noexcept { return groups_; }

 private:
  std::vector<LocalDay> begins_;
  GroupBy by_;
  LocalCalendar calendar_{};
  std::map<std::string, int, std::less<>> agents_{};
  std::map<std::string, Group, std::less<>> groups_{};
};

}  // namespace tonecue

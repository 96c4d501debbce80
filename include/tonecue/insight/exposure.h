/// @file
/// How much of their day people spend with distressed callers, so that breaks can be planned.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tonecue/insight/figures.h"
#include "tonecue/insight/local_calendar.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

/// Minutes of distress over the shifts of some agents, who have no names here.
struct ShiftFigures {
  int agents = 0;
  int shifts = 0;
  double median_min = 0.0;
  double p90_min = 0.0;
};

/// A shift is one agent's calls of one day.
class Exposure {
 public:
  static constexpr std::size_t kHours = 24;

  void add(const CallNumbers& call);

  const std::map<std::pair<LocalDay, std::string>, CallGroup>& days() const noexcept {
    return days_;  ///< By day and team.
  }
  const std::array<CallGroup, kHours>& hours() const noexcept { return hours_; }

  /// By team; empty: too few agents or calls. All of them under no name.
  std::map<std::optional<std::string>, std::optional<ShiftFigures>> shifts() const;

 private:
  struct Shift {
    float distress_min = 0.0F;
    int calls = 0;
  };

  LocalCalendar calendar_{};
  std::map<std::string, int, std::less<>> agents_{};
  std::map<std::pair<LocalDay, std::string>, CallGroup> days_{};
  std::array<CallGroup, kHours> hours_{};
  std::map<std::string, std::map<std::pair<int, LocalDay>, Shift>> shifts_{};  // By team.
};

}  // namespace tonecue

/// @file
/// What a query asks of figures over many calls.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/cues/cue.h"
#include "tonecue/insight/figures.h"
#include "tonecue/insight/local_calendar.h"
#include "tonecue/server/http_message.h"
#include "tonecue/store/call_entry.h"

namespace tonecue {

/// Days on the calendar of the site; the last one is not in.
struct DaySpan {
  LocalDay from = 0;
  LocalDay to = 0;
};

struct NumberQuestion {
  DaySpan days{};
  std::vector<std::string> teams{};
  std::vector<std::string> queues{};
  CalendarStep step = CalendarStep::week;
  GroupBy by = GroupBy::team;
  std::optional<LocalDay> on{};
  int side_days = 28;  ///< Before and after `on`: [1, 366].
  std::string kind{};  ///< Of cues or scores; empty: not said.

  /// Of the calls that began within these days.
  CallFilter filter(const DaySpan& span) const;
};

inline constexpr std::int64_t kUsualDays = 84;
inline constexpr std::int64_t kMostDays = 3700;

/// Reads a query strictly: a key that is not among `known`, one that stands there twice and may
/// not, and values that make no sense are mistakes. An empty value counts as not given.
/// @param known  Of from, to, team, queue, step, by, on, days, kind.
/// @param usual_days  Before `to` without a `from`; `to` without one is tomorrow.
/// @return `invalid_argument`: one line that names the key.
Result<NumberQuestion> read_number_question(std::span<const NameValue> query,
                                            std::span<const std::string_view> known,
                                            std::int64_t now_unix_ms,
                                            std::int64_t usual_days = kUsualDays);

}  // namespace tonecue

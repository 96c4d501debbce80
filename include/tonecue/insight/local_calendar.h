/// @file
/// Days and hours as people at the site have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonecue {

/// Days since 1970-01-01 on the calendar of the program's time zone.
using LocalDay = std::int64_t;

enum class CalendarStep { day, week, month };
std::string_view name(CalendarStep step) noexcept;
std::optional<CalendarStep> find_calendar_step(std::string_view name) noexcept;

/// Threads: one at a time (it remembers the last quarter of an hour).
class LocalCalendar {
 public:
  struct Moment {
    LocalDay day = 0;
    int hour = 0;  ///< [0, 23]
  };

  Moment moment_of(std::int64_t unix_ms);

  /// The first moment of a day.
  static std::int64_t begin_of(LocalDay day);

  /// Of the time zone on that day: "CET".
  static std::string zone_of(LocalDay day);

 private:
  std::int64_t quarter_ = -1;
  std::int64_t ahead_s_ = 0;  // Of UTC.
};

/// As a date of core/iso_time.h: "2026-11-22".
std::string day_text(LocalDay day);
std::optional<LocalDay> parse_day(std::string_view text) noexcept;

/// Where steps begin between two days: `from`, each Monday or first of a month between, and `to`.
std::vector<LocalDay> steps_between(LocalDay from, LocalDay to, CalendarStep step);

}  // namespace tonecue

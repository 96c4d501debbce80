#include "tonecue/insight/local_calendar.h"

#include <chrono>
#include <ctime>

#include "tonecue/core/iso_time.h"

namespace tonecue {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDayS = 86'400;
constexpr std::int64_t kHourS = 3600;
constexpr std::int64_t kQuarterS = 900;  // Zones change their offset at quarters of an hour.

std::int64_t floor_of(std::int64_t value, std::int64_t unit) {
  return (value >= 0 ? value : value - unit + 1) / unit;
}

year_month_day date_of(LocalDay day) { return {sys_days(days(day))}; }

std::tm local_time(std::int64_t unix_s) {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm parts{};
  ::localtime_r(&time, &parts);
  return parts;
}

bool begins_step(LocalDay day, CalendarStep step) {
  switch (step) {
    case CalendarStep::day:
      return true;
    case CalendarStep::week:
      return std::chrono::weekday(sys_days(days(day))) == std::chrono::Monday;
    case CalendarStep::month:
      return date_of(day).day() == std::chrono::day(1);
  }
  return true;
}

}  // namespace

std::string_view name(CalendarStep step) noexcept {
  switch (step) {
    case CalendarStep::day:
      return "day";
    case CalendarStep::week:
      return "week";
    case CalendarStep::month:
      return "month";
  }
  return "";
}

std::optional<CalendarStep> find_calendar_step(std::string_view word) noexcept {
  for (const CalendarStep step : {CalendarStep::day, CalendarStep::week, CalendarStep::month}) {
    if (name(step) == word) return step;
  }
  return std::nullopt;
}

LocalCalendar::Moment LocalCalendar::moment_of(std::int64_t unix_ms) {
  const std::int64_t unix_s = floor_of(unix_ms, 1000);
  if (const std::int64_t quarter = floor_of(unix_s, kQuarterS); quarter != quarter_) {
    quarter_ = quarter;
    ahead_s_ = local_time(unix_s).tm_gmtoff;
  }
  const std::int64_t local_s = unix_s + ahead_s_;
  const LocalDay day = floor_of(local_s, kDayS);
  return {.day = day, .hour = static_cast<int>((local_s - day * kDayS) / kHourS)};
}

std::int64_t LocalCalendar::begin_of(LocalDay day) {
  const year_month_day date = date_of(day);
  std::tm parts{};
  parts.tm_year = static_cast<int>(date.year()) - 1900;
  parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  parts.tm_isdst = -1;
  return std::int64_t{std::mktime(&parts)} * 1000;
}

std::string LocalCalendar::zone_of(LocalDay day) {
  const std::tm parts = local_time(begin_of(day) / 1000);
  return parts.tm_zone == nullptr ? "" : parts.tm_zone;
}

std::string day_text(LocalDay day) { return iso_date(sys_days(days(day))); }

std::optional<LocalDay> parse_day(std::string_view text) noexcept {
  const auto day = parse_iso_date(text);
  return day ? std::optional<LocalDay>(day->time_since_epoch().count()) : std::nullopt;
}

std::vector<LocalDay> steps_between(LocalDay from, LocalDay to, CalendarStep step) {
  std::vector<LocalDay> begins = {from};
  for (LocalDay day = from + 1; day < to; ++day) {
    if (begins_step(day, step)) begins.push_back(day);
  }
  begins.push_back(to);
  return begins;
}

}  // namespace tonecue

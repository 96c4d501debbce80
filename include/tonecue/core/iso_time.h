/// @file
/// Dates and times as text: the part of ISO 8601 that leaves nothing to guess (RFC 3339).
///
///     date = YYYY-MM-DD
///     time = YYYY-MM-DDTHH:MM:SS[.F](Z|+HH:MM|-HH:MM)
///
/// Of the years 1970 to 9999. F is one to nine digits; what is finer than a millisecond is cut off.
/// A zone lies at most 14 hours from UTC. The letters are capitals, nothing stands before or
/// behind, and there is no second 60. A time must say its seconds and its zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tonecue {

/// @return Nothing for what is no date as above, and for days that no month has.
std::optional<std::chrono::sys_days> parse_iso_date(std::string_view text) noexcept;

/// @return Unix milliseconds; nothing for what is no time as above, a date alone included, and when
/// it lies outside those years in UTC.
std::optional<std::int64_t> parse_iso_time(std::string_view text) noexcept;

/// "2026-11-22"
std::string iso_date(std::chrono::sys_days day);

/// "2026-11-22T08:39:36.123Z"
std::string iso_time(std::int64_t unix_ms);

/// "2026-11-22T08:39:36Z"
std::string iso_time(std::chrono::sys_seconds time);

}  // namespace tonecue

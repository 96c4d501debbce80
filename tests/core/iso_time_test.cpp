#include "tonecue/core/iso_time.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

TEST(IsoDate, IsADayOfTheCalendar) {
  EXPECT_EQ(parse_iso_date("1970-01-01"), sys_days(days(0)));
  EXPECT_EQ(parse_iso_date("2024-02-29"), sys_days(days(19'782)));
  EXPECT_EQ(parse_iso_date("9999-12-31"), sys_days(days(2'932'896)));
}

TEST(IsoDate, IsNothingElse) {
  for (const char* text : {"",           "2026",        "2026-11",     "2026-13-01",
                           "2026-00-01", "2026-11-00",  "2026-11-31",  "2025-02-29",
                           "2026-1-1",   "2026-11-22 ", " 2026-11-22", "2026-11-22T",
                           "2026/11/22", "20261122",    "-026-11-22",  "2026-11-+1",
                           "1969-12-31", "99999-01-01", "１970-01-01", "2026-11-22T08:00:00Z"}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
  }
}

TEST(IsoTime, KnowsZonesAndFractions) {
  EXPECT_EQ(parse_iso_time("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(parse_iso_time("1970-01-02T03:04:05Z"), 97'445'000);
  EXPECT_EQ(parse_iso_time("1970-01-02T03:04:05.6Z"), 97'445'600);
  EXPECT_EQ(parse_iso_time("1970-01-02T03:04:05.678901234Z"), 97'445'678);
  EXPECT_EQ(parse_iso_time("2024-02-29T12:00:00.1239Z"), 1'709'208'000'123);
  EXPECT_EQ(parse_iso_time("1970-01-01T02:00:00+02:00"), 0);
  EXPECT_EQ(parse_iso_time("1970-01-01T00:00:00-03:30"), 12'600'000);
  EXPECT_EQ(parse_iso_time("2026-11-22T04:30:00-05:00"), 1'795'339'800'000);
  EXPECT_EQ(parse_iso_time("2026-11-22T23:30:00+14:00"), 1'795'339'800'000);
  EXPECT_EQ(parse_iso_time("9999-12-31T23:59:59.999Z"), 253'402'300'799'999);
}

TEST(IsoTime, SaysItsSecondsAndItsZone) {
  for (const char* text : {"2026-11-22", "2026-11-22T08:00", "2026-11-22T08:00Z",
                           "2026-11-22T08:00+01:00", "2026-11-22T08:00:00"}) {
    EXPECT_EQ(parse_iso_time(text), std::nullopt) << text;
  }
}

TEST(IsoTime, IsNothingElse) {
  for (const char* text : {"",
                           "yesterday",
                           "2026-11-22T",
                           "2026-11-22 08:00:00Z",
                           "2026-11-22t08:00:00Z",
                           "2026-11-22T08:00:00z",
                           "2026-11-22T08:00:00Zx",
                           " 2026-11-22T08:00:00Z",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T08:60:00Z",
                           "2026-11-22T08:00:60Z",
                           "2026-11-22T08:00:-1Z",
                           "2026-11-22T08:00:00.Z",
                           "2026-11-22T08:00:00,5Z",
                           "2026-11-22T08:00:00.1234567890Z",
                           "2026-11-22T08:00:00+1:00",
                           "2026-11-22T08:00:00+01",
                           "2026-11-22T08:00:00+0100",
                           "2026-11-22T08:00:00+14:01",
                           "2026-11-22T08:00:00-99:00",
                           "2026-02-30T09:30:00Z",
                           "2026-13-01T09:30:00Z",
                           "-026-11-22T09:30:00Z"}) {
    EXPECT_EQ(parse_iso_time(text), std::nullopt) << text;
  }
}

TEST(IsoTime, LiesBetween1970And9999InUtc) {
  EXPECT_EQ(parse_iso_time("1969-12-31T23:59:59Z"), std::nullopt);
  EXPECT_EQ(parse_iso_time("1970-01-01T00:59:59+01:00"), std::nullopt);
  EXPECT_EQ(parse_iso_time("9999-12-31T23:00:00-01:00"), std::nullopt);
  EXPECT_EQ(parse_iso_time("99999-01-01T00:00:00Z"), std::nullopt);
}

TEST(IsoText, IsInUtc) {
  EXPECT_EQ(iso_date(sys_days(days(19'782))), "2024-02-29");
  EXPECT_EQ(iso_time(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso_time(1'763'800'776'123), "2025-11-22T08:39:36.123Z");
  EXPECT_EQ(iso_time(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(iso_time(sys_seconds(seconds(1'763'800'776))), "2025-11-22T08:39:36Z");
}

TEST(IsoText, ReadsAsTheSameMoment) {
  for (const std::int64_t unix_ms : {0LL, 999LL, 1'709'164'799'999LL, 253'402'300'799'999LL}) {
    EXPECT_EQ(parse_iso_time(iso_time(unix_ms)), unix_ms);
  }
}

}  // namespace
}  // namespace tonecue

#include "tonecue/practice/practice_script.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using Entry = CustomerEntry;

void expect_line(const CustomerLine& line, std::int64_t start_ms, std::int64_t end_ms,
                 Entry entry) {
  EXPECT_EQ(line.start_ms, start_ms);
  EXPECT_EQ(line.end_ms, end_ms);
  EXPECT_EQ(line.entry, entry);
}

TEST(PracticeScript, TakesTheCustomersTurnsWithTheirPauses) {
  CallReport report;
  report.segments = {{Party::agent, 0, 3000},
                     {Party::customer, 3500, 5000},
                     {Party::customer, 5400, 8000},
                     {Party::agent, 8500, 9500},
                     {Party::customer, 10'000, 11'000}};
  const PracticeScript script = practice_script(report);
  ASSERT_EQ(script.lines.size(), 2U);
  expect_line(script.lines[0], 3500, 8000, Entry::after_agent);
  expect_line(script.lines[1], 10'000, 11'000, Entry::after_agent);
}

TEST(PracticeScript, EndsALineWhereTheAgentCutTheCustomerOff) {
  CallReport report;
  report.segments = {
      {Party::customer, 0, 5000}, {Party::agent, 4200, 8000}, {Party::customer, 8500, 9500}};
  report.overlaps = {{Party::agent, OverlapKind::interruption, 4200, 5000}};
  const PracticeScript script = practice_script(report);
  ASSERT_EQ(script.lines.size(), 2U);
  EXPECT_EQ(script.lines[0].end_ms, 5000);
}

TEST(PracticeScript, RemembersHowLongIntoTheAgentsTurnTheCustomerCutIn) {
  CallReport report;
  report.segments = {
      {Party::customer, 0, 2000}, {Party::agent, 2500, 7000}, {Party::customer, 6000, 9000}};
  report.overlaps = {{Party::customer, OverlapKind::interruption, 6000, 7000}};
  const PracticeScript script = practice_script(report);
  ASSERT_EQ(script.lines.size(), 2U);
  expect_line(script.lines[1], 6000, 9000, Entry::into_agent);
  EXPECT_EQ(script.lines[1].after_onset_ms, 3500);
}

TEST(PracticeScript, KeepsAListenersWordBesideTheAgent) {
  CallReport report;
  report.segments = {
      {Party::agent, 1000, 7000}, {Party::customer, 3000, 3400}, {Party::customer, 7500, 9000}};
  report.overlaps = {{Party::customer, OverlapKind::backchannel, 3000, 3400}};
  const PracticeScript script = practice_script(report);
  ASSERT_EQ(script.lines.size(), 2U);
  expect_line(script.lines[0], 3000, 3400, Entry::beside_agent);
  EXPECT_EQ(script.lines[0].after_onset_ms, 2000);
  expect_line(script.lines[1], 7500, 9000, Entry::after_agent);
}

TEST(PracticeScript, IsEmptyWithoutACustomer) {
  CallReport report;
  report.segments = {{Party::agent, 1000, 7000}};
  EXPECT_TRUE(practice_script(report).lines.empty());
}

}  // namespace
}  // namespace tonecue

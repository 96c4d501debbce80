#include "tonecue/insight/interval.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(StudentT, HasTheTabledPoints) {
  EXPECT_NEAR(student_t_95(1), 12.7062, 1e-3);
  EXPECT_NEAR(student_t_95(2), 4.3027, 1e-4);
  EXPECT_NEAR(student_t_95(5), 2.5706, 1e-4);
  EXPECT_NEAR(student_t_95(10), 2.2281, 1e-4);
  EXPECT_NEAR(student_t_95(30), 2.0423, 1e-4);
  EXPECT_NEAR(student_t_95(120), 1.9799, 1e-4);
  EXPECT_NEAR(student_t_95(5000), 1.9604, 1e-4);
}

TEST(LeaveOneOut, GivesAMeanItsStandardError) {
  const std::vector<double> values = {2, 4, 4, 5, 10};
  const auto spread = leave_one_out(5.0, 5, [&](int out) -> std::optional<double> {
    return (25.0 - values[static_cast<std::size_t>(out)]) / 4.0;
  });
  ASSERT_TRUE(spread);
  EXPECT_NEAR(spread->variance, 36.0 / (4.0 * 5.0), 1e-9);  // s² / n
  EXPECT_EQ(spread->freedom, 4.0);
}

TEST(LeaveOneOut, SaysNothingWhereOneGroupHoldsAll) {
  EXPECT_FALSE(leave_one_out(1.0, 1, [](int) { return std::optional(1.0); }));
  EXPECT_FALSE(
      leave_one_out(1.0, 3, [](int out) { return out == 1 ? std::nullopt : std::optional(1.0); }));
}

TEST(Difference, AddsVariancesWithWelchsFreedom) {
  const Spread both = difference({5.0, 4.0, 9.0}, {3.0, 1.0, 4.0});
  EXPECT_EQ(both.value, 2.0);
  EXPECT_EQ(both.variance, 5.0);
  EXPECT_NEAR(both.freedom, 25.0 / (16.0 / 9.0 + 1.0 / 4.0), 1e-9);
}

// Newcombe 1998, table I.
TEST(Wilson, HasThePublishedIntervals) {
  EXPECT_NEAR(wilson(81, 263).low, 0.2553, 1e-4);
  EXPECT_NEAR(wilson(81, 263).high, 0.3662, 1e-4);
  EXPECT_NEAR(wilson(15, 148).low, 0.0624, 1e-4);
  EXPECT_NEAR(wilson(15, 148).high, 0.1605, 1e-4);
  EXPECT_EQ(wilson(0, 20).low, 0.0);
  EXPECT_NEAR(wilson(0, 20).high, 0.1611, 1e-4);
  EXPECT_NEAR(wilson(1, 29).low, 0.0061, 1e-4);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/report/rounded.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(Rounded, LeavesOutTheDigitsThatAFloatMakesUp) {
  EXPECT_EQ(thousandths(0.1F), 0.1);
  EXPECT_EQ(thousandths(-23.0004F), -23.0);
  EXPECT_EQ(thousandths(0.0005), 0.001);
  EXPECT_EQ(thousandths(-0.0005), -0.001);
}

TEST(Rounded, KeepsAsManyDecimalsAsAsked) {
  EXPECT_EQ(rounded(12.3456789, 0), 12.0);
  EXPECT_EQ(rounded(12.3456789, 1), 12.3);
  EXPECT_EQ(rounded(12.3456789, 2), 12.35);
  EXPECT_EQ(rounded(12.3456789, 4), 12.3457);
  EXPECT_EQ(rounded(12.3456789, 6), 12.345679);
}

TEST(Rounded, LeavesWhatIsNoNumberAsItIs) {
  EXPECT_TRUE(std::isnan(thousandths(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_EQ(thousandths(std::numeric_limits<float>::infinity()),
            std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace tonecue

#include "tonecue/core/number_text.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(NumberText, IsOneWholeText) {
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_EQ(parse_number<std::int64_t>("9007199254740993"), 9'007'199'254'740'993);
  EXPECT_EQ(parse_number<double>("0.25"), 0.25);
  EXPECT_EQ(parse_number<float>("1e3"), 1000.0F);
}

TEST(NumberText, IsNothingBeside) {
  for (const char* text : {"", " 1", "1 ", "+1", "1x", "x", "0x10", "1,5", "99999999999"}) {
    EXPECT_EQ(parse_number<int>(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_number<int>("1.5"), std::nullopt);
  EXPECT_EQ(parse_number<double>("1.5s"), std::nullopt);
}

}  // namespace
}  // namespace tonecue

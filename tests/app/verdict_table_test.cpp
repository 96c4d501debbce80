#include "tonecue/app/verdict_table.h"

#include <string>

#include <gtest/gtest.h>

#include "app/program_run.h"

namespace tonecue {
namespace {

using test::contains;

const std::string kHeader = "file,raised_at_s,verdict\n";

TEST(VerdictTable, ReadsEachReviewersLine) {
  const auto table = parse_verdicts(
      kHeader + "a.wav,83.46,right\na.wav,83.46,wrong\n\"b, \"\"late\"\".wav\",0,unsure\n",
      "v.csv");
  EXPECT_TRUE(table.problems.empty());
  ASSERT_EQ(table.verdicts.size(), 3U);
  EXPECT_EQ(table.verdicts[0].file, "a.wav");
  EXPECT_EQ(table.verdicts[0].raised_at_ms, 83460);
  EXPECT_EQ(table.verdicts[0].verdict, ReviewVerdict::right);
  EXPECT_EQ(table.verdicts[1].verdict, ReviewVerdict::wrong);
  EXPECT_EQ(table.verdicts[2].file, "b, \"late\".wav");
  EXPECT_EQ(table.verdicts[2].line, 4);
}

TEST(VerdictTable, ReadsWhatASpreadsheetWrites) {
  const auto table = parse_verdicts(
      "\xEF\xBB\xBF"
      "file,raised_at_s,verdict\r\n\"a.wav\",1.5,right\r\n\r\nb.wav,2,wrong",
      "v.csv");
  EXPECT_TRUE(table.problems.empty());
  ASSERT_EQ(table.verdicts.size(), 2U);
  EXPECT_EQ(table.verdicts[0].raised_at_ms, 1500);
  EXPECT_EQ(table.verdicts[1].line, 4);
}

TEST(VerdictTable, TellsEveryBadLineAndReadsTheRest) {
  const auto table =
      parse_verdicts(kHeader + "a.wav,1,good\na.wav,2,right\na.wav,-1,right\n", "v.csv");
  ASSERT_EQ(table.problems.size(), 2U);
  EXPECT_TRUE(table.problems[0].message.starts_with("v.csv:2:"));
  EXPECT_TRUE(table.problems[1].message.starts_with("v.csv:4:"));
  EXPECT_EQ(table.verdicts.size(), 1U);
}

struct BadLine {
  std::string line;
  std::string what;
};

class BadVerdictLine : public testing::TestWithParam<BadLine> {};

TEST_P(BadVerdictLine, IsToldWithWhatToDo) {
  const auto table = parse_verdicts(kHeader + GetParam().line, "v.csv");
  ASSERT_EQ(table.problems.size(), 1U);
  const std::string& message = table.problems[0].message;
  EXPECT_TRUE(message.starts_with("v.csv:2: ")) << message;
  EXPECT_TRUE(contains(message, GetParam().what)) << message;
  EXPECT_TRUE(contains(message, "write ")) << message;
  EXPECT_FALSE(contains(message, "\n")) << message;
  EXPECT_TRUE(table.verdicts.empty());
}

INSTANTIATE_TEST_SUITE_P(Lines, BadVerdictLine,
                         testing::Values(BadLine{"a.wav,1", "2 cells"},
                                         BadLine{"a.wav,1,right,me", "4 cells"},
                                         BadLine{"a.wav;1;right", "with commas"},
                                         BadLine{",1,right", "no recording"},
                                         BadLine{"a.wav,soon,right", "'soon' is no time"},
                                         BadLine{"a.wav,1.5s,right", "is no time"},
                                         BadLine{"a.wav,nan,right", "is no time"},
                                         BadLine{"a.wav,1e99,right", "is no time"},
                                         BadLine{"a.wav,,right", "'' is no time"},
                                         BadLine{"a.wav,1,Right", "'Right' is no verdict"},
                                         BadLine{"a.wav,1,", "'' is no verdict"},
                                         BadLine{"\"a.wav,1,right\nb.wav,2,right", "1 cells"}));

TEST(VerdictTable, NeedsItsHeader) {
  for (const std::string text : {"", "a.wav,1,right\n", "file;raised_at_s;verdict\n"}) {
    const auto table = parse_verdicts(text, "v.csv");
    ASSERT_EQ(table.problems.size(), 1U) << text;
    EXPECT_TRUE(contains(table.problems[0].message, "v.csv:1: the first line must be"));
  }
}

}  // namespace
}  // namespace tonecue

#include "tonecue/report/cue_csv.h"

#include <string>

#include <gtest/gtest.h>

#include "report/sample_call.h"

namespace tonecue {
namespace {

TEST(ToCsv, HasOneRowPerCue) {
  EXPECT_EQ(to_csv(test::short_call()),
            "file,kind,party,start_s,end_s,raised_at_s,confidence,evidence,reason\n"
            "\"short.wav\",interruption,agent,2.000,2.400,2.800,0.750,"
            "overlap_s=0.400 holder_turn_s=0.800,"
            "\"Agent cut in at 0:02, 0.8 s into the customer's turn; both spoke for 0.4 s\"\n");
}

TEST(ToCsv, DoublesQuotes) {
  CallReport report = test::short_call();
  report.file = "a \"b\", c.wav";
  EXPECT_NE(to_csv(report).find("\n\"a \"\"b\"\", c.wav\",interruption"), std::string::npos);
}

}  // namespace
}  // namespace tonecue

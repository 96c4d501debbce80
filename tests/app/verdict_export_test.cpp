// What the review server hands out is what calibrate reads.
#include <gtest/gtest.h>

#include "tonecue/app/verdict_table.h"
#include "tonecue/report/csv.h"

namespace tonecue {
namespace {

TEST(VerdictExport, IsReadBackAsItWas) {
  const std::string file = "calls/a \"b\",\nc é.wav";
  const std::string csv = "file,raised_at_s,verdict\r\n" + csv_cell(file) + ",36.345,wrong\r\n" +
                          csv_cell("plain.wav") + ",0.007,unsure\r\n";
  const VerdictTable table = parse_verdicts(csv, "verdicts.csv");
  EXPECT_TRUE(table.problems.empty());
  ASSERT_EQ(table.verdicts.size(), 2U);
  EXPECT_EQ(table.verdicts[0].file, file);
  EXPECT_EQ(table.verdicts[0].raised_at_ms, 36'345);
  EXPECT_EQ(table.verdicts[0].verdict, ReviewVerdict::wrong);
  EXPECT_EQ(table.verdicts[1].raised_at_ms, 7);
}

}  // namespace
}  // namespace tonecue

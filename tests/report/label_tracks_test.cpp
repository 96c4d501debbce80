#include "tonecue/report/label_tracks.h"

#include <string>

#include <gtest/gtest.h>

#include "report/sample_call.h"

namespace tonecue {
namespace {

TEST(ToAudacity, HasOneLinePerCueByStart) {
  CallReport report = test::short_call();
  report.cues.push_back(test::cue(CueKind::distress, Party::customer, 1250, 2300));
  EXPECT_EQ(to_audacity(report),
            "1.250000\t2.300000\tcustomer distress\n"
            "2.000000\t2.400000\tagent interruption\n");
}

TEST(ToTextgrid, IsWhatPraatReads) {
  CallReport report;
  report.duration_ms = 1500;
  report.segments = {{Party::agent, 0, 1000}};
  const std::string start =
      "File type = \"ooTextFile\"\n"
      "Object class = \"TextGrid\"\n"
      "\n"
      "xmin = 0\n"
      "xmax = 1.500\n"
      "tiers? <exists>\n"
      "size = 4\n"
      "item []:\n"
      "    item [1]:\n"
      "        class = \"IntervalTier\"\n"
      "        name = \"agent\"\n"
      "        xmin = 0\n"
      "        xmax = 1.500\n"
      "        intervals: size = 2\n"
      "        intervals [1]:\n"
      "            xmin = 0.000\n"
      "            xmax = 1.000\n"
      "            text = \"speech\"\n"
      "        intervals [2]:\n"
      "            xmin = 1.000\n"
      "            xmax = 1.500\n"
      "            text = \"\"\n";
  EXPECT_EQ(to_textgrid(report).substr(0, start.size()), start);
}

TEST(ToTextgrid, JoinsTheLabelsOfCuesThatCoincide) {
  CallReport report = test::short_call();
  report.cues.push_back(test::cue(CueKind::distress, Party::customer, 2200, 3000));
  EXPECT_NE(to_textgrid(report).find("\"agent interruption + customer distress\""),
            std::string::npos);
}

}  // namespace
}  // namespace tonecue

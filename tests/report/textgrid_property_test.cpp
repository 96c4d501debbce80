#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "report/sample_call.h"
#include "tonecue/report/label_tracks.h"

namespace tonecue {
namespace {

struct Interval {
  double start_s;
  double end_s;
};

// The intervals of each tier, read back from the text.
std::vector<std::vector<Interval>> tiers_of(const std::string& textgrid) {
  std::vector<std::vector<Interval>> tiers;
  std::istringstream lines(textgrid);
  bool in_interval = false;
  for (std::string line; std::getline(lines, line);) {
    const auto holds = [&line](const char* part) { return line.find(part) != std::string::npos; };
    const auto value = [&line] { return std::stod(line.substr(line.find('=') + 1)); };
    if (holds("item [") && !holds("item []")) tiers.emplace_back();
    if (holds("class =")) in_interval = false;
    if (holds("intervals [")) in_interval = true;
    if (in_interval && holds("xmin =")) tiers.back().push_back({value(), 0.0});
    if (in_interval && holds("xmax =")) tiers.back().back().end_s = value();
  }
  return tiers;
}

void expect_tiled(const std::vector<Interval>& tier, double duration_s) {
  ASSERT_FALSE(tier.empty());
  EXPECT_EQ(tier.front().start_s, 0.0);
  EXPECT_EQ(tier.back().end_s, duration_s);
  for (std::size_t i = 0; i < tier.size(); ++i) {
    EXPECT_LT(tier[i].start_s, tier[i].end_s);
    EXPECT_TRUE(i == 0 || tier[i].start_s == tier[i - 1].end_s) << "interval " << i + 1;
  }
}

TEST(ToTextgridOverRandomCalls, TilesEveryTier) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const CallReport report = test::random_call(seed);
    const auto tiers = tiers_of(to_textgrid(report));
    ASSERT_EQ(tiers.size(), 4U);
    for (const auto& tier : tiers) {
      expect_tiled(tier, static_cast<double>(report.duration_ms) / 1000.0);
    }
  }
}

}  // namespace
}  // namespace tonecue

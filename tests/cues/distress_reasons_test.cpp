#include "cues/distress_reasons.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "cues/distress_network.h"
#include "tonecue/cues/distress_weights.h"

namespace tonecue {
namespace {

std::size_t place_of(std::string_view name) {
  const auto names = distress_functional_names();
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

/// Why a voice that is at its usual, but for one measure, scores as it does.
DistressReasons reasons_for(const std::string& name, float step) {
  auto network = DistressNetwork(DistressWeights::built_in()->network());
  DistressFunctionalRow usual{};
  usual.fill(1.0F);
  DistressFunctionalRow row = usual;
  row[place_of(name)] += step;
  return find_reasons(network, row, usual, {}, network.process(row, &usual, {}));
}

TEST(DistressReasons, NameNothingWhereNothingMoved) {
  for (const DistressReason& reason : reasons_for("f0_median_st", 0.0F)) {
    EXPECT_TRUE(reason.name.empty()) << reason.name;
  }
}

TEST(DistressReasons, NameOnlyThePropertyThatMovedTowardsAgitation) {
  int spoke_for_it = 0;
  for (const float step : {-6.0F, 6.0F}) {
    const auto reasons = reasons_for("f0_median_st", step);
    EXPECT_TRUE(reasons[1].name.empty()) << reasons[1].name;
    if (reasons[0].name.empty()) continue;
    EXPECT_EQ(reasons[0].name, "f0_median_st");
    EXPECT_FLOAT_EQ(reasons[0].step, step);
    ++spoke_for_it;
  }
  EXPECT_GE(spoke_for_it, 1);
}

TEST(DistressReasons, TellTheMeasureOfAPropertyThatMovedMost) {
  for (const float step : {-0.3F, 0.3F}) {
    const auto reasons = reasons_for("gap_mean_s", step);
    if (!reasons[0].name.empty()) {
      EXPECT_EQ(reasons[0].name, "gap_mean_s");
      return;
    }
  }
  FAIL() << "neither longer nor shorter pauses moved the estimate";
}

}  // namespace
}  // namespace tonecue

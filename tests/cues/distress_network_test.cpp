#include "cues/distress_network.h"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/cues/distress_weights.h"

namespace tonecue {
namespace {

/// Made inputs and the trainer's own answers to them.
struct Golden {
  bool known = false;
  float agitated = 0.0F;
  float distress = 0.0F;
  DistressFunctionalRow row{};
  DistressFunctionalRow usual{};
};

std::vector<Golden> read_golden() {
  std::ifstream file(TONECUE_GOLDEN_DIR "/distress_network.csv");
  std::string line;
  std::getline(file, line);  // Header.
  std::vector<Golden> all;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell;
    const auto next = [&] {
      std::getline(cells, cell, ',');
      return std::stof(cell);
    };
    Golden golden;
    golden.known = next() > 0.5F;
    golden.agitated = next();
    golden.distress = next();
    for (float& value : golden.row) value = next();
    for (float& value : golden.usual) value = next();
    all.push_back(golden);
  }
  return all;
}

TEST(DistressNetwork, AnswersAsTheTrainerDid) {
  const auto& weights = DistressWeights::built_in();
  ASSERT_TRUE(weights) << weights.error().message;
  DistressNetwork network = weights->network();
  const auto all = read_golden();
  ASSERT_GE(all.size(), 10U);
  for (const Golden& golden : all) {
    const auto score = network.process(golden.row, golden.known ? &golden.usual : nullptr);
    EXPECT_NEAR(score.agitated, golden.agitated, 1e-4F);
    EXPECT_NEAR(score.distress, golden.distress, 1e-4F);
  }
}

}  // namespace
}  // namespace tonecue

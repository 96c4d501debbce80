#include "cues/distress_network.h"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/cues/distress_weights.h"

namespace tonecue {
namespace {

constexpr std::size_t kHeads = 5;

/// Made inputs and the trainer's own answers to them.
struct Golden {
  bool known = false;
  std::vector<float> answers;  // agitated, distress, subdued, anger, arousal.
  DistressNetwork::LogOdds voice{};
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
    for (std::size_t head = 0; head < kHeads; ++head) golden.answers.push_back(next());
    for (std::size_t head = 0; head < kHeads; ++head) golden.voice[head] = next();
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
    const auto score =
        network.process(golden.row, golden.known ? &golden.usual : nullptr, golden.voice);
    EXPECT_NEAR(score.agitated, golden.answers[0], 1e-4F);
    EXPECT_NEAR(score.distress, golden.answers[1], 1e-4F);
    EXPECT_NEAR(score.subdued.value_or(0.0F), golden.answers[2], 1e-4F);
    EXPECT_NEAR(score.anger.value_or(0.0F), golden.answers[3], 1e-4F);
  }
}

}  // namespace
}  // namespace tonecue

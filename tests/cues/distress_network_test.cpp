#include "cues/distress_network.h"

#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "support/number_table.h"
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
  std::vector<Golden> all;
  for (const auto& row : test::read_numbers(TONECUE_GOLDEN_DIR "/distress_network.csv")) {
    if (row.size() != 1 + 2 * kHeads + 2 * DistressFunctionalRow{}.size()) {
      ADD_FAILURE() << "a row of " << row.size();
      continue;
    }
    auto value = row.begin();
    const auto take = [&value](std::span<float> out) {
      for (float& one : out) one = *value++;
    };
    Golden golden;
    golden.known = *value++ > 0.5F;
    golden.answers.resize(kHeads);
    take(golden.answers);
    take(std::span(golden.voice).first(kHeads));
    take(golden.row);
    take(golden.usual);
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

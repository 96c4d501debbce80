#include "cues/distress_network.h"

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {

extern const std::string_view kDistressModelJson;

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
  auto network = DistressNetwork::create(kDistressModelJson);
  ASSERT_TRUE(network) << network.error().message;
  const auto all = read_golden();
  ASSERT_GE(all.size(), 10U);
  for (const Golden& golden : all) {
    const auto score = network->process(golden.row, golden.known ? &golden.usual : nullptr);
    EXPECT_NEAR(score.agitated, golden.agitated, 1e-4F);
    EXPECT_NEAR(score.distress, golden.distress, 1e-4F);
  }
}

TEST(DistressNetwork, RefusesTheModelOfOtherFunctionals) {
  std::string text(kDistressModelJson);
  const auto at = text.find("f0_sd_st");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 8, "f0_sd_hz");
  const auto network = DistressNetwork::create(text);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.error().code, ErrorCode::corrupt);
  EXPECT_NE(network.error().message.find("functionals"), std::string::npos);
}

TEST(DistressNetwork, RefusesAModelThatIsNotWhole) {
  const std::string_view text = kDistressModelJson;
  EXPECT_FALSE(DistressNetwork::create(text.substr(0, text.size() / 2)));
  EXPECT_FALSE(DistressNetwork::create("{}"));
}

TEST(DistressNetwork, RefusesMoreMembersThanTheFileHolds) {
  std::string text(kDistressModelJson);
  const auto at = text.find("\"members\":3");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 11, "\"members\":4");
  EXPECT_FALSE(DistressNetwork::create(text));
}

TEST(DistressNetwork, RefusesHalfATrainingRange) {
  std::string text(kDistressModelJson);
  const auto at = text.find("range_limit");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 11, "other_limit");
  const auto network = DistressNetwork::create(text);
  ASSERT_FALSE(network);
  EXPECT_NE(network.error().message.find("range_limit"), std::string::npos);
}

}  // namespace
}  // namespace tonecue

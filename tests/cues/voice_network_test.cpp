#include "cues/voice_network.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cues/made_voice.h"
#include "tonecue/cues/distress_weights.h"

namespace tonecue {
namespace {

using Answer = std::array<float, test::kMadeHeads>;

Result<VoiceNetwork> network_of(const std::string& tensors) {
  auto file = ModelFile::parse(test::model_of(tensors));
  if (!file) return tl::unexpected(file.error());
  return VoiceNetwork::create(*file, "sequence", test::kMadeHeads);
}

class ANetworkOnFrames : public testing::Test {
 protected:
  const test::MadeVoiceNetwork made_;
  VoiceNetwork network_ = network_of(made_.tensors()).value();

  UsualFrame usual_of_first(std::size_t frames) const {
    UsualFrame usual;
    for (std::size_t i = 0; i < frames; ++i) usual.add(made_.voice()[i]);
    usual.keep();
    return usual;
  }

  static void listen(VoiceNetwork& network, std::span<const VoiceInput> frames,
                     const UsualFrame* usual = nullptr) {
    for (const VoiceInput& frame : frames) network.add(frame, usual);
  }

  static Answer answer(VoiceNetwork& network, bool known = false) {
    Answer log_odds{};
    EXPECT_TRUE(network.process(known, log_odds));
    return log_odds;
  }
};

/// What torch computed over the made voice up to a frame.
struct Golden {
  int frames = 0;
  int forgotten_before = 0;
  bool known = false;
  Answer log_odds{};
};

std::vector<Golden> read_golden() {
  std::ifstream file(TONECUE_GOLDEN_DIR "/voice_network.csv");
  std::string line;
  std::getline(file, line);  // Header.
  std::vector<Golden> all;
  while (std::getline(file, line)) {
    std::ranges::replace(line, ',', ' ');
    Golden golden;
    std::istringstream cells(line);
    cells >> golden.frames >> golden.forgotten_before >> golden.known;
    for (float& value : golden.log_odds) cells >> value;
    all.push_back(golden);
  }
  return all;
}

TEST_F(ANetworkOnFrames, StreamsWhatTorchComputesAtOnce) {
  const auto all = read_golden();
  ASSERT_GE(all.size(), 20U);
  const UsualFrame usual = usual_of_first(50);
  for (const Golden& golden : all) {
    network_.reset();
    listen(network_, std::span(made_.voice()).first(static_cast<std::size_t>(golden.frames)),
           golden.known ? &usual : nullptr);
    network_.forget_before(golden.forgotten_before);
    const Answer log_odds = answer(network_, golden.known);
    for (std::size_t h = 0; h < log_odds.size(); ++h) {
      EXPECT_NEAR(log_odds[h], golden.log_odds[h], 1e-4F)
          << golden.frames << " frames, usual known: " << golden.known << ", before "
          << golden.forgotten_before << " forgotten";
    }
  }
}

/// What the trainer itself says of the made voice by the weights that it shipped.
TEST(VoiceNetwork, AnswersAsTheTrainerDid) {
  const auto& weights = DistressWeights::built_in();
  ASSERT_TRUE(weights) << weights.error().message;
  test::MadeNoise noise;
  const auto voice = test::made_voice(noise);
  UsualFrame usual;
  for (const VoiceInput& frame : std::span(voice).first(50)) usual.add(frame);
  usual.keep();

  std::ifstream file(TONECUE_GOLDEN_DIR "/distress_voice.csv");
  std::string line;
  std::getline(file, line);  // frames,known, and the heads.
  int compared = 0;
  while (std::getline(file, line)) {
    std::ranges::replace(line, ',', ' ');
    std::istringstream cells(line);
    std::size_t frames = 0;
    bool known = false;
    cells >> frames >> known;
    VoiceNetwork network = known ? weights->voice_against_usual() : weights->voice_alone();
    for (const VoiceInput& frame : std::span(voice).first(frames)) {
      network.add(frame, known ? &usual : nullptr);
    }
    std::vector<float> log_odds(static_cast<std::size_t>(network.heads()));
    ASSERT_TRUE(network.process(known, log_odds));
    for (const float said : log_odds) {
      float expected = 0.0F;
      cells >> expected;
      EXPECT_NEAR(said, expected, 1e-4F) << frames << " frames, usual known: " << known;
      ++compared;
    }
  }
  EXPECT_GE(compared, 40);
}

TEST_F(ANetworkOnFrames, HasAnOutputWithEachFourthFrame) {
  for (std::size_t i = 0; i < 16; ++i) {
    network_.add(made_.voice()[i], nullptr);
    EXPECT_EQ(network_.outputs(), static_cast<int>((i + 1) / 4));
  }
}

TEST_F(ANetworkOnFrames, SaysNothingOfLessThanFourTenthsOfASecond) {
  Answer log_odds{};
  for (std::size_t i = 0; i < 39; ++i) {
    network_.add(made_.voice()[i], nullptr);
    EXPECT_FALSE(network_.process(false, log_odds));
  }
  EXPECT_EQ(log_odds, Answer{});
  network_.add(made_.voice()[39], nullptr);
  EXPECT_TRUE(network_.process(false, log_odds));
}

TEST_F(ANetworkOnFrames, RemembersThreeSecondsOfSpeech) {
  auto other = made_.voice();
  for (std::size_t i = 0; i < 60; ++i) other[i].values.fill(1.0F);
  VoiceNetwork heard_other = network_;
  listen(network_, made_.voice());
  listen(heard_other, other);
  EXPECT_EQ(network_.outputs(), VoiceNetwork::kPooledOutputs);
  EXPECT_EQ(answer(network_), answer(heard_other));
}

TEST_F(ANetworkOnFrames, ForgetsWhatIsOld) {
  listen(network_, made_.voice());
  network_.forget_before(399);  // The output of this frame stays.
  EXPECT_EQ(network_.outputs(), 6);
  network_.forget_before(1000);
  EXPECT_EQ(network_.outputs(), 0);
  Answer log_odds{};
  EXPECT_FALSE(network_.process(false, log_odds));
}

TEST_F(ANetworkOnFrames, AnswersAgainWithoutANewFrame) {
  listen(network_, made_.voice());
  const Answer first = answer(network_, true);
  EXPECT_NE(answer(network_, false), first);
  EXPECT_EQ(answer(network_, true), first);
}

TEST_F(ANetworkOnFrames, IsNewAfterReset) {
  VoiceNetwork fresh = network_;
  listen(network_, std::span(made_.voice()).first(333));  // In the midst of a stride.
  network_.reset();
  EXPECT_EQ(network_.outputs(), 0);
  listen(network_, std::span(made_.voice()).last(101));
  listen(fresh, std::span(made_.voice()).last(101));
  EXPECT_EQ(answer(network_), answer(fresh));
}

TEST_F(ANetworkOnFrames, SharesNothingThatChangesWithItsCopies) {
  VoiceNetwork copy = network_;
  listen(network_, made_.voice());
  EXPECT_EQ(copy.outputs(), 0);
  listen(copy, made_.voice());
  EXPECT_EQ(answer(copy), answer(network_));
}

TEST_F(ANetworkOnFrames, RefusesTensorsThatDoNotFit) {
  for (const std::string name : {"conv1", "conv2", "residual0", "residual1", "hidden", "heads"}) {
    const auto network = network_of(test::MadeVoiceNetwork({}, name).tensors());
    ASSERT_FALSE(network) << name;
    EXPECT_EQ(network.error().code, ErrorCode::corrupt);
    EXPECT_TRUE(network.error().message.starts_with("model file: tensor 'sequence." + name +
                                                    ".weight' has shape "))
        << network.error().message;
  }
}

TEST_F(ANetworkOnFrames, RefusesOtherHeadsThanTheFileNames) {
  auto file = ModelFile::parse(test::model_of(made_.tensors()));
  const auto network = VoiceNetwork::create(*file, "sequence", 4);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.error().message,
            "model file: tensor 'sequence.heads.weight' has 3 rows, expected 4; use a distress "
            "model of this version of tonecue");
}

TEST_F(ANetworkOnFrames, RefusesAResidualOfAnotherWidth) {
  const std::string narrow =
      test::tensor("sequence.residual1.weight", {1, 18}, std::vector<float>(18)) + "," +
      test::tensor("sequence.residual1.bias", {1}, {0.0F});
  const std::string& all = made_.tensors();
  const std::size_t from = all.find("\"sequence.residual1.weight");
  const std::size_t to = all.find(",\"sequence.hidden.weight");
  const auto network = network_of(all.substr(0, from) + narrow + all.substr(to));
  ASSERT_FALSE(network);
  EXPECT_TRUE(network.error().message.starts_with(
      "model file: tensor 'sequence.residual1.weight' has 1 rows, expected 6"))
      << network.error().message;
}

TEST_F(ANetworkOnFrames, RefusesAFileWithoutIt) {
  const auto network = network_of(test::tensor("other", {1}, {0.0F}));
  ASSERT_FALSE(network);
  EXPECT_NE(network.error().message.find("sequence.conv1.weight"), std::string::npos)
      << network.error().message;
}

}  // namespace
}  // namespace tonecue

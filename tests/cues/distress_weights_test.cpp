#include "tonecue/cues/distress_weights.h"

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "cues/distress_network.h"
#include "cues/made_customer.h"
#include "cues/made_weights.h"
#include "support/model_text.h"
#include "support/signals.h"
#include "tonecue/cues/distress_comparison.h"
#include "tonecue/cues/distress_model.h"

namespace tonecue {
namespace {

std::string_view research() { return built_in_distress_file("research"); }

Result<DistressWeights> weights_of(std::string_view text, std::string origin = "made") {
  auto file = ModelFile::parse(text);
  if (!file) return tl::unexpected(file.error());
  return DistressWeights::create(std::move(*file), std::move(origin));
}

TEST(DistressWeights, AreThoseOfTheirFile) {
  const auto& weights = DistressWeights::built_in();
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->origin(), "research");
  EXPECT_EQ(weights->card().name, "distress");
  EXPECT_EQ(weights->card().bytes, research().size());
  EXPECT_EQ(weights->card().sha256, research().substr(11, 64));
  EXPECT_FALSE(weights->card().training.empty());
}

TEST(DistressWeights, BuiltInAreParsedOnceAndSharedByCopies) {
  const auto& first = DistressWeights::built_in("research");
  EXPECT_EQ(&DistressWeights::built_in("research"), &first);
  const DistressWeights copy = *first;
  EXPECT_EQ(&copy.network(), &first->network());
  EXPECT_EQ(&copy.card(), &first->card());
}

TEST(DistressWeights, NameWhatThereIsWhenAskedForAnother) {
  const auto& weights = DistressWeights::built_in("public");
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().code, ErrorCode::not_found);
  EXPECT_NE(weights.error().message.find("'research' and 'open'"), std::string::npos);
}

TEST(DistressWeights, OpenOnesAreThereOrTheirAbsenceIsTold) {
  const auto& weights = DistressWeights::built_in("open");
  if (built_in_distress_file("open").empty()) {
    ASSERT_FALSE(weights);
    EXPECT_EQ(weights.error().code, ErrorCode::not_found);
    EXPECT_NE(weights.error().message.find("built without"), std::string::npos);
  } else {
    ASSERT_TRUE(weights) << weights.error().message;
    EXPECT_EQ(weights->origin(), "open");
  }
}

std::string made() { return test::made_weights({{"agitated", 1.0F}, {"distress", -2.0F}}); }

struct Misfit {
  const char* what;
  const char* instead;
  const char* told;
};

TEST(DistressWeights, SayWhyAFileDoesNotFitThisProgram) {
  ASSERT_TRUE(weights_of(made())) << weights_of(made()).error().message;
  for (const auto& [what, instead, told] : {
           Misfit{"f0_sd_st", "f0_sd_hz", "other functionals than those of this program"},
           Misfit{R"("definitions": )", R"("definitions": 77)", "definitions 77"},
           Misfit{R"("name": "distress")", R"("name": "vad")", "'vad' is no distress model"},
           Misfit{R"("alone": 1)", R"("alone": 2)", "'alone1.first.weight' is missing"},
           Misfit{R"("alone": 1)", R"("alone": 0)", "1 to 16 networks 'alone'"},
           Misfit{R"("alone": 1)", R"("alone": 1.5)", "1 to 16 networks 'alone'"},
           Misfit{R"("alone": 1)", R"("alone": -1)", "1 to 16 networks 'alone'"},
           Misfit{R"("alone": 1)", R"("alone": 1e30)", "1 to 16 networks 'alone'"},
           Misfit{R"(["agitated")", R"(["agitation")", "no head 'agitated'"},
           Misfit{R"("distress"])", R"("sad"])", "no head 'distress'"},
           Misfit{R"(["agitated", )", R"(["agitated", "anger", )", "names 3 heads, but"},
           Misfit{R"(["agitated", )", R"(["1","2","3","4","5","6","7","agitated", )", "too many"},
           Misfit{R"("heads": )", R"("tails": )", "list 'heads' is missing"},
           Misfit{R"("alone": 1)", R"("alone": 1, "bias": 1)", "'bias' is not known"},
           Misfit{R"("scale": {)", R"("size": {)", "tensor 'scale' is missing"},
           Misfit{"voice_alone.conv2.weight", "voice_alone.conv3.weight",
                  "tensor 'voice_alone.conv2.weight' is missing"},
           Misfit{"[2, 2, 4]", "[2, 4, 2]", "'fusion' has shape 2x4x2, expected 2x2x4"},
       }) {
    const auto weights = weights_of(test::edited(made(), what, instead));
    ASSERT_FALSE(weights) << what << " -> " << instead;
    EXPECT_NE(weights.error().message.find(told), std::string::npos) << weights.error().message;
    EXPECT_NE(weights.error().message.find("; use a"), std::string::npos)
        << weights.error().message;
    EXPECT_EQ(weights.error().message.find('\n'), std::string::npos);
  }
}

TEST(DistressWeights, WithHalfATrainingRangeAreRefused) {
  const auto weights = weights_of(test::edited(research(), "range_limit", "other_limit"));
  ASSERT_FALSE(weights);
  EXPECT_NE(weights.error().message.find("'range_limit' is missing"), std::string::npos);
}

TEST(DistressWeights, FindTheirHeadsByName) {
  const auto weights = weights_of(test::made_weights(
      {{"anger", 3.0F}, {"distress", -2.0F}, {"subdued", 0.5F}, {"agitated", 1.0F}}));
  ASSERT_TRUE(weights) << weights.error().message;
  DistressNetwork network = weights->network();
  EXPECT_TRUE(network.has_subdued());
  const DistressScore score = network.process({}, nullptr, {});
  const auto probability = [](float odds) { return 1.0F / (1.0F + std::exp(-odds)); };
  EXPECT_FLOAT_EQ(score.agitated, probability(1.0F));
  EXPECT_FLOAT_EQ(score.distress, probability(-2.0F));
  EXPECT_FLOAT_EQ(score.subdued.value_or(0.0F), probability(0.5F));
}

TEST(DistressWeights, OfferNoSubduedFormWhereTheFileHasNone) {
  const auto weights = weights_of(made());
  ASSERT_TRUE(weights);
  DistressNetwork network = weights->network();
  EXPECT_FALSE(network.has_subdued());
  EXPECT_FALSE(network.process({}, nullptr, {}).subdued);
}

TEST(DistressWeights, OfAFileRunInPlaceOfTheBuiltIn) {
  const auto weights = weights_of(test::made_weights({{"distress", 1.0F}, {"agitated", -2.0F}}));
  ASSERT_TRUE(weights);
  auto model = DistressModel::create(*weights).value();
  DistressEstimate last;
  for (const CustomerFrame& frame : test::customer_frames(test::babbling(130.0F, 100))) {
    if (const auto estimate = model.process(frame, test::speaking())) last = *estimate;
  }
  ASSERT_EQ(last.state, DistressState::ok);
  EXPECT_NEAR(last.agitated, 0.119F, 0.001F) << "log-odds of -2";
  EXPECT_NEAR(last.distress, 0.731F, 0.001F) << "log-odds of 1";
}

TEST(DistressComparison, FindsNoChangeBetweenCopies) {
  const auto& weights = DistressWeights::built_in();
  const auto copy = weights_of(research());
  ASSERT_TRUE(copy);
  const DistressComparison change = compare(*weights, *copy);
  EXPECT_GT(change.voices, 0);
  EXPECT_EQ(change.agitated.largest, 0.0F);
  EXPECT_EQ(change.distress.mean, 0.0F);
}

TEST(DistressComparison, TellsHowFarTheAnswersLieApart) {
  const auto first = weights_of(made());
  const auto second = weights_of(test::made_weights({{"agitated", 1.0F}, {"distress", 2.0F}}));
  ASSERT_TRUE(first && second);
  const DistressComparison change = compare(*first, *second);
  EXPECT_EQ(change.agitated.largest, 0.0F);
  EXPECT_NEAR(change.distress.largest, 0.762F, 0.001F) << "from log-odds of -2 to 2";
  EXPECT_NEAR(change.distress.mean, 0.762F, 0.001F);
}

TEST(DistressComparison, AsksAboutVoicesThatTheNetworkTellsApart) {
  const auto& research_weights = DistressWeights::built_in();
  const auto constant = weights_of(made());
  ASSERT_TRUE(research_weights && constant);
  const DistressComparison change = compare(*research_weights, *constant);
  EXPECT_GT(change.agitated.largest, change.agitated.mean + 0.1F);
}

}  // namespace
}  // namespace tonecue

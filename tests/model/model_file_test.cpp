#include "tonecue/model/model_file.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr const char* kWhole = R"({
  "schema": "tonecue.model/1", "name": "small", "about": "made for a test",
  "strings": {"inputs": ["level", "flux"]},
  "numbers": {"threshold": 0.5},
  "tensors": {"layer.weight": {"shape": [3, 2], "values": [1, 2, 3, 4.5, -5, 6e-3]}}})";

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

TEST(ModelFile, GivesWhatItHolds) {
  auto model = ModelFile::parse(kWhole);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->name(), "small");
  EXPECT_EQ(model->about(), "made for a test");

  const auto tensor = model->take_tensor("layer.weight", std::array{kAnySize, 2});
  ASSERT_TRUE(tensor) << tensor.error().message;
  EXPECT_EQ(tensor->shape, (std::vector<int>{3, 2}));
  EXPECT_EQ(tensor->values, (std::vector<float>{1.0F, 2.0F, 3.0F, 4.5F, -5.0F, 6e-3F}));
  EXPECT_EQ(model->take_number("threshold"), 0.5F);
  EXPECT_EQ(model->take_strings("inputs"), (std::vector<std::string>{"level", "flux"}));
  EXPECT_TRUE(model->expect_all_taken());
}

TEST(ModelFile, ListsTheTensorsThatWereNotTaken) {
  auto model = ModelFile::parse(kWhole);
  ASSERT_TRUE(model) << model.error().message;
  ASSERT_EQ(model->tensors().size(), 1U);
  EXPECT_EQ(model->tensors().begin()->first, "layer.weight");
  EXPECT_EQ(shape_text(model->tensors().begin()->second.shape), "3x2");
  ASSERT_TRUE(model->take_tensor("layer.weight", std::array{3, 2}));
  EXPECT_TRUE(model->tensors().empty());
}

TEST(ModelFile, NamesAValueThatTheNetworkDoesNotKnow) {
  auto model = ModelFile::parse(kWhole);
  ASSERT_TRUE(model);
  ASSERT_TRUE(model->take_tensor("layer.weight", std::array{3, 2}));
  ASSERT_TRUE(model->take_strings("inputs"));
  const auto whole = model->expect_all_taken();
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().message, "model file: number 'threshold' is not known");
}

TEST(ModelFile, NamesAValueThatIsMissing) {
  auto model = ModelFile::parse(kWhole);
  ASSERT_TRUE(model);
  const auto bias = model->take_tensor("layer.bias", std::array{3});
  ASSERT_FALSE(bias);
  EXPECT_EQ(bias.error().code, ErrorCode::corrupt);
  EXPECT_EQ(bias.error().message, "model file: tensor 'layer.bias' is missing");
}

TEST(ModelFile, TellsTheShapeThatDoesNotFit) {
  for (const auto& shape : {std::vector{2, 3}, std::vector{6}, std::vector{3, 2, 1}}) {
    auto model = ModelFile::parse(kWhole);
    ASSERT_TRUE(model);
    const auto weight = model->take_tensor("layer.weight", shape);
    ASSERT_FALSE(weight);
    EXPECT_NE(weight.error().message.find("has shape 3x2, expected"), std::string::npos)
        << weight.error().message;
  }
}

struct BadFile {
  const char* what;     ///< Replaced in kWhole…
  const char* instead;  ///< …by this…
  const char* told;     ///< …which the message must name.
};

constexpr auto kBadFiles =
    std::to_array<BadFile>({{"{", "", "not JSON"},
                            {"}}}", "}", "not whole"},
                            {R"("tonecue.model/1")", R"("tonecue.model/2")", "tonecue.model/2"},
                            {R"("tonecue.model/1")", "7", "'schema' is not text"},
                            {R"("about")", R"("notes")", "'about' is missing"},
                            {R"("about")", R"("notes": 1, "about")", "'notes' is not a key"},
                            {R"("about")", R"("no\ntes": 1, "about")", "'no?tes' is not a key"},
                            {R"("about")", R"("name": "twin", "about")", "'name' is told twice"},
                            {R"("shape")", R"("values": [], "shape")", "'values' is told twice"},
                            {R"({"threshold": 0.5})", "[0.5]", "'numbers' is not an object"},
                            {"0.5", R"("high")", "number 'threshold' is not a number"},
                            {"0.5", "1e39", "number 'threshold' is not finite"},
                            {"0.5", "1e999", "not JSON"},
                            {"0.5", "NaN", "not JSON"},
                            {R"("flux")", "3", "list 'inputs' holds something other"},
                            {R"(["level", "flux"])", R"("level")", "list 'inputs' is not a list"},
                            {"6e-3", "null", "tensor 'layer.weight', value 5 is not a number"},
                            {"6e-3", "-1e39", "tensor 'layer.weight', value 5 is not finite"},
                            {", 6e-3", "", "has 5 values, its shape 3x2 needs 6"},
                            {"6e-3", "6e-3, 7", "has 7 values, its shape 3x2 needs 6"},
                            {"[3, 2]", "[]", "1 to 3 sizes"},
                            {"[3, 2]", "[1, 1, 3, 2]", "1 to 3 sizes"},
                            {"[3, 2]", "[0, 2]", "size out of range"},
                            {"[3, 2]", "[-3, -2]", "size out of range"},
                            {"[3, 2]", "[3.0, 2]", "size out of range"},
                            {"[3, 2]", "[3000000, 3000000]", "too large"},
                            {"[3, 2]", "[18446744073709551615, 2]", "size out of range"},
                            {R"("shape": [3, 2],)", "", "needs a shape and values"},
                            {R"("shape")", R"("kind": 1, "shape")", "needs a shape and values"}});

TEST(ModelFile, RefusesABrokenFileAndSaysWhy) {
  for (const auto& [what, instead, told] : kBadFiles) {
    const auto model = ModelFile::parse(with(kWhole, what, instead));
    ASSERT_FALSE(model) << what << " -> " << instead;
    EXPECT_EQ(model.error().code, ErrorCode::corrupt);
    EXPECT_NE(model.error().message.find(told), std::string::npos) << model.error().message;
    EXPECT_EQ(model.error().message.find('\n'), std::string::npos) << model.error().message;
  }
}

TEST(ModelFile, RefusesEmptyTextAndOtherJson) {
  for (const char* text : {"", " ", "[]", "3", "null", R"("tonecue.model/1")"}) {
    EXPECT_FALSE(ModelFile::parse(text)) << text;
  }
}

}  // namespace
}  // namespace tonecue

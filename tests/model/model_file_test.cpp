#include "tonecue/model/model_file.h"

#include <array>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "support/model_text.h"

namespace tonecue {
namespace {

const std::vector<float> kWeights = {1.0F, 2.0F, 3.0F, 4.5F, -5.0F, 6e-3F};

std::string whole() {
  return test::sealed(R"("schema": "tonecue.model/2", "name": "small", "about": "made for a test",
  "licence": "any use", "definitions": 3,
  "training": [{"data": "a tone", "licence": "none needed"}],
  "scores": [{"name": "area, %", "value": 98.5}],
  "strings": {"inputs": ["level", "flux"]},
  "numbers": {"threshold": 0.5},
  "tensors": {)" + test::tensor("layer.weight", {3, 2}, kWeights) +
                      "}}");
}

TEST(ModelFile, GivesWhatItHolds) {
  auto model = ModelFile::parse(whole());
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->name(), "small");

  const auto tensor = model->take_tensor("layer.weight", std::array{kAnySize, 2});
  ASSERT_TRUE(tensor) << tensor.error().message;
  EXPECT_EQ(tensor->shape, (std::vector<int>{3, 2}));
  EXPECT_EQ(tensor->values, kWeights);
  EXPECT_EQ(model->take_number("threshold"), 0.5F);
  EXPECT_EQ(model->take_strings("inputs"), (std::vector<std::string>{"level", "flux"}));
  EXPECT_TRUE(model->expect_all_taken());
}

TEST(ModelFile, TellsWhatItWasMadeOf) {
  const std::string text = whole();
  const auto model = ModelFile::parse(text);
  ASSERT_TRUE(model) << model.error().message;
  const ModelCard& card = model->card();
  EXPECT_EQ(card.about, "made for a test");
  EXPECT_EQ(card.licence, "any use");
  EXPECT_EQ(card.definitions, 3);
  ASSERT_EQ(card.training.size(), 1U);
  EXPECT_EQ(card.training[0].data, "a tone");
  EXPECT_EQ(card.training[0].licence, "none needed");
  ASSERT_EQ(card.scores.size(), 1U);
  EXPECT_EQ(card.scores[0].name, "area, %");
  EXPECT_EQ(card.scores[0].value, 98.5F);
  EXPECT_EQ(card.bytes, text.size());
  EXPECT_EQ(card.sha256, text.substr(11, 64));
}

TEST(ModelFile, KeepsEveryBitOfAWeight) {
  using Limits = std::numeric_limits<float>;
  for (const std::vector<float>& values :
       {std::vector{Limits::denorm_min()}, {Limits::max(), -0.0F}, {0.1F, -1.0F / 3.0F, 1e-38F}}) {
    const int size = static_cast<int>(values.size());
    auto model = ModelFile::parse(test::model_of(test::tensor("w", {size}, values)));
    ASSERT_TRUE(model) << model.error().message;
    const auto tensor = model->take_tensor("w", std::array{size});
    ASSERT_TRUE(tensor);
    EXPECT_EQ(std::memcmp(tensor->values.data(), values.data(), values.size() * sizeof(float)), 0);
  }
}

TEST(ModelFile, ListsTheTensorsThatWereNotTaken) {
  auto model = ModelFile::parse(whole());
  ASSERT_TRUE(model) << model.error().message;
  ASSERT_EQ(model->tensors().size(), 1U);
  EXPECT_EQ(model->tensors().begin()->first, "layer.weight");
  EXPECT_EQ(shape_text(model->tensors().begin()->second.shape), "3x2");
  ASSERT_TRUE(model->take_tensor("layer.weight", std::array{3, 2}));
  EXPECT_TRUE(model->tensors().empty());
}

TEST(ModelFile, NamesAValueThatTheNetworkDoesNotKnow) {
  auto model = ModelFile::parse(whole());
  ASSERT_TRUE(model);
  ASSERT_TRUE(model->take_tensor("layer.weight", std::array{3, 2}));
  ASSERT_TRUE(model->take_strings("inputs"));
  const auto all = model->expect_all_taken();
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().message,
            "model file: number 'threshold' is not known; use a model of this version of tonecue");
}

TEST(ModelFile, NamesAValueThatIsMissing) {
  auto model = ModelFile::parse(whole());
  ASSERT_TRUE(model);
  const auto bias = model->take_tensor("layer.bias", std::array{3});
  ASSERT_FALSE(bias);
  EXPECT_EQ(bias.error().code, ErrorCode::corrupt);
  EXPECT_EQ(bias.error().message,
            "model file: tensor 'layer.bias' is missing; use a model of this version of tonecue");
}

TEST(ModelFile, TellsTheShapeThatDoesNotFit) {
  for (const auto& shape : {std::vector{2, 3}, std::vector{6}, std::vector{3, 2, 1}}) {
    auto model = ModelFile::parse(whole());
    ASSERT_TRUE(model);
    const auto weight = model->take_tensor("layer.weight", shape);
    ASSERT_FALSE(weight);
    EXPECT_NE(weight.error().message.find("has shape 3x2, expected"), std::string::npos)
        << weight.error().message;
  }
}

TEST(ModelFile, RefusesOtherDefinitionsThanTheProgramHas) {
  const auto model = ModelFile::parse(whole());
  ASSERT_TRUE(model);
  EXPECT_TRUE(model->expect_definitions(3));
  const auto other = model->expect_definitions(4);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unsupported);
  EXPECT_EQ(other.error().message,
            "model file: 'small' was trained on definitions 3 of its inputs, this program has 4; "
            "use a model of this version of tonecue");
}

void expect_refused(const std::string& text, const std::string& told) {
  const auto model = ModelFile::parse(text);
  ASSERT_FALSE(model) << told;
  EXPECT_EQ(model.error().code, ErrorCode::corrupt);
  EXPECT_NE(model.error().message.find(told), std::string::npos) << model.error().message;
  EXPECT_NE(model.error().message.find(';'), std::string::npos)
      << "what to do about it? " << model.error().message;
  EXPECT_EQ(model.error().message.find('\n'), std::string::npos) << model.error().message;
}

struct BadFile {
  const char* what;     ///< Replaced in whole()…
  const char* instead;  ///< …by this, under a hash that fits…
  const char* told;     ///< …which the message must name.
};

constexpr auto kBadFiles = std::to_array<BadFile>(
    {{"}}}", "}", "not JSON"},
     {R"("tonecue.model/2")", R"("tonecue.model/3")", "schema is 'tonecue.model/3'"},
     {R"("tonecue.model/2")", "7", "'schema' is not text"},
     {R"("about")", R"("notes")", "'about' is missing"},
     {R"("about")", R"("notes": 1, "about")", "'notes' is not a key"},
     {R"("about")", R"("no\ntes": 1, "about")", "'no?tes' is not a key"},
     {R"("about")", R"("name": "twin", "about")", "'name' is told twice"},
     {R"("about")", R"("sha256": "", "about")", "'sha256' is told twice"},
     {R"("made for a test")", R"("two\nlines")", "'about' is more than one line"},
     {R"("any use")", R"("\u001b[2J")", "'licence' is more than one line"},
     {R"("any use")", "[]", "'licence' is not text"},
     {R"("definitions": 3)", R"("definitions": 0)", "'definitions' is not a whole number"},
     {R"("definitions": 3)", R"("definitions": 1.5)", "'definitions' is not a whole number"},
     {R"("definitions": 3)", R"("definitions": 99999999999)", "'definitions' is not a whole"},
     {R"([{"data")", R"({"a":{"data")", "not JSON"},
     {R"([{"data": "a tone", "licence": "none needed"}])", "{}", "'training' is not a list"},
     {R"("data": "a tone")", R"("data": 1)", "'training', item 0: 'data' is not text"},
     {R"("data": "a tone", )", "", "'training', item 0: 'data' is missing"},
     {R"("value": 98.5)", R"("value": "high")", "'scores', item 0: 'value' is not a number"},
     {R"("value": 98.5)", R"("value": 1, "unit": "%")", "'scores', item 0: 'unit' is not a key"},
     {R"({"threshold": 0.5})", "[0.5]", "'numbers' is not an object"},
     {": 0.5", R"(: "high")", "number 'threshold' is not a number"},
     {": 0.5", ": 1e39", "number 'threshold' is not finite"},
     {": 0.5", ": 1e999", "not JSON"},
     {": 0.5", ": NaN", "not JSON"},
     {": 0.5", R"(: 0.5, "threshold": 1)", "'numbers': 'threshold' is told twice"},
     {R"("flux")", "3", "list 'inputs', item 1 is not text"},
     {R"(["level", "flux"])", R"("level")", "list 'inputs' is not a list"},
     {"[3, 2]", "[]", "1 to 3 sizes"},
     {"[3, 2]", "[1, 1, 3, 2]", "1 to 3 sizes"},
     {"[3, 2]", "3", "1 to 3 sizes"},
     {"[3, 2]", "[0, 2]", "size out of range"},
     {"[3, 2]", "[-3, -2]", "size out of range"},
     {"[3, 2]", "[3.0, 2]", "size out of range"},
     {"[3, 2]", "[3000000, 3000000]", "too large"},
     {"[3, 2]", "[18446744073709551615, 2]", "size out of range"},
     {"[3, 2]", "[3, 3]", "has 32 characters of base64, its shape 3x3 needs 48"},
     {R"("shape": [3, 2],)", "", "tensor 'layer.weight': 'shape' is missing"},
     {R"("shape": [3, 2],)", R"("shape": [3, 2], "shape": [6],)", "'shape' is told twice"},
     {R"("shape")", R"("kind": 1, "shape")", "tensor 'layer.weight': 'kind' is not a key"},
     {R"("f32": ")", R"("f32": 1, "g32": ")", "'g32' is not a key"}});

TEST(ModelFile, RefusesABrokenFileAndSaysWhatWhereAndWhatToDo) {
  for (const auto& [what, instead, told] : kBadFiles) {
    SCOPED_TRACE(std::string(what) + " -> " + instead);
    expect_refused(test::edited(whole(), what, instead), told);
  }
}

TEST(ModelFile, RefusesWhatIsNotBase64) {
  // 24 bytes in 32 characters; 8 bytes in 12, the last of which is '='.
  const std::string full = R"("w": {"shape": [6], "f32": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})";
  const std::string padded = R"("w": {"shape": [2], "f32": "AAAAAAAAAAA="})";
  ASSERT_TRUE(ModelFile::parse(test::model_of(full)));
  ASSERT_TRUE(ModelFile::parse(test::model_of(padded)));
  const auto expect_bad = [](const std::string& text, const char* what, const char* instead) {
    SCOPED_TRACE(instead);
    expect_refused(test::edited(test::model_of(text), what, instead),
                   "tensor 'w': 'f32' is not base64");
  };
  for (const char* instead : {"AAA*AAAA", "    AAAA", "AAAA    ", "AA=AAAAA", "AAAAAA==",
                              "AAAA----", R"(AAAA\n\n\n\n)", R"(\u0000AAAAAAA)", "AAAA____"}) {
    expect_bad(full.substr(0, full.size() - 10) + instead + "\"}", "\"w\"", "\"w\"");
  }
  expect_bad(padded, "AAAAAAAAAAA=", "AAAAAAAAAAAA");
  expect_bad(padded, "AAAAAAAAAAA=", "AAAAAAAAAA==");
  expect_bad(padded, "AAAAAAAAAAA=", "=AAAAAAAAAA=");
}

TEST(ModelFile, NamesAWeightThatIsNotFinite) {
  using Limits = std::numeric_limits<float>;
  for (const float wrong : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()}) {
    expect_refused(test::model_of(test::tensor("w", {3}, {0.0F, wrong, 1.0F})),
                   "tensor 'w', value 1 is not finite");
  }
}

TEST(ModelFile, RefusesAFileThatWasChangedOrCutShort) {
  const std::string text = whole();
  std::string changed = text;
  changed[changed.find("0.5")] = '1';
  expect_refused(changed, "its first line names the sha256 '" + text.substr(11, 12) + "'");
  std::string other_hash = text;
  other_hash[11] = other_hash[11] == '0' ? '1' : '0';
  expect_refused(other_hash, "names the sha256");
  expect_refused(text + " ", "names the sha256");
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(ModelFile::parse(text.substr(0, size))) << size;
  }
}

TEST(ModelFile, RefusesWhatDoesNotBeginWithTheHash) {
  for (const char* text : {"", " ", "[]", "{}", "null", R"({"schema": "tonecue.model/1"})"}) {
    expect_refused(text, "its first line is not");
  }
  expect_refused(std::string(" ").append(whole()), "its first line is not");
  expect_refused(test::sealed(""), "not JSON");
}

}  // namespace
}  // namespace tonecue

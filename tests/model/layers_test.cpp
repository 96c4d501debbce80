#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/model_text.h"
#include "tonecue/model/conv_layer.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/gru_layer.h"

namespace tonecue {
namespace {

ModelFile model_with(const std::string& tensors) {
  auto model = ModelFile::parse(test::model_of(tensors));
  EXPECT_TRUE(model) << model.error().message;
  return *model;
}

const std::string kDense = test::tensor("layer.weight", {3, 2}, {1, 2, -1, 0.5F, 0, -3}) + "," +
                           test::tensor("layer.bias", {3}, {0.5F, 0, 1});

TEST(DenseLayer, AddsTheBiasToTheWeightedInputs) {
  auto model = model_with(kDense);
  const auto layer = DenseLayer::create(model, "layer", 2, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  ASSERT_EQ(layer->outputs(), 3);
  std::vector<float> out(3);
  layer->process(std::array{2.0F, -1.0F}, out);
  EXPECT_EQ(out, (std::vector{0.5F, -2.5F, 4.0F}));
}

TEST(DenseLayer, CutsNegativeValuesWithRelu) {
  auto model = model_with(kDense);
  const auto layer = DenseLayer::create(model, "layer", 2, Activation::relu);
  ASSERT_TRUE(layer);
  std::vector<float> out(3);
  layer->process(std::array{2.0F, -1.0F}, out);
  EXPECT_EQ(out, (std::vector{0.5F, 0.0F, 4.0F}));
}

TEST(DenseLayer, RefusesWeightsThatDoNotFit) {
  auto wrong_inputs = model_with(kDense);
  const auto layer = DenseLayer::create(wrong_inputs, "layer", 3, Activation::none);
  ASSERT_FALSE(layer);
  EXPECT_TRUE(layer.error().message.starts_with(
      "model file: tensor 'layer.weight' has shape 3x2, expected anyx3"))
      << layer.error().message;

  auto wrong_bias = model_with(test::tensor("layer.weight", {1, 1}, {1}) + "," +
                               test::tensor("layer.bias", {2}, {1, 1}));
  EXPECT_FALSE(DenseLayer::create(wrong_bias, "layer", 1, Activation::none));
}

ModelFile convolution(const std::vector<float>& taps) {
  return model_with(test::tensor("layer.weight", {1, static_cast<int>(taps.size())}, taps) + "," +
                    test::tensor("layer.bias", {1}, {0.5F}));
}

/// The output that comes with each frame; kNone where none does.
constexpr float kNone = -99.0F;
std::vector<float> convolve(ConvLayer& layer, const std::vector<float>& frames) {
  std::vector<float> outputs;
  for (const float frame : frames) {
    std::array out{kNone};
    const bool comes = layer.process(std::array{frame}, out);
    EXPECT_EQ(comes, out[0] != kNone);
    outputs.push_back(out[0]);
  }
  return outputs;
}

TEST(ConvLayer, WeighsTheNewestFrameByTheLastTap) {
  auto model = convolution({100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 1, {.taps = 3}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(convolve(*layer, {1, 2, 3, 4}), (std::vector{1.5F, 12.5F, 123.5F, 234.5F}));
}

TEST(ConvLayer, GivesOneOutputWithTheLastFrameOfEachStride) {
  auto model = convolution({100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 1, {.taps = 3, .stride = 2}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(convolve(*layer, {1, 2, 3, 4, 5}), (std::vector{kNone, 12.5F, kNone, 234.5F, kNone}));
}

TEST(ConvLayer, SkipsFramesBetweenDilatedTaps) {
  auto model = convolution({100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 1, {.taps = 3, .dilation = 2}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(convolve(*layer, {1, 2, 3, 4, 5, 6}),
            (std::vector{1.5F, 2.5F, 13.5F, 24.5F, 135.5F, 246.5F}));
}

TEST(ConvLayer, TakesTheTapsFrameByFrame) {
  auto model = convolution({1000, 100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 2, {.taps = 2}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(layer->inputs(), 2);
  EXPECT_EQ(layer->outputs(), 1);
  std::array out{0.0F};
  layer->process(std::array{1.0F, 2.0F}, out);
  layer->process(std::array{3.0F, 4.0F}, out);
  EXPECT_EQ(out[0], 1234.5F);
}

TEST(ConvLayer, BeginsWithZerosAgainAfterReset) {
  auto model = convolution({100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 1, {.taps = 3, .stride = 2}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  convolve(*layer, {7, 8, 9});
  layer->reset();
  EXPECT_EQ(convolve(*layer, {1, 2, 3, 4}), (std::vector{kNone, 12.5F, kNone, 234.5F}));
}

TEST(ConvLayer, KeepsItsFramesFromItsCopies) {
  auto model = convolution({100, 10, 1});
  auto layer = ConvLayer::create(model, "layer", 1, {.taps = 3}, Activation::none);
  ASSERT_TRUE(layer) << layer.error().message;
  ConvLayer copy = *layer;
  convolve(*layer, {7, 8, 9});
  EXPECT_EQ(convolve(copy, {1, 2}), (std::vector{1.5F, 12.5F}));
}

TEST(ConvLayer, NamesTheTensorThatDoesNotFit) {
  auto model = convolution({100, 10, 1});
  const auto layer = ConvLayer::create(model, "layer", 2, {.taps = 3}, Activation::none);
  ASSERT_FALSE(layer);
  EXPECT_TRUE(layer.error().message.starts_with(
      "model file: tensor 'layer.weight' has shape 1x3, expected anyx6"))
      << layer.error().message;
}

// Weights and outputs printed by torch.nn.GRU(2, 3), torch 1.13.
const std::string kGru =
    test::tensor("gru.weight_ih", {9, 2},
                 {0, -0.5F, -0.4F, 0.4F, -1.4F, -0.1F, -0.5F, 0.5F, -0.7F, -0.5F, 1.0F, 1.0F, 0.9F,
                  1.9F, 0, 0.5F, 0.7F, 1.2F}) +
    "," + test::tensor("gru.weight_hh", {9, 3}, {-0.2F, 1.2F,  -1.4F, -0.9F, -0.3F, -0.2F, 0.4F,
                                                 1.1F,  1.0F,  1.7F,  -1.2F, -0.7F, -2.0F, 1.2F,
                                                 1.2F,  0.4F,  1.0F,  0.2F,  0.2F,  0.3F,  -1.4F,
                                                 0.8F,  -0.1F, -0.4F, 0.2F,  -0.5F, 0.6F}) +
    "," +
    test::tensor("gru.bias_ih", {9}, {-0.1F, -1.0F, -0.9F, 0, -0.2F, 0.4F, -1.1F, 0.6F, 1.5F}) +
    "," + test::tensor("gru.bias_hh", {9}, {0.1F, -1.1F, 1.2F, -1.2F, -0.9F, -0.7F, 0, 0.2F, 0.9F});
constexpr std::array<std::array<float, 2>, 3> kGruIn = {
    {{0.5F, -1.0F}, {2.0F, 0.25F}, {-1.5F, 1.0F}}};
constexpr std::array<std::array<float, 3>, 3> kGruOut = {{{-0.8648366F, 0.0808524F, 0.5348057F},
                                                          {0.6675008F, 0.3456878F, 0.6008642F},
                                                          {0.1401029F, 0.6681070F, 0.8035919F}}};

TEST(GruLayer, StepsAsTorchDoesAndAgainAfterReset) {
  auto model = model_with(kGru);
  auto layer = GruLayer::create(model, "gru", 2, 3);
  ASSERT_TRUE(layer) << layer.error().message;
  for (const int pass : {1, 2}) {
    for (std::size_t t = 0; t < kGruIn.size(); ++t) {
      std::array<float, 3> out{};
      layer->process(kGruIn[t], out);
      for (std::size_t i = 0; i < out.size(); ++i) {
        EXPECT_NEAR(out[i], kGruOut[t][i], 1e-5F) << "pass " << pass << ", step " << t;
      }
    }
    layer->reset();
  }
}

TEST(GruLayer, StaysWithinOneForAnyInput) {
  auto model = model_with(kGru);
  auto layer = GruLayer::create(model, "gru", 2, 3);
  ASSERT_TRUE(layer);
  for (const float x : {1e9F, -1e9F, 1e30F, -1e30F}) {
    std::array<float, 3> out{};
    layer->process(std::array{x, -x}, out);
    for (const float y : out) EXPECT_TRUE(y >= -1.0F && y <= 1.0F) << y << " for " << x;
  }
}

TEST(GruLayer, NamesTheTensorThatDoesNotFit) {
  auto model = model_with(kGru);
  const auto layer = GruLayer::create(model, "gru", 2, 4);
  ASSERT_FALSE(layer);
  EXPECT_TRUE(layer.error().message.starts_with(
      "model file: tensor 'gru.weight_ih' has shape 9x2, expected 12x2"))
      << layer.error().message;
}

}  // namespace
}  // namespace tonecue

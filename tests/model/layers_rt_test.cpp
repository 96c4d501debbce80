#include <array>

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/model_text.h"
#include "tonecue/model/conv_layer.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/gru_layer.h"

namespace tonecue {
namespace {

TEST(LayersRt, LeaveTheHeapAlone) {
  auto model =
      ModelFile::parse(test::model_of(test::tensor("dense.weight", {2, 2}, {1, 2, 3, 4}) + "," +
                                      test::tensor("dense.bias", {2}, {1, 2}) + "," +
                                      test::tensor("conv.weight", {1, 6}, {1, 2, 3, 4, 5, 6}) +
                                      "," + test::tensor("conv.bias", {1}, {1}) + "," +
                                      test::tensor("gru.weight_ih", {3, 2}, {1, 2, 3, 4, 5, 6}) +
                                      "," + test::tensor("gru.weight_hh", {3, 1}, {1, 2, 3}) + "," +
                                      test::tensor("gru.bias_ih", {3}, {1, 2, 3}) + "," +
                                      test::tensor("gru.bias_hh", {3}, {1, 2, 3})));
  ASSERT_TRUE(model) << model.error().message;
  const auto dense = DenseLayer::create(*model, "dense", 2, Activation::relu);
  auto gru = GruLayer::create(*model, "gru", 2, 1);
  auto conv = ConvLayer::create(*model, "conv", 2, {.taps = 3, .dilation = 2}, Activation::relu);
  ASSERT_TRUE(dense && gru && conv);
  std::array<float, 2> hidden{};
  std::array<float, 1> out{};

  const int before = test::heap_calls();
  dense->process(std::array{0.5F, -0.5F}, hidden);
  gru->process(hidden, out);
  conv->process(hidden, out);
  conv->reset();
  gru->reset();

  EXPECT_EQ(test::heap_calls(), before);
}

}  // namespace
}  // namespace tonecue

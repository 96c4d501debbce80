#include <array>

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/gru_layer.h"

namespace tonecue {
namespace {

TEST(LayersRt, LeaveTheHeapAlone) {
  auto model = ModelFile::parse(R"({
    "schema": "tonecue.model/1", "name": "test", "about": "", "strings": {}, "numbers": {},
    "tensors": {"dense.weight": {"shape": [2, 2], "values": [1, 2, 3, 4]},
                "dense.bias": {"shape": [2], "values": [1, 2]},
                "gru.weight_ih": {"shape": [3, 2], "values": [1, 2, 3, 4, 5, 6]},
                "gru.weight_hh": {"shape": [3, 1], "values": [1, 2, 3]},
                "gru.bias_ih": {"shape": [3], "values": [1, 2, 3]},
                "gru.bias_hh": {"shape": [3], "values": [1, 2, 3]}}})");
  ASSERT_TRUE(model) << model.error().message;
  const auto dense = DenseLayer::create(*model, "dense", 2, Activation::relu);
  auto gru = GruLayer::create(*model, "gru", 2, 1);
  ASSERT_TRUE(dense && gru);
  std::array<float, 2> hidden{};
  std::array<float, 1> out{};

  const int before = test::heap_calls();
  dense->process(std::array{0.5F, -0.5F}, hidden);
  gru->process(hidden, out);
  gru->reset();

  EXPECT_EQ(test::heap_calls(), before);
}

}  // namespace
}  // namespace tonecue

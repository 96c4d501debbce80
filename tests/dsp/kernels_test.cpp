#include "tonecue/dsp/kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using Values = std::vector<float>;

Values random_values(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> value(0.0F, 100.0F);
  Values values(count);
  for (float& v : values) v = value(random);
  return values;
}

// Shapes with and without a rest that fills no vector.
struct Shape {
  std::size_t rows;
  std::size_t columns;
};
constexpr auto kShapes =
    std::to_array<Shape>({{1, 24}, {10, 10}, {24, 43}, {72, 24}, {120, 88}, {125, 1}});

constexpr std::size_t kProducts = 36;
constexpr std::size_t kWindows = 144;
constexpr std::size_t kPairs = 15;
constexpr std::size_t kFiltered = 93;

Values affine(const Kernels& loops, const Shape& shape) {
  Values out(shape.rows);
  loops.affine(random_values(shape.rows * shape.columns, 1).data(),
               random_values(shape.rows, 2).data(), random_values(shape.columns, 3).data(),
               shape.columns, out.data(), shape.rows);
  return out;
}

Values correlate(const Kernels& loops) {
  Values sums(kCorrelationLags);
  loops.correlate(random_values(2 * kProducts, 4).data(),
                  random_values(2 * kProducts + kCorrelationLags, 5).data(), kProducts,
                  sums.data());
  return sums;
}

Values window_energies(const Kernels& loops) {
  Values energies(kWindows);
  loops.window_energies(random_values(kWindows + 71, 6).data(), energies.data(), kWindows);
  return energies;
}

Values normalise(const Kernels& loops) {
  Values values = random_values(kCorrelationLags + 1, 7);
  loops.normalise(3.0F, window_energies(loops).data(), 20.0F, values.data(), values.size());
  return values;
}

Values symmetric_fir(const Kernels& loops) {
  Values out(kFiltered);
  loops.symmetric_fir(random_values(kPairs + 1, 8).data(), kPairs,
                      random_values(kFiltered + 2 * kPairs, 9).data(), out.data(), kFiltered);
  return out;
}

Values biquad(const Kernels& loops) {
  BiquadBlock block{0.1F, 0.2F, -0.3F, 0.4F, {}, {}, {}};
  const Values answers = random_values(std::size_t{8} * 10, 10);
  for (std::size_t i = 0; i < 8; ++i) {
    std::copy_n(answers.begin() + 8 * static_cast<std::ptrdiff_t>(i), 8, block.input[i]);
  }
  std::copy_n(answers.begin() + 64, 8, block.state1);
  std::copy_n(answers.begin() + 72, 8, block.state2);
  for (float* value : {block.state1, block.state2}) {
    for (std::size_t i = 0; i < 8; ++i) value[i] *= 1e-3F;  // Stable.
  }
  Values samples = random_values(80, 11);
  float state1 = 1.0F;
  float state2 = 2.0F;
  loops.biquad(block, state1, state2, samples.data(), 10);
  samples.insert(samples.end(), {state1, state2});
  return samples;
}

void expect_near(const Values& values, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(values[i]), expected[i], tolerance) << "value " << i;
  }
}

class KernelsOfEachSet : public testing::TestWithParam<InstructionSet> {
 protected:
  void SetUp() override {
    if (!is_supported(GetParam())) GTEST_SKIP() << "skipped: not on this processor";
  }
};

// Bits, not nearness: every set sums in the same order.
TEST_P(KernelsOfEachSet, GivesTheSameBitsAsTheBaseline) {
  const Kernels& loops = kernels(GetParam());
  const Kernels& baseline = kernels(InstructionSet::baseline);
  for (const Shape& shape : kShapes) {
    EXPECT_EQ(affine(loops, shape), affine(baseline, shape)) << shape.rows << " rows";
  }
  EXPECT_EQ(correlate(loops), correlate(baseline));
  EXPECT_EQ(window_energies(loops), window_energies(baseline));
  EXPECT_EQ(normalise(loops), normalise(baseline));
  EXPECT_EQ(symmetric_fir(loops), symmetric_fir(baseline));
  EXPECT_EQ(biquad(loops), biquad(baseline));
}

TEST_P(KernelsOfEachSet, MultipliesMatrices) {
  for (const Shape& shape : kShapes) {
    const Values weight = random_values(shape.rows * shape.columns, 1);
    const Values bias = random_values(shape.rows, 2);
    const Values in = random_values(shape.columns, 3);
    std::vector<double> expected(bias.begin(), bias.end());
    for (std::size_t c = 0; c < shape.columns; ++c) {
      for (std::size_t r = 0; r < shape.rows; ++r) {
        expected[r] += static_cast<double>(weight[c * shape.rows + r]) * static_cast<double>(in[c]);
      }
    }
    expect_near(affine(kernels(GetParam()), shape), expected, 0.1);
  }
}

TEST_P(KernelsOfEachSet, CorrelatesEverySecondSample) {
  const Values first = random_values(2 * kProducts, 4);
  const Values second = random_values(2 * kProducts + kCorrelationLags, 5);
  std::vector<double> expected(kCorrelationLags);
  for (std::size_t lag = 0; lag < kCorrelationLags; ++lag) {
    for (std::size_t i = 0; i < 2 * kProducts; i += 2) {
      expected[lag] += static_cast<double>(first[i]) * static_cast<double>(second[i + lag]);
    }
  }
  expect_near(correlate(kernels(GetParam())), expected, 0.1);
}

TEST_P(KernelsOfEachSet, SumsTheEnergyOfEveryWindow) {
  const Values samples = random_values(kWindows + 71, 6);
  std::vector<double> expected(kWindows);
  for (std::size_t start = 0; start < kWindows; ++start) {
    for (std::size_t i = 0; i < 72; i += 2) {
      const auto sample = static_cast<double>(samples[start + i]);
      expected[start] += sample * sample;
    }
  }
  expect_near(window_energies(kernels(GetParam())), expected, 0.5);
}

TEST_P(KernelsOfEachSet, NormalisesByTheRootOfBothEnergies) {
  const Values raw = random_values(kCorrelationLags + 1, 7);
  const Values energies = window_energies(kernels(GetParam()));
  std::vector<double> expected;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    expected.push_back(static_cast<double>(raw[i]) /
                       std::sqrt(3.0 * static_cast<double>(energies[i]) + 20.0));
  }
  expect_near(normalise(kernels(GetParam())), expected, 1e-6);
}

TEST_P(KernelsOfEachSet, FiltersWithTapsThatAreTheSameFromBothEnds) {
  const Values taps = random_values(kPairs + 1, 8);
  const Values in = random_values(kFiltered + 2 * kPairs, 9);
  std::vector<double> expected(kFiltered);
  for (std::size_t i = 0; i < kFiltered; ++i) {
    for (std::size_t t = 0; t <= 2 * kPairs; ++t) {
      const float tap = taps[t <= kPairs ? t : 2 * kPairs - t];
      expected[i] += static_cast<double>(tap) * static_cast<double>(in[i + t]);
    }
  }
  expect_near(symmetric_fir(kernels(GetParam())), expected, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Sets, KernelsOfEachSet,
                         testing::Values(InstructionSet::baseline, InstructionSet::avx2));

TEST(Kernels, AreThoseOfTheSetThatWasChosen) {
  use_instruction_set(InstructionSet::baseline);
  EXPECT_EQ(&kernels(), &kernels(InstructionSet::baseline));
  if (!is_supported(InstructionSet::avx2)) GTEST_SKIP() << "skipped: not on this processor";
  use_instruction_set(InstructionSet::avx2);
  EXPECT_EQ(&kernels(), &kernels(InstructionSet::avx2));
}

}  // namespace
}  // namespace tonecue

#include "tonecue/core/spsc_ring.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(SpscRing, RoundsItsCapacityUpToAPowerOfTwo) {
  EXPECT_EQ(SpscRing<int>(1).capacity(), 1U);
  EXPECT_EQ(SpscRing<int>(5).capacity(), 8U);
  EXPECT_EQ(SpscRing<int>(64).capacity(), 64U);
}

TEST(SpscRing, GivesBackWhatItTookInOrderAcrossItsEnd) {
  SpscRing<int> ring(8);
  int next_in = 0;
  int next_out = 0;
  for (int round = 0; round < 20; ++round) {
    std::array<int, 5> in{};
    for (int& value : in) value = next_in++;
    ASSERT_EQ(ring.write(in), 5U);
    std::array<int, 5> out{};
    ASSERT_EQ(ring.read(out), 5U);
    for (const int value : out) ASSERT_EQ(value, next_out++);
  }
}

TEST(SpscRing, TakesOnlyWhatFits) {
  SpscRing<int> ring(4);
  const std::array<int, 6> in{1, 2, 3, 4, 5, 6};
  EXPECT_EQ(ring.write(in), 4U);
  EXPECT_EQ(ring.writable(), 0U);
  EXPECT_EQ(ring.write(in), 0U);
  std::array<int, 6> out{};
  EXPECT_EQ(ring.read(out), 4U);
  EXPECT_EQ(out[3], 4);
  EXPECT_EQ(ring.read(out), 0U);
  EXPECT_EQ(ring.writable(), 4U);
}

TEST(SpscRing, LosesNothingBetweenTwoThreads) {
  constexpr std::uint32_t kValues = 2'000'000;
  SpscRing<std::uint32_t> ring(1000);
  std::thread producer([&] {
    std::vector<std::uint32_t> block(777);
    std::uint32_t next = 0;
    while (next < kValues) {
      const auto size = std::min<std::size_t>(1 + next % block.size(), kValues - next);
      std::iota(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(size), next);
      const auto taken = ring.write(std::span<const std::uint32_t>(block).first(size));
      next += static_cast<std::uint32_t>(taken);
      if (taken == 0) std::this_thread::yield();
    }
  });
  std::vector<std::uint32_t> block(501);
  std::uint32_t expected = 0;
  std::uint32_t wrong = 0;
  while (expected < kValues) {
    const auto count = ring.read(block);
    for (std::size_t i = 0; i < count; ++i) wrong += block[i] != expected++ ? 1 : 0;
    if (count == 0) std::this_thread::yield();
  }
  producer.join();
  EXPECT_EQ(wrong, 0U);
  EXPECT_EQ(ring.readable(), 0U);
}

#ifndef NDEBUG
void write_from_two_threads() {
  SpscRing<int> ring(4);
  const std::array<int, 1> in{1};
  ring.write(in);
  std::thread([&] { ring.write(in); }).join();
}

TEST(SpscRingDeathTest, AssertsThatEachEndHasOneThread) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(write_from_two_threads(), "belongs to another thread");
}
#endif

TEST(SpscRing, TakesAndGivesOneValueAtATime) {
  SpscRing<int> ring(4);
  for (int lap = 0; lap < 3; ++lap) {
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(ring.push(10 * lap + i));
    EXPECT_FALSE(ring.push(99)) << "full";
    int value = -1;
    for (int i = 0; i < 4; ++i) {
      EXPECT_TRUE(ring.pop(value));
      EXPECT_EQ(value, 10 * lap + i);
    }
    EXPECT_FALSE(ring.pop(value)) << "empty";
  }
}

}  // namespace
}  // namespace tonecue

#include "audio/timeline/sound_arrivals.h"

#include <chrono>
#include <cstdint>
#include <future>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using namespace std::chrono_literals;

bool wakes_at_once(SoundArrivals& arrivals) {
  constexpr std::int64_t kLongNs = 5'000'000'000;
  const auto asked = std::chrono::steady_clock::now();
  arrivals.wait(kLongNs);
  return std::chrono::steady_clock::now() - asked < 4s;
}

bool sleeps(SoundArrivals& arrivals) {
  constexpr std::int64_t kShortNs = 20'000'000;
  const auto asked = std::chrono::steady_clock::now();
  arrivals.wait(kShortNs);
  return std::chrono::steady_clock::now() - asked >= 19ms;
}

TEST(SoundArrivals, WakeForAPairOfBlocksAndNotForOne) {
  SoundArrivals arrivals(2);
  arrivals.note(0);
  arrivals.note(1);
  EXPECT_TRUE(wakes_at_once(arrivals));
  EXPECT_TRUE(sleeps(arrivals)) << "one look serves both";
  arrivals.note(1);
  EXPECT_TRUE(sleeps(arrivals)) << "the other's block is still to come";
}

TEST(SoundArrivals, WakeForTheSecondBlockOfOneWhoseOtherIsGone) {
  SoundArrivals arrivals(2);
  arrivals.note(1);
  arrivals.note(1);
  EXPECT_TRUE(wakes_at_once(arrivals));
}

TEST(SoundArrivals, WakeForEachBlockOfAnOnlyInputAndWhenAsked) {
  SoundArrivals arrivals(1);
  arrivals.note(0);
  EXPECT_TRUE(wakes_at_once(arrivals));
  arrivals.wake();
  EXPECT_TRUE(wakes_at_once(arrivals));
}

TEST(SoundArrivals, WakeAThreadThatSleeps) {
  SoundArrivals arrivals(2);
  auto woken = std::async(std::launch::async, [&] { return wakes_at_once(arrivals); });
  arrivals.note(0);
  arrivals.note(1);
  EXPECT_TRUE(woken.get());
}

}  // namespace
}  // namespace tonecue

#include <span>

#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {
namespace {

// Vowels and pauses at a rate of two a second, so that every part of the chain has work.
test::Signal babble(float f0_hz, int seconds) {
  using test::operator+;
  test::Signal signal;
  for (int i = 0; i < 2 * seconds; ++i) {
    const float glide = 1.0F + 0.05F * static_cast<float>(i % 5);
    signal = signal + test::vowel(f0_hz * glide, 350, -24.0F) + test::white_noise(150, -60.0F);
  }
  return signal;
}

TEST(CallSessionRt, LeavesTheHeapAloneAfterCreate) {
  const auto agent = babble(120.0F, 40);
  const auto customer = babble(210.0F, 40);
  auto session = CallSession::create({});
  ASSERT_TRUE(session);
  CallListener nobody;

  const int before = test::heap_calls();
  session->push({std::span(agent), std::span(customer)}, nobody);
  session->finish(nobody);

  EXPECT_EQ(test::heap_calls(), before);
}

// What 500 calls on one machine cost: they share the program, not what each of them remembers.
TEST(CallSessionRt, HoldsLessThan300KilobytesACall) {
  ASSERT_TRUE(CallSession::create({}));  // What all calls share is made by the first.
  const auto before = test::heap_bytes();
  const auto session = CallSession::create({});
  ASSERT_TRUE(session);

  EXPECT_LT(test::heap_bytes() - before, 300'000);
  RecordProperty("bytes", static_cast<int>(test::heap_bytes() - before));
}

}  // namespace
}  // namespace tonecue

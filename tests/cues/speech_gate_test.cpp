#include "cues/speech_gate.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "cues/made_customer.h"
#include "support/signals.h"

namespace tonecue {
namespace {

/// The indices of the frames that pass, of a second of voice.
template <class Speech, class Clean>
std::vector<std::int64_t> passed(Speech speech, Clean clean) {
  SpeechGate gate;
  std::vector<std::int64_t> kept;
  for (const auto& frame : test::customer_frames(test::vowel(120.0F, 1000, -25.0F))) {
    gate.process(frame, speech(frame->index), clean(frame->index),
                 [&](const FeatureFrame& one) { kept.push_back(one.index); });
  }
  return kept;
}

std::vector<std::int64_t> range(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> all;
  for (std::int64_t i = first; i <= last; ++i) all.push_back(i);
  return all;
}

TEST(SpeechGate, PassesATenthOfASecondOnBothSidesOfSpeech) {
  const auto speech = [](std::int64_t i) { return i >= 40 && i < 60; };
  EXPECT_EQ(passed(speech, [](std::int64_t) { return true; }), range(30, 69));
}

TEST(SpeechGate, PassesEachFrameOnceWhereMarginsMeet) {
  const auto speech = [](std::int64_t i) { return i == 40 || i == 55; };
  EXPECT_EQ(passed(speech, [](std::int64_t) { return true; }), range(30, 65));
}

TEST(SpeechGate, PassesNothingBesideSpeechWhereAnotherIsHeard) {
  const auto speech = [](std::int64_t i) { return i == 50; };
  const auto clean = [](std::int64_t i) { return i == 50 || i < 45; };
  EXPECT_EQ(passed(speech, clean), range(50, 50));
}

}  // namespace
}  // namespace tonecue

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

#include <gtest/gtest.h>

#include "cues/distress_functionals.h"
#include "cues/distress_window.h"
#include "cues/sample_customer.h"
#include "cues/speech_gate.h"
#include "support/number_table.h"

namespace tonecue {
namespace {

/// Speech so far in hops -> what the program that measures for the trainer gave then.
std::map<int, DistressFunctionalRow> rows_of_the_trainer() {
  std::map<int, DistressFunctionalRow> rows;
  for (const auto& row : test::read_numbers(TONECUE_GOLDEN_DIR "/distress_functionals.csv")) {
    if (row.size() != 1U + kDistressFunctionals) {  // speech_s before them.
      ADD_FAILURE() << "a row of " << row.size();
      continue;
    }
    const auto hops = static_cast<int>(std::lround(row.front() * kHopsPerSecond));
    std::copy(row.begin() + 1, row.end(), rows[hops].begin());
  }
  return rows;
}

TEST(DistressFunctionals, AreThoseThatTheTrainerMeasured) {
  const auto expected = rows_of_the_trainer();
  const auto names = distress_functional_names();
  ASSERT_GE(expected.size(), 5U);
  SpeechGate gate;
  auto functionals = DistressFunctionals::create().value();
  int speech_hops = 0;
  std::size_t compared = 0;
  for (const CustomerFrame& frame :
       test::customer_frames(test::sample_customer("distressed.flac"))) {
    gate.process(frame, frame->speech, true,
                 [&](const FeatureFrame& kept) { functionals.add(kept); });
    if (!frame->speech) continue;
    const auto row = expected.find(++speech_hops);
    if (row == expected.end()) continue;
    const DistressFunctionalRow& measured = functionals.compute();
    for (std::size_t i = 0; i < measured.size(); ++i) {
      const float wanted = row->second[i];
      EXPECT_NEAR(measured[i], wanted, 1e-5F * std::max(1.0F, std::abs(wanted))) << names[i];
    }
    ++compared;
  }
  EXPECT_EQ(compared, expected.size());
}

}  // namespace
}  // namespace tonecue

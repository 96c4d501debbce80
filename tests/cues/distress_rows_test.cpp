#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "cues/distress_functionals.h"
#include "cues/distress_window.h"
#include "cues/sample_customer.h"
#include "cues/speech_gate.h"

namespace tonecue {
namespace {

/// Speech so far in hops -> what the program that measures for the trainer gave then.
std::map<int, DistressFunctionalRow> rows_of_the_trainer() {
  std::ifstream file(TONECUE_GOLDEN_DIR "/distress_functionals.csv");
  std::string line;
  std::getline(file, line);  // speech_s, and the names.
  std::map<int, DistressFunctionalRow> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell;
    const auto next = [&] {
      std::getline(cells, cell, ',');
      return std::stof(cell);
    };
    const auto hops = static_cast<int>(std::lround(next() * kHopsPerSecond));
    for (float& value : rows[hops]) value = next();
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

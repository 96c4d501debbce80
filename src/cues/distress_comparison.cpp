#include "tonecue/cues/distress_comparison.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

#include "cues/distress_network.h"

namespace tonecue {
namespace {

constexpr int kVoices = 2000;
constexpr std::uint32_t kSeed = 7;
constexpr float kSpreadDeviations = 2.6F;  // Evenly within them: a deviation of 1.5.
constexpr float kStepDeviations = 1.7F;    // ... and of 1.

/// Rows as a voice of the training might give them.
class MadeVoices {
 public:
  explicit MadeVoices(const DistressScaling& scaling) : scaling_(scaling) {}

  /// Each value `deviations` of its own around `centre`.
  DistressFunctionalRow around(const float* centre, const std::vector<float>& scale,
                               float deviations) {
    DistressFunctionalRow row{};
    for (std::size_t i = 0; i < row.size(); ++i) {
      const float deviation = scale[i] > 0.0F ? 1.0F / scale[i] : 1.0F;
      row[i] = centre[i] + evenly(deviations) * deviation;
    }
    return row;
  }

  DistressFunctionalRow row() {
    return around(scaling_.centre.data(), scaling_.scale, kSpreadDeviations);
  }
  DistressFunctionalRow usual_of(const DistressFunctionalRow& row) {
    return around(row.data(), scaling_.step_scale, kStepDeviations);
  }

 private:
  // The standard's own distributions differ from one library to another.
  float evenly(float limit) {
    constexpr float kHalf = 2147483648.0F;
    return limit * (static_cast<float>(random_()) / kHalf - 1.0F);
  }

  const DistressScaling& scaling_;
  std::mt19937 random_{kSeed};
};

void count(float change, AnswerChange& into) {
  into.mean += std::abs(change) / kVoices;
  into.largest = std::max(into.largest, std::abs(change));
}

}  // namespace

DistressComparison compare(const DistressWeights& a, const DistressWeights& b) {
  DistressNetwork first = a.network();
  DistressNetwork second = b.network();
  MadeVoices voices(a.network().scaling());
  DistressComparison comparison{kVoices, {}, {}};
  for (int i = 0; i < kVoices; ++i) {
    const DistressFunctionalRow row = voices.row();
    const DistressFunctionalRow usual = voices.usual_of(row);
    const DistressFunctionalRow* known = i % 2 == 1 ? &usual : nullptr;
    const DistressScore one = first.process(row, known, {});
    const DistressScore other = second.process(row, known, {});
    count(other.agitated - one.agitated, comparison.agitated);
    count(other.distress - one.distress, comparison.distress);
  }
  return comparison;
}

}  // namespace tonecue

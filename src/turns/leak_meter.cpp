#include "tonecue/turns/leak_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr float kMeanPace = 0.02F;  // Half a second: syllables stand out of it, turns do not.
constexpr float kMostDb = 15.0F;    // No single click decides.
constexpr float kKeep = 1.0F - 1.0F / (60.0F * kHopsPerSecond);
constexpr std::int64_t kLeastHops = std::int64_t{10} * kHopsPerSecond;
constexpr std::int64_t kJudgeHops = 50;  // The correlation changes over seconds.
constexpr float kLeakCorrelation = 0.09F;
constexpr float kSameCorrelation = 0.6F;
constexpr float kSameDb = 12.0F;  // Peaks of 80 ms against means of 30 ms differ by some dB.
constexpr float kWeakerPace = 1.0F / kHopsPerSecond;

}  // namespace

void LeakMeter::process(const BandLevels& near_db, const BandLevels& far_peak_db) noexcept {
  if (hops_ == 0) {
    near_mean_db_ = near_db;
    far_mean_db_ = far_peak_db;
    for (std::size_t b = 0; b < kMelBands; ++b) weaker_db_[b] = far_peak_db[b] - near_db[b];
  }
  for (std::size_t b = 0; b < kMelBands; ++b) {
    const float near = near_db[b] - near_mean_db_[b];
    const float far = far_peak_db[b] - far_mean_db_[b];
    near_mean_db_[b] += kMeanPace * near;
    far_mean_db_[b] += kMeanPace * far;
    weaker_db_[b] += kWeakerPace * (far_peak_db[b] - near_db[b] - weaker_db_[b]);
    const float n = std::clamp(near, -kMostDb, kMostDb);
    const float f = std::clamp(far, -kMostDb, kMostDb);
    sums_.near[b] = kKeep * sums_.near[b] + n * n;
    sums_.far[b] = kKeep * sums_.far[b] + f * f;
    sums_.both[b] = kKeep * sums_.both[b] + n * f;
  }
  if (++hops_ >= kLeastHops && hops_ % kJudgeHops == 0) state_ = judge();
}

float LeakMeter::correlation() const noexcept {
  float sum = 0.0F;
  for (std::size_t b = 0; b < kMelBands; ++b) {
    sum += sums_.both[b] / std::sqrt(sums_.near[b] * sums_.far[b] + 1.0F);  // Silence: 0.
  }
  return sum / kMelBands;
}

BleedState LeakMeter::judge() const noexcept {
  const float correlated = correlation();
  const float weaker_db = std::accumulate(weaker_db_.begin(), weaker_db_.end(), 0.0F) / kMelBands;
  if (correlated > kSameCorrelation && weaker_db < kSameDb) return BleedState::unusable;
  return correlated > kLeakCorrelation ? BleedState::guarded : BleedState::clean;
}

}  // namespace tonecue

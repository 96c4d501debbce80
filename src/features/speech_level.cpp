#include "features/speech_level.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

// Level is that of 25 ms around a point 3 ms after the frame's centre.
constexpr std::size_t kFirst = SplitSignal::kCentre - 38;
constexpr std::size_t kPairs = 100;
constexpr float kWidestRangeDb = 40.0F;

}  // namespace

float SpeechLevel::process(const SplitSignal& low) noexcept {
  float energy = 0.0F;
  for (std::size_t i = kFirst; i < kFirst + kPairs; ++i) {
    energy += low.even[i] * low.even[i] + low.odd[i] * low.odd[i];
  }
  const float level_db = 10.0F * std::log10(energy / (2.0F * kPairs) + 1.0F);
  if (!started_) {
    started_ = true;
    floor_db_ = level_db;
    peak_db_ = level_db + 20.0F;
  }
  const float above_floor_db = level_db - floor_db_;
  floor_db_ +=
      above_floor_db < 0.0F ? 0.3F * above_floor_db : std::min(0.02F, 0.01F * above_floor_db);
  const float above_peak_db = level_db - peak_db_;
  peak_db_ += above_peak_db > 0.0F ? 0.3F * above_peak_db : -0.01F;
  peak_db_ = std::max(peak_db_, floor_db_ + 15.0F);

  const float over_floor = std::min(level_db - floor_db_, kWidestRangeDb) / 20.0F;
  const float under_peak = std::max(level_db - peak_db_, -kWidestRangeDb) / 20.0F;
  return -0.48F * over_floor + 1.48F * (under_peak + 1.0F);
}

float SpeechLevel::fade_rms() const noexcept { return 20.0F; }

void SpeechLevel::reset() noexcept { *this = SpeechLevel(); }

}  // namespace tonecue

// For each band and hop:
//   1. near = the channel's level over the last 3 hops, far = the highest far level of 0 to 70 ms.
//   2. While the far voice is clearly there, at every delay, the leak gain follows the running
//   median of
//      near - far; much louder sound is the near voice, and barely moves it.
//   3. Explained = the larger of far + gain and the room noise, over 5 hops.
// The margin is how far the channel lies above the explained level, averaged over the bands. The
// constants were searched on composed calls with leaks of -20 to -42 dB and 3 to 60 ms.

#include "tonecue/turns/bleed_guard.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tonecue {
namespace {

constexpr float kOpenDb = 3.0F;
constexpr float kCloseDb = 1.0F;

constexpr float kNoiseAboveFloorDb = 3.0F;  // The tracker below rides near the minimum.
constexpr float kNoiseStartDb = -60.0F;     // A call may begin in the middle of a word.
constexpr float kNoiseRiseDb = 0.02F;       // Per hop: 2 dB/s, slower than any speech.
constexpr float kNoiseFall = 0.15F;         // Share of the difference per hop.
constexpr float kFarVoiceDb = 15.0F;        // Above the far noise: surely the far voice.
constexpr float kGainStartDb = -20.0F;      // The strongest usual leak, until it is measured.
constexpr float kGainLowestDb = -60.0F;
constexpr float kGainHighestDb = -8.0F;  // More than this is two mixed voices, not a leak.
constexpr float kGainStepDb = 0.05F;
constexpr float kGainNearVoiceStepDb = 0.01F;
constexpr float kNearVoiceDb = 15.0F;
constexpr float kBandLowestDb = -5.0F;  // No single band decides.
constexpr float kBandHighestDb = 25.0F;

float follow_noise(float noise_db, float level_db) noexcept {
  const float difference = level_db - noise_db;
  return noise_db + (difference > 0.0F ? kNoiseRiseDb : kNoiseFall * difference);
}

template <std::size_t n>
float mean(const std::array<float, n>& values) noexcept {
  return std::accumulate(values.begin(), values.end(), 0.0F) / static_cast<float>(n);
}

float finite_level(float level_db) noexcept {
  return std::isfinite(level_db) ? std::max(level_db, kMelFloorDb) : kMelFloorDb;
}

}  // namespace

void BleedGuard::process(const BandLevels& near_db, const BandLevels& far_db) noexcept {
  leaking_bands_ = 0;
  float sum_db = 0.0F;
  for (std::size_t b = 0; b < bands_.size(); ++b) {
    sum_db += band_margin_db(bands_[b], finite_level(near_db[b]), finite_level(far_db[b]));
  }
  ++frames_;
  margin_db_ = sum_db / static_cast<float>(kMelBands);
  own_sound_ = margin_db_ > (own_sound_ ? kCloseDb : kOpenDb);
  leak_expected_ = 2 * leaking_bands_ > kMelBands;
}

float BleedGuard::band_margin_db(Band& band, float near_db, float far_db) noexcept {
  if (frames_ == 0) {
    band.near_db.fill(near_db);
    band.far_db.fill(far_db);
    band.far_delayed_db.fill(far_db);
    band.explained_db.fill(near_db);
    band.near_noise_db = std::min(near_db, kNoiseStartDb);
    band.far_noise_db = std::min(far_db, kNoiseStartDb);
    band.leak_gain_db = kGainStartDb;
  }
  band.near_db[frames_ % kLongFrames] = near_db;
  band.far_db[frames_ % kLongFrames] = far_db;
  band.far_delayed_db[frames_ % kDelayFrames] = far_db;

  const float near_long_db = mean(band.near_db);
  band.near_noise_db = follow_noise(band.near_noise_db, near_long_db);
  band.far_noise_db = follow_noise(band.far_noise_db, mean(band.far_db));

  const float far_peak_db =
      *std::max_element(band.far_delayed_db.begin(), band.far_delayed_db.end());
  const float far_voice_db = band.far_noise_db + kNoiseAboveFloorDb + kFarVoiceDb;
  const float far_oldest_db = band.far_delayed_db[(frames_ + 1) % kDelayFrames];
  if (std::min(far_db, far_oldest_db) > far_voice_db) {
    float near_short_db = 0.0F;
    for (std::size_t k = 0; k < kShortFrames; ++k) {
      near_short_db += band.near_db[(frames_ + kLongFrames - k) % kLongFrames];
    }
    const float above_db =
        near_short_db / static_cast<float>(kShortFrames) - far_peak_db - band.leak_gain_db;
    const float step_db = above_db > kNearVoiceDb ? kGainNearVoiceStepDb
                          : above_db > 0.0F       ? kGainStepDb
                                                  : -kGainStepDb;
    band.leak_gain_db = std::clamp(band.leak_gain_db + step_db, kGainLowestDb, kGainHighestDb);
  }

  const float leak_db = far_peak_db + band.leak_gain_db;
  const float noise_db = band.near_noise_db + kNoiseAboveFloorDb;
  leaking_bands_ += leak_db > noise_db ? 1 : 0;
  band.explained_db[frames_ % kLongFrames] = std::max(leak_db, noise_db);
  return std::clamp(near_long_db - mean(band.explained_db), kBandLowestDb, kBandHighestDb);
}

}  // namespace tonecue

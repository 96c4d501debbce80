// For each band and hop:
//   1. near = the channel's level over the last 3 hops, far = the highest far level of 0 to 70 ms.
//   2. While the far voice is clearly there, at every delay, the leak gain follows the running
//      median of near - far; much louder sound is the near voice, and barely moves it. Room noise
//      is no leak: it never raises the gain.
//   3. Explained = the larger of far + gain and the room noise, over 5 hops.
// The margin is how far the channel lies above the explained level, averaged over the bands. It
// counts only where a leak stands out of the noise: whether noise is speech the detector knows
// better. The constants were searched on composed calls with leaks of -20 to -42 dB, 3 to 60 ms.

#include "tonecue/turns/bleed_guard.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kOpenDb = 2.5F;
constexpr float kCloseDb = -2.0F;

constexpr float kNoiseAboveFloorDb = 3.0F;  // The tracker below rides near the minimum.
constexpr float kNoiseStartDb = -60.0F;     // A call may begin in the middle of a word.
constexpr float kNoiseRiseDb = 0.02F;       // Per hop: 2 dB/s, slower than any speech.
constexpr float kNoiseFall = 0.15F;         // Share of the difference per hop.
constexpr float kFarVoiceDb = 15.0F;        // Above the far noise: surely the far voice.
constexpr float kGainStartDb = -20.0F;      // The strongest usual leak, until it is measured.
constexpr float kGainLowestDb = -60.0F;
constexpr float kGainHighestDb = -8.0F;  // More than this is two mixed voices, not a leak.
constexpr float kGainStepDb = 0.1F;
constexpr float kOverRoomDb = 5.0F;  // More than the room's own swing above its tracked floor.
constexpr float kGainNearVoiceStepDb = 0.01F;
constexpr float kNearVoiceDb = 15.0F;
constexpr float kBandLowestDb = -5.0F;  // No single band decides.
constexpr float kBandHighestDb = 25.0F;

float followed(float noise_db, float level_db) noexcept {
  const float difference = level_db - noise_db;
  return noise_db + (difference > 0.0F ? kNoiseRiseDb : kNoiseFall * difference);
}

BleedGuard::BandLevels finite(const BleedGuard::BandLevels& levels_db) noexcept {
  BleedGuard::BandLevels finite_db;
  std::transform(levels_db.begin(), levels_db.end(), finite_db.begin(), [](float level_db) {
    return std::isfinite(level_db) ? std::max(level_db, kMelFloorDb) : kMelFloorDb;
  });
  return finite_db;
}

}  // namespace

template <std::size_t kHops>
BleedGuard::BandLevels BleedGuard::History<kHops>::mean(std::size_t hops) const noexcept {
  BandLevels sum = rows_[newest_];
  for (std::size_t k = 1; k < hops; ++k) {
    const BandLevels row =
        rows_[(newest_ + kHops - k) % kHops];  // A copy: the bands go in parallel.
    for (std::size_t b = 0; b < sum.size(); ++b) sum[b] += row[b];
  }
  const float share = 1.0F / static_cast<float>(hops);
  for (float& level_db : sum) level_db *= share;
  return sum;
}

template <std::size_t kHops>
BleedGuard::BandLevels BleedGuard::History<kHops>::peak() const noexcept {
  BandLevels peak = rows_[0];
  for (const BandLevels& row : rows_) {
    for (std::size_t b = 0; b < peak.size(); ++b) peak[b] = std::max(peak[b], row[b]);
  }
  return peak;
}

void BleedGuard::process(const BandLevels& near_db, const BandLevels& far_db) noexcept {
  const BandLevels near = finite(near_db);
  const BandLevels far = finite(far_db);
  if (!started_) start(near, far);
  near_.push(near);
  far_.push(far);
  const BandLevels near_short_db = near_.mean(kShortHops);
  const BandLevels near_long_db = near_.mean(kLongHops);
  const BandLevels far_peak_db = far_.peak();
  follow_noise(near_long_db, far_.mean(kLongHops));
  learn_leak(near_short_db, far_peak_db);
  compare(near_long_db, far_peak_db);
  if (far_speaks()) leak_meter_.process(near_short_db, far_peak_db);
}

bool BleedGuard::far_speaks() const noexcept {
  int loud_bands = 0;
  for (std::size_t b = 0; b < kMelBands; ++b) {
    const float far_voice_db = far_noise_db_[b] + kNoiseAboveFloorDb + kFarVoiceDb;
    loud_bands += far_.newest()[b] > far_voice_db ? 1 : 0;
  }
  return 2 * loud_bands > kMelBands;
}

void BleedGuard::start(const BandLevels& near_db, const BandLevels& far_db) noexcept {
  started_ = true;
  near_.fill(near_db);
  far_.fill(far_db);
  explained_.fill(near_db);
  leak_gain_db_.fill(kGainStartDb);
  for (std::size_t b = 0; b < near_db.size(); ++b) {
    near_noise_db_[b] = std::min(near_db[b], kNoiseStartDb);
    far_noise_db_[b] = std::min(far_db[b], kNoiseStartDb);
  }
}

void BleedGuard::follow_noise(const BandLevels& near_db, const BandLevels& far_db) noexcept {
  for (std::size_t b = 0; b < near_db.size(); ++b) {
    near_noise_db_[b] = followed(near_noise_db_[b], near_db[b]);
    far_noise_db_[b] = followed(far_noise_db_[b], far_db[b]);
  }
}

void BleedGuard::learn_leak(const BandLevels& near_db, const BandLevels& far_peak_db) noexcept {
  const BandLevels& far_newest_db = far_.newest();
  const BandLevels& far_oldest_db = far_.oldest();
  for (std::size_t b = 0; b < near_db.size(); ++b) {
    const float far_voice_db = far_noise_db_[b] + kNoiseAboveFloorDb + kFarVoiceDb;
    const float above_db = near_db[b] - far_peak_db[b] - leak_gain_db_[b];
    const float up_db = above_db > kNearVoiceDb ? kGainNearVoiceStepDb : kGainStepDb;
    const bool over_room = near_db[b] > near_noise_db_[b] + kOverRoomDb;
    const float step_db = above_db > 0.0F ? (over_room ? up_db : 0.0F) : -kGainStepDb;
    const bool heard = std::min(far_newest_db[b], far_oldest_db[b]) > far_voice_db;
    leak_gain_db_[b] =
        std::clamp(leak_gain_db_[b] + (heard ? step_db : 0.0F), kGainLowestDb, kGainHighestDb);
  }
}

void BleedGuard::compare(const BandLevels& near_db, const BandLevels& far_peak_db) noexcept {
  BandLevels explained_db;
  int leaking_bands = 0;
  for (std::size_t b = 0; b < near_db.size(); ++b) {
    const float leak_db = far_peak_db[b] + leak_gain_db_[b];
    const float noise_db = near_noise_db_[b] + kNoiseAboveFloorDb;
    leaking_bands += leak_db > noise_db ? 1 : 0;
    explained_db[b] = std::max(leak_db, noise_db);
  }
  explained_.push(explained_db);
  explained_db = explained_.mean(kLongHops);
  BandLevels over_db;
  for (std::size_t b = 0; b < near_db.size(); ++b) {
    over_db[b] = std::clamp(near_db[b] - explained_db[b], kBandLowestDb, kBandHighestDb);
  }
  constexpr std::size_t kQuarter =
      kMelBands / 4;  // Sums of their own, so that they go in parallel.
  std::array<float, 4> sums_db{};
  for (std::size_t b = 0; b < kQuarter; ++b) {
    for (std::size_t k = 0; k < 4; ++k) sums_db[k] += over_db[4 * b + k];
  }
  const float sum_db = sums_db[0] + sums_db[1] + sums_db[2] + sums_db[3];
  margin_db_ = sum_db / static_cast<float>(kMelBands);
  leak_expected_ = leaking_bands > 0;
  above_ = margin_db_ > (above_ ? kCloseDb : kOpenDb);
}

}  // namespace tonecue

#include "tonecue/features/vad_inputs.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

// Keeps the logarithm of silence finite, near the quietest 16-bit step.
constexpr float kTinyPower = 1e-9F;

constexpr int kLevelFirstBin = 6;  // 188 Hz
constexpr int kLevelEndBin = 116;  // 3594 Hz
constexpr int kFlatFirstBin = 8;   // 250 Hz
constexpr int kFlatEndBin = 110;   // 3406 Hz
constexpr std::size_t kPeriodicFirstBin = 5;
constexpr std::size_t kPeriodicEndBin = 113;
constexpr int kShortestLag = 20;  // 400 Hz
constexpr int kEndLag = 128;      // 63 Hz

// Rates per hop, and scales in dB, of the study that the detector was built on.
constexpr float kSmoothing = 0.3F;
constexpr float kFloorFall = 0.25F;
constexpr float kFloorRise = 0.003F;
constexpr float kFloorLeastRiseDb = 0.002F;
constexpr float kFloorMostRiseDb = 0.02F;
constexpr float kLoudestFallDb = 0.015F;
constexpr float kLoudestAboveFloorDb = 10.0F;
constexpr float kLevelScaleDb = 20.0F;
constexpr float kFluxScaleDb = 6.0F;

// Side by side rather than one after the other: additions in a row wait for each other.
constexpr int kLanes = 6;

float sum(const float* first, int count) noexcept {
  std::array<float, kLanes> lanes{};
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) lanes[lane] += first[i + lane];
  }
  for (; i < count; ++i) lanes[0] += first[i];
  return std::accumulate(lanes.begin(), lanes.end(), 0.0F);
}

float mean(const PowerSpectrum& power, int first_bin, int end_bin) noexcept {
  return sum(power.data() + first_bin, end_bin - first_bin) /
         static_cast<float>(end_bin - first_bin);
}

float level_db(const PowerSpectrum& power) noexcept {
  return 10.0F * std::log10(mean(power, kLevelFirstBin, kLevelEndBin) + kTinyPower);
}

// Logarithm of the geometric mean over the arithmetic one. A product of a few powers stays within a
// double, so that one logarithm does for all of them.
float flatness(const PowerSpectrum& power) noexcept {
  constexpr int kBins = kFlatEndBin - kFlatFirstBin;
  static_assert(kBins == 17 * kLanes, "(1e-9)^17 is a double");
  std::array<double, kLanes> products{};
  products.fill(1.0);
  const float* first = power.data() + kFlatFirstBin;
  for (int i = 0; i < kBins; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) {
      products[lane] *= static_cast<double>(first[i + lane] + kTinyPower);
    }
  }
  double log_sum = 0.0;
  for (const double product : products) log_sum += std::log10(product);
  return static_cast<float>(log_sum) / static_cast<float>(kBins) -
         std::log10(mean(power, kFlatFirstBin, kFlatEndBin) + kTinyPower);
}

constexpr PowerSpectrum kSilentPower{};

MelLevels silent_mel() noexcept {
  MelLevels levels{};
  levels.fill(kMelFloorDb);
  return levels;
}

}  // namespace

void NoiseFloor::follow(float level_db) noexcept {
  smoothed_db += kSmoothing * (level_db - smoothed_db);
  const float above_db = smoothed_db - floor_db;
  floor_db += above_db < 0.0F
                  ? kFloorFall * above_db
                  : std::min(kFloorMostRiseDb, kFloorRise * above_db + kFloorLeastRiseDb);
}

Result<VadInputs> VadInputs::create() {
  auto fft = RealFft::create(kSpectrumSamples);
  if (!fft) return tl::unexpected(fft.error());
  return VadInputs(std::move(*fft));
}

VadInputs::VadInputs(RealFft fft) : fft_(std::move(fft)) {}

void VadInputs::follow(const MelLevels& mel_db, float level) noexcept {
  if (!started_) {
    for (std::size_t b = 0; b < mel_db.size(); ++b) band_floors_[b].start(mel_db[b]);
    floor_.start(level);
    loudest_db_ = level;
    previous_db_ = mel_db;
    started_ = true;
  }
  for (std::size_t b = 0; b < mel_db.size(); ++b) band_floors_[b].follow(mel_db[b]);
  floor_.follow(level);
  const float rise_db = floor_.smoothed_db - loudest_db_;
  loudest_db_ += rise_db > 0.0F ? kSmoothing * rise_db : -kLoudestFallDb;
  loudest_db_ = std::max(loudest_db_, floor_.floor_db + kLoudestAboveFloorDb);
}

float VadInputs::periodicity(const PowerSpectrum& power) noexcept {
  for (std::size_t k = kPeriodicFirstBin; k < kPeriodicEndBin; ++k) {
    magnitude_[k] = std::sqrt(power[k] + 1e-12F);
  }
  fft_.inverse(magnitude_, correlation_);
  return *std::max_element(correlation_.begin() + kShortestLag, correlation_.begin() + kEndLag) /
         correlation_[0];
}

const VadInput& VadInputs::process(const PowerSpectrum& power_in,
                                   const MelLevels& mel_in) noexcept {
  const bool finite = std::isfinite(sum(power_in.data(), kSpectrumBins));
  const PowerSpectrum& power = finite ? power_in : kSilentPower;
  const MelLevels mel_db = finite ? mel_in : silent_mel();
  const float level = level_db(power);
  follow(mel_db, level);

  float flux_db = 0.0F;
  for (std::size_t b = 0; b < mel_db.size(); ++b) {
    input_[b] = std::clamp((mel_db[b] - loudest_db_) / kLevelScaleDb, -3.0F, 1.0F);
    input_[kMelBands + b] =
        std::clamp((mel_db[b] - band_floors_[b].floor_db) / kLevelScaleDb, -0.5F, 2.5F);
    flux_db += std::max(mel_db[b] - previous_db_[b], 0.0F) / static_cast<float>(kMelBands);
  }
  const std::array<float, 6> scalars = {
      std::clamp((level - loudest_db_) / kLevelScaleDb, -3.0F, 1.0F),
      std::clamp((level - floor_.floor_db) / kLevelScaleDb, -0.5F, 3.0F),
      std::clamp((loudest_db_ - floor_.floor_db) / kLevelScaleDb, 0.0F, 3.0F),
      std::clamp(flux_db / kFluxScaleDb, 0.0F, 3.0F),
      2.0F * periodicity(power),
      flatness(power)};
  std::copy(scalars.begin(), scalars.end(), input_.end() - std::ssize(scalars));
  previous_db_ = mel_db;
  return input_;
}

void VadInputs::reset() noexcept { started_ = false; }

}  // namespace tonecue

#include "features/speech_level.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "features/energy.h"
#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

// Level is that of 25 ms around a point 3 ms after the frame's centre.
constexpr std::size_t kFirst = CentredSignal::kCentre - 76;
constexpr std::size_t kSamples = 200;

constexpr float kAudiblePower = 0.01F;  // A tenth of the last bit: less is digital silence.
constexpr int kPartialFrames = 3;       // The first window that sound fills wholly is the third.

constexpr float kFall = 0.3F;
constexpr float kSlowRise = 0.01F;
constexpr float kMostRiseDb = 0.02F;  // 2 dB a second.
constexpr float kPeakRise = 0.3F;
constexpr float kPeakFallDb = 0.01F;  // 1 dB a second.

// Until speech has been heard its peak is a guess: where telephone speech usually lies, within
// reason for the noise. It gives way to a sure voice that stands out of the noise.
constexpr float kExpectedPeakDb = 65.0F;  // -25 dBFS
constexpr float kGiveWayDb = 3.0F;
constexpr float kStandsOutDb = 6.0F;
constexpr float kSureScore = 0.9F;
constexpr float kLeastGuessDb = 25.0F;
constexpr float kMostGuessDb = 42.0F;
// Less for what fades: a steady voice that began with the call is all the floor there is.
constexpr float kLeastFadeGuessDb = 15.0F;

constexpr float kMostRangeDb = 55.0F;
constexpr float kFloorWeight = -0.44F;
constexpr float kPeakWeight = 1.48F;
constexpr float kFadeDb = -26.0F;  // From the speech peak.

}  // namespace

float SpeechLevel::process(const CentredSignal& low) noexcept {
  const float power =
      energy(std::span(low.samples.data() + kFirst, kSamples)) / static_cast<float>(kSamples);
  const float level_db = power_to_db(power + kAudiblePower);
  if (power > kAudiblePower) {
    if (audible_frames_ < kPartialFrames) start(level_db);
    follow(level_db);
  }
  over_floor_db_ = level_db - floor_db_;
  const float over_floor = std::min(over_floor_db_, kMostRangeDb) / 20.0F;
  const float under_peak =
      std::clamp(level_db - peak_db(kLeastGuessDb), -kMostRangeDb, 0.0F) / 20.0F;
  return kFloorWeight * over_floor + kPeakWeight * (under_peak + 1.0F);
}

void SpeechLevel::start(float level_db) noexcept {
  ++audible_frames_;
  floor_db_ = level_db;
  heard_peak_db_ = level_db;
  expected_peak_db_ = kExpectedPeakDb;
}

void SpeechLevel::follow(float level_db) noexcept {
  const float over_floor_db = level_db - floor_db_;
  floor_db_ += over_floor_db < 0.0F ? kFall * over_floor_db
                                    : std::min(kMostRiseDb, kSlowRise * over_floor_db);
  const float over_peak_db = level_db - heard_peak_db_;
  heard_peak_db_ += over_peak_db > 0.0F ? kPeakRise * over_peak_db : -kPeakFallDb;
}

void SpeechLevel::judge(float score) noexcept {
  if (score > kSureScore && over_floor_db_ > kStandsOutDb) expected_peak_db_ -= kGiveWayDb;
}

float SpeechLevel::peak_db(float least_guess_db) const noexcept {
  return std::max(heard_peak_db_, std::clamp(expected_peak_db_, floor_db_ + least_guess_db,
                                             floor_db_ + kMostGuessDb));
}

float SpeechLevel::fade_rms() const noexcept {
  return db_to_amplitude(peak_db(kLeastFadeGuessDb) + kFadeDb);
}

void SpeechLevel::reset() noexcept { *this = SpeechLevel(); }

}  // namespace tonecue

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
constexpr float kFirstPeakDb = 25.0F;   // Speech over noise, before any was heard.
constexpr float kLeastRangeDb = 15.0F;
constexpr float kWidestRangeDb = 40.0F;
constexpr float kFloorWeight = -0.35F;
constexpr float kPeakWeight = 1.48F;
constexpr float kFadeDb = -30.0F;  // From the speech peak.

}  // namespace

float SpeechLevel::process(const CentredSignal& low) noexcept {
  const float power =
      energy(std::span(low.samples.data() + kFirst, kSamples)) / static_cast<float>(kSamples);
  const float level_db = 10.0F * std::log10(power + kAudiblePower);
  if (power > kAudiblePower) follow(level_db);
  const float over_floor = std::min(level_db - floor_db_, kWidestRangeDb) / 20.0F;
  const float under_peak = std::max(level_db - peak_db_, -kWidestRangeDb) / 20.0F;
  return kFloorWeight * over_floor + kPeakWeight * (under_peak + 1.0F);
}

void SpeechLevel::follow(float level_db) noexcept {
  if (audible_frames_ < kPartialFrames) {
    ++audible_frames_;
    floor_db_ = level_db;
    peak_db_ = level_db + kFirstPeakDb;
  }
  const float above_floor_db = level_db - floor_db_;
  floor_db_ +=
      above_floor_db < 0.0F ? 0.3F * above_floor_db : std::min(0.02F, 0.01F * above_floor_db);
  const float above_peak_db = level_db - peak_db_;
  peak_db_ += above_peak_db > 0.0F ? 0.3F * above_peak_db : -0.01F;
  peak_db_ = std::max(peak_db_, floor_db_ + kLeastRangeDb);
}

float SpeechLevel::fade_rms() const noexcept { return db_to_amplitude(peak_db_ + kFadeDb); }

void SpeechLevel::reset() noexcept { *this = SpeechLevel(); }

}  // namespace tonecue

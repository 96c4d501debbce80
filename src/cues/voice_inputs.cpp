#include "cues/voice_inputs.h"

#include <algorithm>

#include "cues/statistics.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr int kMemoryFrames = 150;
constexpr float kLimit = 5.0F;

// Places in VoiceInput::values, after those of the bands.
constexpr std::size_t kLevel = 20;
constexpr std::size_t kPitch = VoiceInput::kPitch;
constexpr std::size_t kPitchStep = 22;
constexpr std::size_t kVoiced = VoiceInput::kVoiced;
constexpr std::size_t kVoicing = 24;
constexpr std::size_t kHnr = 25;
constexpr std::size_t kTilt = 26;
constexpr std::size_t kFlux = 27;
constexpr std::size_t kSyllable = 28;
constexpr std::size_t kJoined = 29;
static_assert(kLevel == kMelBands && kJoined + 1 == kVoiceInputs);

float mean_rise(const std::array<float, kMelBands>& from,
                const std::array<float, kMelBands>& to) noexcept {
  return sum_of(to.size(), [&](std::size_t b) { return std::max(0.0F, to[b] - from[b]); }) /
         kMelBands;
}

}  // namespace

float VoiceInputs::RunningMean::deviation(float value) noexcept {
  count_ = std::min(count_ + 1, kMemoryFrames);
  mean_ += (value - mean_) / static_cast<float>(count_);
  return value - mean_;
}

VoiceInput VoiceInputs::process(const FeatureFrame& frame) noexcept {
  VoiceInput input;
  input.index = frame.index;
  auto& x = input.values;
  const float mean_db = mean(frame.mel_db);
  std::transform(frame.mel_db.begin(), frame.mel_db.end(), x.begin(),
                 [mean_db](float band_db) { return (band_db - mean_db) / 10.0F; });
  x[kLevel] = level_db_.deviation(mean_db) / 10.0F;
  if (frame.f0_hz) {
    const float f0_st = semitones(*frame.f0_hz, 100.0F);
    x[kPitch] = (f0_st - 10.0F) / 6.0F;
    x[kPitchStep] = f0_st_.deviation(f0_st) / 4.0F;
    x[kVoiced] = 1.0F;
  }
  x[kVoicing] = frame.voicing;
  x[kHnr] = frame.hnr_db / 12.0F;
  x[kTilt] = (frame.tilt_db_per_octave + 7.0F) / 5.0F;
  x[kFlux] = has_last_ ? mean_rise(last_mel_db_, frame.mel_db) / 3.0F : 0.0F;
  x[kSyllable] = frame.syllable ? 1.0F : 0.0F;
  x[kJoined] = has_last_ && last_index_ + 1 == frame.index ? 1.0F : 0.0F;
  for (float& value : x) value = std::clamp(value, -kLimit, kLimit);

  has_last_ = true;
  last_index_ = frame.index;
  last_mel_db_ = frame.mel_db;
  return input;
}

}  // namespace tonecue

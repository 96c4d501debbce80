#include "tonecue/turns/voice_statistics.h"

#include <cmath>

#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr float kReferenceHz = 55.0F;

}  // namespace

VoiceSample VoiceStatistics::sample(const FeatureFrame& frame) const noexcept {
  VoiceSample sample;
  const float level_dbfs = std::isfinite(frame.level_dbfs) ? frame.level_dbfs : kSilenceDbfs;
  sample.level_bin = static_cast<std::uint8_t>(level_.bin(level_dbfs));
  sample.voiced = frame.f0_hz.has_value() && std::isfinite(*frame.f0_hz) && *frame.f0_hz > 0.0F;
  if (sample.voiced) {
    sample.f0_bin = static_cast<std::uint8_t>(f0_.bin(semitones(*frame.f0_hz, kReferenceHz)));
  }
  return sample;
}

void VoiceStatistics::add(const VoiceSample& sample) noexcept {
  level_.add(sample.level_bin);
  if (sample.voiced) f0_.add(sample.f0_bin);
  syllables_ += sample.syllables;
}

void VoiceStatistics::remove(const VoiceSample& sample) noexcept {
  level_.remove(sample.level_bin);
  if (sample.voiced) f0_.remove(sample.f0_bin);
  syllables_ -= sample.syllables;
}

float VoiceStatistics::articulation_rate_syl_per_s() const noexcept {
  return level_.total() > 0 ? static_cast<float>(syllables_) / speech_s() : 0.0F;
}

std::optional<float> VoiceStatistics::f0_median_hz() const noexcept {
  const auto median_st = f0_st(0.5F);
  if (!median_st) return std::nullopt;
  return kReferenceHz * std::exp2(*median_st / 12.0F);
}

}  // namespace tonecue

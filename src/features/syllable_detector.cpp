#include "tonecue/features/syllable_detector.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kLoudnessPower = 0.33F;  // Of a band's power: about a sone.
constexpr std::array<float, 4> kGaussian = {0.399050F, 0.242036F, 0.054006F, 0.004433F};
constexpr int kSmoothLatencyFrames = 3;
constexpr float kPeakRise = 0.3F;
constexpr float kPeakFall = 0.998F;
constexpr float kLeastRise = 0.03F;  // Of the running peak.
constexpr int kLongestWaitFrames = 7;
constexpr int kLeastSpacingFrames = 4;
static_assert(kSmoothLatencyFrames + kLongestWaitFrames == SyllableDetector::kMostLatencyFrames);

float loudness_of(const MelLevels& mel_db) noexcept {
  constexpr float kNepersPerDb = 0.2302585F;  // ln(10) / 10, of power
  float loudness = 0.0F;
  for (const float db : mel_db) loudness += std::exp(kLoudnessPower * kNepersPerDb * db);
  return loudness;
}

}  // namespace

bool SyllableDetector::process(const MelLevels& mel_db, bool voiced) noexcept {
  voiced_ = (voiced_ << 1U) | (voiced ? 1U : 0U);
  const float loudness = loudness_of(mel_db);
  if (!started_) start(loudness);
  return follow(smooth(loudness));
}

void SyllableDetector::start(float loudness) noexcept {
  started_ = true;
  recent_.fill(loudness);
  peak_ = high_ = low_ = loudness;
}

float SyllableDetector::smooth(float loudness) noexcept {
  std::copy(recent_.begin() + 1, recent_.end(), recent_.begin());
  recent_.back() = loudness;
  float sum = kGaussian[0] * recent_[3];
  for (std::size_t i = 1; i < kGaussian.size(); ++i) {
    sum += kGaussian[i] * (recent_[3 - i] + recent_[3 + i]);
  }
  return sum;
}

bool SyllableDetector::follow(float loudness) noexcept {
  peak_ = loudness > peak_ ? peak_ + kPeakRise * (loudness - peak_) : kPeakFall * peak_;
  const float least_rise = kLeastRise * peak_;
  ++since_nucleus_;
  if (!rising_) {
    low_ = std::min(low_, loudness);
    if (loudness < low_ + least_rise) return false;
    rising_ = true;
    high_ = loudness;
    since_high_ = 0;
    return false;
  }
  ++since_high_;
  if (loudness > high_) {
    high_ = loudness;
    since_high_ = 0;
  }
  if (loudness > high_ - least_rise && since_high_ < kLongestWaitFrames) return false;
  const bool nucleus = is_nucleus(least_rise);
  if (nucleus) since_nucleus_ = since_high_;
  rising_ = false;
  low_ = loudness;
  return nucleus;
}

bool SyllableDetector::is_nucleus(float least_rise) const noexcept {
  const int frames_ago = kSmoothLatencyFrames + since_high_;
  return high_ - low_ >= least_rise && since_nucleus_ - since_high_ >= kLeastSpacingFrames &&
         ((voiced_ >> static_cast<unsigned>(frames_ago)) & 1U) != 0;
}

void SyllableDetector::reset() noexcept { *this = SyllableDetector(); }

}  // namespace tonecue

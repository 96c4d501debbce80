#include "tonecue/features/syllable_detector.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kLoudnessPower = 0.33F;  // Of a band's power: about a sone.

// What is unvoiced is heard less, so that consonants make dips.
constexpr float kUnvoicedWeight = 0.7F;

// A Gaussian of 12 ms less a fifth of one of 30 ms: flat to 7 Hz, 3 dB down at 14 Hz. Syllables
// come up to 9 times a second; faster ripples are pitch periods and noise.
constexpr std::array<float, 5> kKernel = {0.377320F, 0.257469F, 0.072972F, -0.004965F, -0.014136F};
constexpr int kSmoothLatencyFrames = 4;

constexpr float kPeakRise = 0.3F;
constexpr float kPeakFall = 0.998F;
constexpr float kLeastRise = 0.04F;  // Of the running peak.
constexpr int kLongestWaitFrames = 6;
constexpr int kLeastSpacingFrames = 6;
static_assert(kSmoothLatencyFrames + kLongestWaitFrames == SyllableDetector::kMostLatencyFrames);

// Odds of speech times the cube of the modulation. The dips of speech on a good line are 0.7 of its
// peaks (odds of 0.15 do), of speech in noise 0.4 (0.8), of steady noise and machines 0.15 (15).
// Any value from 0.01 to 0.12 keeps telephone speech whole; docs/architecture.md tells the curve.
constexpr float kLeastWeighedOdds = 0.05F;
constexpr float kModulationAtStart = 0.5F;
constexpr float kModulationRate = 0.2F;

float loudness_of(const MelLevels& mel_db) noexcept {
  constexpr float kNepersPerDb = 0.2302585F;  // ln(10) / 10, of power
  float loudness = 0.0F;
  for (const float db : mel_db) loudness += std::exp(kLoudnessPower * kNepersPerDb * db);
  return loudness;
}

}  // namespace

bool SyllableDetector::process(const MelLevels& mel_db, const VoiceEvidence& evidence) noexcept {
  remember(evidence);
  const float weight = kUnvoicedWeight + (1.0F - kUnvoicedWeight) * evidence.voicing;
  const float loudness = weight * loudness_of(mel_db);
  if (!started_) start(loudness);
  if (follow(smooth(loudness))) judge_peak();
  if (confirmed_ == 0) return false;
  --confirmed_;
  return true;
}

void SyllableDetector::start(float loudness) noexcept {
  started_ = true;
  recent_.fill(loudness);
  peak_ = high_ = low_ = loudness;
  modulation_ = kModulationAtStart;
}

void SyllableDetector::remember(const VoiceEvidence& evidence) noexcept {
  voiced_ = (voiced_ << 1U) | (evidence.voiced ? 1U : 0U);
  std::copy_backward(speech_probs_.begin(), speech_probs_.end() - 1, speech_probs_.end());
  speech_probs_.front() = evidence.speech_prob;
  doubtful_ <<= 1U;
}

float SyllableDetector::smooth(float loudness) noexcept {
  constexpr std::size_t kCentre = kSmoothLatencyFrames;
  std::copy(recent_.begin() + 1, recent_.end(), recent_.begin());
  recent_.back() = loudness;
  float sum = kKernel[0] * recent_[kCentre];
  for (std::size_t i = 1; i < kKernel.size(); ++i) {
    sum += kKernel[i] * (recent_[kCentre - i] + recent_[kCentre + i]);
  }
  return sum;
}

// Whether a peak has just been passed that stands out of the dip before it and is voiced.
bool SyllableDetector::follow(float loudness) noexcept {
  peak_ = loudness > peak_ ? peak_ + kPeakRise * (loudness - peak_) : kPeakFall * peak_;
  const float least_rise = kLeastRise * peak_;
  ++since_peak_;
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
  const bool found = is_peak(least_rise);
  if (found) {
    since_peak_ = since_high_;
    const float depth = std::min((high_ - low_) / std::max(high_, least_rise), 1.0F);
    modulation_ += kModulationRate * (depth - modulation_);
  }
  rising_ = false;
  low_ = loudness;
  return found;
}

bool SyllableDetector::is_peak(float least_rise) const noexcept {
  // The frame of the peak and its neighbours: a vowel's loudest moment may lie beside its voicing.
  const auto newest = static_cast<unsigned>(kSmoothLatencyFrames + since_high_ - 1);
  return high_ - low_ >= least_rise && since_peak_ - since_high_ >= kLeastSpacingFrames &&
         ((voiced_ >> newest) & 0b111U) != 0;
}

void SyllableDetector::judge_peak() noexcept {
  const auto frames_ago = std::size_t{kSmoothLatencyFrames} + static_cast<std::size_t>(since_high_);
  const float prob = speech_probs_[frames_ago];
  const float weight = modulation_ * modulation_ * modulation_;
  if (prob * weight >= kLeastWeighedOdds * (1.0F - prob)) {
    confirmed_ += 1 + doubtful_.count();
    doubtful_.reset();
  } else {
    doubtful_.set(0);
  }
}

void SyllableDetector::reset() noexcept { *this = SyllableDetector(); }

}  // namespace tonecue

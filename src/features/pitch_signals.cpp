#include "features/pitch_signals.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kRumbleHz = 60.0F;  // Below the lowest voice.
constexpr float kLowBandHz = 800.0F;
constexpr float kBandHz = 1750.0F;  // Leaves 250 Hz to fall before half of 4 kHz.
constexpr float kPreEmphasis = 0.9F;

// The filters' outputs lie this far behind the newest sample, and the centre further back; what the
// newest hop adds must start on an even sample, counted from the centre.
constexpr int kCentreToNewestOutput = PitchSignals::kCentreToNewest - 1 - FirFilter::kDelaySamples;
constexpr int kCentreToFirstOutput = kCentreToNewestOutput - (kHopSamples - 1);
static_assert(kCentreToFirstOutput % 2 == 0);
static_assert(SplitSignal::kCentre + kCentreToFirstOutput / 2 + kHopSamples / 2 ==
              SplitSignal::kPairs);

}  // namespace

void SplitSignal::append(std::span<const float, kHopSamples> newest) noexcept {
  constexpr std::size_t kNew = kHopSamples / 2;
  std::copy(even.begin() + kNew, even.end(), even.begin());
  std::copy(odd.begin() + kNew, odd.end(), odd.begin());
  for (std::size_t i = 0; i < kNew; ++i) {
    even[kPairs - kNew + i] = newest[2 * i];
    odd[kPairs - kNew + i] = newest[2 * i + 1];
  }
}

PitchSignals::PitchSignals()
    : rumble_filter_(Biquad::butterworth_high_pass(kRumbleHz)),
      envelope_rumble_filter_(Biquad::butterworth_high_pass(kRumbleHz)),
      low_filter_(FirFilter::low_pass(kLowBandHz)),
      envelope_filter_(FirFilter::low_pass(kLowBandHz)),
      band_filter_(FirFilter::low_pass(kBandHz)) {
  static_assert(kBandSamples / 2 + kBandAhead == (kCentreToFirstOutput + kHopSamples) / 2);
}

void PitchSignals::process(Hop hop) noexcept {
  std::array<float, kHopSamples> voice;
  std::copy(hop.begin(), hop.end(), voice.begin());
  rumble_filter_.process(voice);

  std::array<float, kHopSamples> filtered;
  low_filter_.process(voice, filtered);
  low_.append(filtered);

  band_filter_.process(voice, filtered);
  constexpr std::size_t kNew = kHopSamples / 2;
  std::copy(band_.begin() + kNew, band_.end(), band_.begin());
  for (std::size_t i = 0; i < kNew; ++i) band_[band_.size() - kNew + i] = filtered[2 * i];

  filtered[0] = std::abs(voice[0] - kPreEmphasis * last_sample_);
  for (std::size_t i = 1; i < kHopSamples; ++i) {
    filtered[i] = std::abs(voice[i] - kPreEmphasis * voice[i - 1]);
  }
  last_sample_ = voice.back();
  envelope_filter_.process(filtered, filtered);
  envelope_rumble_filter_.process(filtered);
  envelope_.append(filtered);
}

void PitchSignals::reset() noexcept { *this = PitchSignals(); }

}  // namespace tonecue

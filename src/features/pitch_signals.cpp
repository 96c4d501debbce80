#include "features/pitch_signals.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kRumbleHz = 60.0F;  // Below the lowest voice.
constexpr float kLowBandHz = 800.0F;
constexpr float kPreEmphasis = 0.9F;

// Where the first output of the newest hop lies, counted from the centre: the filters' outputs are
// their delay behind the newest sample.
constexpr int kCentreToFirstOutput =
    PitchSignals::kCentreToNewest - FirFilter::kDelaySamples - kHopSamples;
static_assert(CentredSignal::kCentre + kCentreToFirstOutput + kHopSamples ==
              CentredSignal::kSamples);

}  // namespace

void CentredSignal::append(std::span<const float, kHopSamples> newest) noexcept {
  std::copy(samples.begin() + kHopSamples, samples.end(), samples.begin());
  std::copy(newest.begin(), newest.end(), samples.end() - kHopSamples);
}

PitchSignals::PitchSignals()
    : rumble_filter_(Biquad::butterworth_high_pass(kRumbleHz)),
      envelope_rumble_filter_(Biquad::butterworth_high_pass(kRumbleHz)),
      low_filter_(FirFilter::low_pass(kLowBandHz)),
      envelope_filter_(FirFilter::low_pass(kLowBandHz)) {}

void PitchSignals::process(Hop hop) noexcept {
  std::array<float, kHopSamples> voice{};
  std::copy(hop.begin(), hop.end(), voice.begin());
  rumble_filter_.process(voice);

  std::array<float, kHopSamples> filtered{};
  low_filter_.process(voice, filtered);
  low_.append(filtered);

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

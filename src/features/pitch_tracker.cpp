#include "tonecue/features/pitch_tracker.h"

#include <algorithm>
#include <array>
#include <utility>

#include "features/lag_correlation.h"
#include "features/pitch_candidates.h"
#include "features/pitch_path.h"
#include "features/pitch_signals.h"
#include "features/sound_sample.h"
#include "features/spectral_correlation.h"
#include "features/speech_level.h"
#include "tonecue/features/feature_frame.h"

// Every hop:
// 1. PitchSignals         the low band and the envelope, around the centre
// 2. SpeechLevel          the frame's level against speech peak and noise floor
// 3. correlate_lags       of the low band and of the envelope
//    SpectralCorrelation  of the low band, above the noise
// 4. pick_candidates      the highest peaks of their sum
// 5. PitchPath            voicing by height and level; the cheapest path, 3 frames late
//
// Where the stages give no other reason for a constant, it was found by random search: least frame
// errors over 50 sentences of 2 speakers with a laryngograph as reference, plain, through the
// telephone band, and there in noise of 10 dB. Two speakers are needed: what is searched on one
// alone loses on the other, against a search there, up to 0.3 points plain, 0.9 through the
// telephone and 1.9 in noise.

namespace tonecue {
namespace {

constexpr float kFullScale = 32768.0F;  // The stages' constants are in 16-bit units.

constexpr float kVoicingBias = -4.2F;
constexpr float kVoicingPerScore = 8.7F;
constexpr float kVoicingPerLevel = 1.45F;

// The centre must lie where FeatureFrame says.
constexpr int kCentreInHopSamples =
    (kFrameLatencyHops - static_cast<int>(PitchPath::kLagFrames)) * kHopSamples + kHopSamples -
    PitchSignals::kCentreToNewest;
static_assert((kCentreInHopSamples + 1) * kHopMs == kFrameCentreMs * kHopSamples);

}  // namespace

struct PitchTracker::Stages {
  PitchSignals signals;
  SpeechLevel level;
  SpectralCorrelation spectral;
  PitchPath path;
};

Result<PitchTracker> PitchTracker::create() {
  auto spectral = SpectralCorrelation::create();
  if (!spectral) return tl::unexpected(spectral.error());
  return PitchTracker(std::make_unique<Stages>(Stages{{}, {}, std::move(*spectral), {}}));
}

PitchTracker::PitchTracker(std::unique_ptr<Stages> stages) : stages_(std::move(stages)) {}
PitchTracker::PitchTracker(PitchTracker&&) noexcept = default;
PitchTracker& PitchTracker::operator=(PitchTracker&&) noexcept = default;
PitchTracker::~PitchTracker() = default;

PitchFrame PitchTracker::process(Hop hop) noexcept {
  std::array<float, kHopSamples> voice{};
  std::transform(hop.begin(), hop.end(), voice.begin(),
                 [](float sample) { return kFullScale * sound_sample(sample); });
  auto& [signals, level, spectral, path] = *stages_;
  signals.process(voice);
  const float level_term = level.process(signals.low());
  const PitchCandidates candidates = pick_candidates(
      correlate_lags(signals.low(), level.fade_rms()),
      correlate_lags(signals.envelope(), level.fade_rms()), spectral.process(signals.low()));
  level.judge(candidates.best_score());
  return path.process(candidates, kVoicingBias + kVoicingPerScore * candidates.best_score() +
                                      kVoicingPerLevel * level_term);
}

void PitchTracker::reset() noexcept {
  stages_->signals.reset();
  stages_->level.reset();
  stages_->spectral.reset();
  stages_->path.reset();
}

}  // namespace tonecue

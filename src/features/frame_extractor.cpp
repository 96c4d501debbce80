#include "tonecue/features/frame_extractor.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "features/delay_line.h"
#include "features/sound_sample.h"
#include "tonecue/features/level_meter.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/pitch_tracker.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/syllable_detector.h"
#include "tonecue/features/voice_activity_detector.h"
#include "tonecue/features/voice_quality.h"

namespace tonecue {
namespace {

// The centre of the spectrum's window lies 16 ms before the end of its newest hop: 3 ms from the
// centre of the frame before.
constexpr std::size_t kSpectrumDelayHops = kFrameLatencyHops - 1;

static_assert(SyllableDetector::kMostLatencyFrames <= kSyllableLatencyHops);

MelLevels silent_mel() {
  MelLevels levels;
  levels.fill(kMelFloorDb);
  return levels;
}

}  // namespace

/// What FrameExtractor does, whoever speaks.
class FrameEngine {
 public:
  FrameEngine(SpectrumAnalyzer spectrum, VoiceActivityDetector activity, PitchTracker pitch)
      : spectrum_(std::move(spectrum)), activity_(std::move(activity)), pitch_(std::move(pitch)) {
    reset();
  }

  FeatureFrame process(Hop hop) noexcept {
    std::array<float, kHopSamples> voice{};
    std::transform(hop.begin(), hop.end(), voice.begin(), sound_sample);
    FeatureFrame frame;
    frame.index = next_index_++;
    frame.level_dbfs = level_delay_.process(level_dbfs(voice));
    const PowerSpectrum& power = spectrum_.process(voice);
    const MelLevels mel_db = mel_bands_.process(power);
    SpeechFrame activity = activity_.process(power, mel_db);
    PitchFrame pitch = pitch_.process(voice);
    if (frame.index < 0) {  // Their windows reach into the call.
      activity = {};
      pitch = {};
    }
    frame.speech_prob = activity.prob;
    frame.speech = activity.speech;
    frame.f0_hz = pitch.f0_hz;
    frame.voicing = pitch.voicing;
    frame.hnr_db = hnr_db(pitch.nccf);
    frame.mel_db = mel_delay_.process(mel_db);
    power_delay_.process(power);
    frame.tilt_db_per_octave = tilt_.process(frame.mel_db);
    frame.syllable = syllables_.process(
        frame.mel_db, {frame.f0_hz.has_value(), frame.voicing, frame.speech_prob});
    return frame;
  }

  void reset() noexcept {
    next_index_ = -kFrameLatencyHops;
    spectrum_.reset();
    activity_.reset();
    pitch_.reset();
    syllables_.reset();
    level_delay_.fill(kSilenceDbfs);
    mel_delay_.fill(silent_mel());
    power_delay_.fill({});
  }

  const PowerSpectrum& spectrum() const noexcept { return power_delay_.oldest(); }

 private:
  std::int64_t next_index_ = 0;
  SpectrumAnalyzer spectrum_;
  MelBands mel_bands_;
  VoiceActivityDetector activity_;
  PitchTracker pitch_;
  SyllableDetector syllables_;
  SpectralTilt tilt_;
  DelayLine<float, kFrameLatencyHops> level_delay_;
  DelayLine<MelLevels, kSpectrumDelayHops> mel_delay_;
  DelayLine<PowerSpectrum, kSpectrumDelayHops> power_delay_;
};

template <Party party>
Result<FrameExtractor<party>> FrameExtractor<party>::create() {
  auto spectrum = SpectrumAnalyzer::create();
  if (!spectrum) return tl::unexpected(spectrum.error());
  auto activity = VoiceActivityDetector::create();
  if (!activity) return tl::unexpected(activity.error());
  auto pitch = PitchTracker::create();
  if (!pitch) return tl::unexpected(pitch.error());
  return FrameExtractor(
      std::make_unique<FrameEngine>(std::move(*spectrum), std::move(*activity), std::move(*pitch)));
}

template <Party party>
FrameExtractor<party>::FrameExtractor(std::unique_ptr<FrameEngine> engine)
    : engine_(std::move(engine)) {}
template <Party party>
FrameExtractor<party>::FrameExtractor(FrameExtractor&&) noexcept = default;
template <Party party>
FrameExtractor<party>& FrameExtractor<party>::operator=(FrameExtractor&&) noexcept = default;
template <Party party>
FrameExtractor<party>::~FrameExtractor() = default;

template <Party party>
PartyFrame<party> FrameExtractor<party>::process(Hop hop) noexcept {
  return PartyFrame<party>(engine_->process(hop));
}

template <Party party>
const PowerSpectrum& FrameExtractor<party>::spectrum() const noexcept {
  return engine_->spectrum();
}

template <Party party>
void FrameExtractor<party>::reset() noexcept {
  engine_->reset();
}

template class FrameExtractor<Party::agent>;
template class FrameExtractor<Party::customer>;

}  // namespace tonecue

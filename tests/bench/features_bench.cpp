/// @file
/// Time per hop of each feature and of all together: `features_bench`; the time shown is that of
/// one hop, `x_realtime` how many seconds of one voice a second of one core measures. What is no
/// part of the chain by itself, but several parts or another way, has a label.

#include <vector>

#include <benchmark/benchmark.h>

#include "bench/instruction_set.h"
#include "bench/sample_call.h"
#include "tonecue/dsp/kernels.h"
#include "tonecue/features/formants.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/features/level_meter.h"
#include "tonecue/features/pitch_tracker.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/syllable_detector.h"
#include "tonecue/features/voice_activity_detector.h"
#include "tonecue/features/voice_quality.h"

namespace tonecue {
namespace {

using bench::measure_each;
using bench::measure_hops;
using bench::sample_hops;

// What the features that come after the spectrum take.
struct Spectrum {
  PowerSpectrum power;
  MelLevels mel_db;
};

const std::vector<Spectrum>& spectra() {
  static const auto all = [] {
    auto spectrum = SpectrumAnalyzer::create();
    const MelBands bands;
    std::vector<Spectrum> made;
    for (const Hop hop : sample_hops()) {
      const PowerSpectrum& power = spectrum->process(hop);
      made.push_back({power, bands.process(power)});
    }
    return made;
  }();
  return all;
}

const std::vector<FeatureFrame>& frames() {
  static const auto all = [] {
    auto extractor = FrameExtractor<Party::customer>::create();
    std::vector<FeatureFrame> made;
    for (const Hop hop : sample_hops()) made.push_back(*extractor->process(hop));
    return made;
  }();
  return all;
}

void BM_LevelMeter(benchmark::State& state) { measure_hops(state, level_dbfs); }
BENCHMARK(BM_LevelMeter);

void BM_SpectrumAnalyzer(benchmark::State& state) {
  auto spectrum = SpectrumAnalyzer::create();
  measure_hops(state, [&](Hop hop) { return spectrum->process(hop)[10]; });
}
BENCHMARK(BM_SpectrumAnalyzer);

void BM_MelBands(benchmark::State& state) {
  const MelBands bands;
  measure_each(state, spectra(), 1, [&](const Spectrum& at) { return bands.process(at.power); });
}
BENCHMARK(BM_MelBands);

void BM_SpectralTilt(benchmark::State& state) {
  const SpectralTilt tilt;
  measure_each(state, spectra(), 1, [&](const Spectrum& at) { return tilt.process(at.mel_db); });
}
BENCHMARK(BM_SpectralTilt);

constexpr const char* kFramesOnly = "in `tonecue frames` only: no cue uses it";

void BM_AlphaRatio(benchmark::State& state) {
  state.SetLabel(kFramesOnly);
  measure_each(state, spectra(), 1, [](const Spectrum& at) { return alpha_ratio_db(at.power); });
}
BENCHMARK(BM_AlphaRatio);

void BM_HammarbergIndex(benchmark::State& state) {
  state.SetLabel(kFramesOnly);
  measure_each(state, spectra(), 1,
               [](const Spectrum& at) { return hammarberg_index_db(at.power); });
}
BENCHMARK(BM_HammarbergIndex);

void BM_MelCepstrum(benchmark::State& state) {
  state.SetLabel(kFramesOnly);
  const MelCepstrum cepstrum;
  measure_each(state, spectra(), 1,
               [&](const Spectrum& at) { return cepstrum.process(at.mel_db); });
}
BENCHMARK(BM_MelCepstrum);

void BM_FormantEstimator(benchmark::State& state) {
  state.SetLabel(kFramesOnly);
  const FormantEstimator formants;
  measure_each(state, spectra(), 1, [&](const Spectrum& at) { return formants.process(at.power); });
}
BENCHMARK(BM_FormantEstimator);

void BM_SyllableDetector(benchmark::State& state) {
  SyllableDetector syllables;
  const MelLevels mel_db{};
  measure_hops(state, [&](Hop) { return syllables.process(mel_db, {true, 1.0F, 1.0F}); });
}
BENCHMARK(BM_SyllableDetector);

void BM_PitchTracker(benchmark::State& state) {
  auto tracker = PitchTracker::create();
  measure_hops(state, [&](Hop hop) { return tracker->process(hop).voicing; });
}
BENCHMARK(BM_PitchTracker);

// As on a processor without AVX2.
void BM_PitchTrackerBaseline(benchmark::State& state) {
  state.SetLabel("the pitch tracker without AVX2");
  const Kernels& best = kernels();
  use_instruction_set(InstructionSet::baseline);
  BM_PitchTracker(state);
  if (&best != &kernels()) use_instruction_set(InstructionSet::avx2);
}
BENCHMARK(BM_PitchTrackerBaseline);

void BM_VoiceActivityDetector(benchmark::State& state) {
  auto activity = VoiceActivityDetector::create();
  measure_each(state, spectra(), 1,
               [&](const Spectrum& at) { return activity->process(at.power, at.mel_db).prob; });
}
BENCHMARK(BM_VoiceActivityDetector);

void BM_Harmonicity(benchmark::State& state) {
  measure_each(state, frames(), 1, [](const FeatureFrame& frame) { return hnr_db(frame.voicing); });
}
BENCHMARK(BM_Harmonicity);

// What a program that wants nothing but speech or not would pay.
void BM_VoiceActivityAlone(benchmark::State& state) {
  state.SetLabel("spectrum, mel bands and voice activity");
  auto spectrum = SpectrumAnalyzer::create();
  auto activity = VoiceActivityDetector::create();
  const MelBands bands;
  measure_hops(state, [&](Hop hop) {
    const PowerSpectrum& power = spectrum->process(hop);
    return activity->process(power, bands.process(power)).prob;
  });
}
BENCHMARK(BM_VoiceActivityAlone);

void BM_FrameExtractor(benchmark::State& state) {
  state.SetLabel("all that is measured of a voice");
  auto extractor = FrameExtractor<Party::customer>::create();
  measure_hops(state, [&](Hop hop) { return extractor->process(hop)->index; });
}
BENCHMARK(BM_FrameExtractor);

}  // namespace
}  // namespace tonecue

/// @file
/// Time per hop of each feature and of all together: `features_bench`; the time shown is that of
/// one hop, `x_realtime` how many seconds of one voice a second of one core measures.

#include <utility>

#include <benchmark/benchmark.h>

#include "support/signals.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/features/level_meter.h"
#include "tonecue/features/pitch_tracker.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/syllable_detector.h"
#include "tonecue/features/voice_activity_detector.h"
#include "tonecue/features/voice_quality.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

// Speech as a telephone call has it: less than half of the time voiced.
const test::Signal& voice() {
  static const test::Signal signal =
      test::vowel(120.0F, 300, -20.0F) + test::white_noise(200, -35.0F) +
      test::vowel(180.0F, 200, -25.0F) + test::white_noise(500, -60.0F);
  return signal;
}

// Runs `measure` on one hop after the other, over and over.
template <class Measure>
void measure_hops(benchmark::State& state, Measure measure) {
  const test::Signal& signal = voice();
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(measure(Hop(signal.data() + at, kHopSamples)));
    at = (at + kHopSamples) % signal.size();
  }
  state.counters["x_realtime"] =
      benchmark::Counter(ms_to_s(kHopMs), benchmark::Counter::kIsIterationInvariantRate);
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
  const auto power = SpectrumAnalyzer::create()->process(Hop(voice().data(), kHopSamples));
  measure_hops(state, [&](Hop) { return bands.process(power); });
}
BENCHMARK(BM_MelBands);

void BM_SpectralTilt(benchmark::State& state) {
  const SpectralTilt tilt;
  const MelLevels mel_db{};
  measure_hops(state, [&](Hop) { return tilt.process(mel_db); });
}
BENCHMARK(BM_SpectralTilt);

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

void BM_VoiceActivityDetector(benchmark::State& state) {
  auto spectrum = SpectrumAnalyzer::create();
  auto activity = VoiceActivityDetector::create();
  const MelBands bands;
  measure_hops(state, [&](Hop hop) {
    const PowerSpectrum& power = spectrum->process(hop);
    return activity->process(power, bands.process(power)).prob;
  });
}
// Its spectrum and mel bands included.
BENCHMARK(BM_VoiceActivityDetector)->Name("BM_SpectrumMelBandsVoiceActivityDetector");

void BM_FrameExtractor(benchmark::State& state) {
  auto extractor = FrameExtractor<Party::customer>::create();
  measure_hops(state, [&](Hop hop) { return extractor->process(hop)->index; });
}
BENCHMARK(BM_FrameExtractor);

}  // namespace
}  // namespace tonecue

/// @file
/// What the programs of this folder measure on: a bundled call, hop by hop, over and over.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "tonecue/audio/file_source.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"

namespace tonecue::bench {

/// Both voices of `audio_samples/distressed.flac`; it has turns, pauses and distress.
inline const PerParty<std::vector<float>>& sample_call() {
  static const auto voices = [] {
    auto source = FileSource::create(TONECUE_SOURCE_DIR "/audio_samples/distressed.flac");
    if (!source) {
      std::fprintf(stderr, "%s\n", source.error().message.c_str());
      std::exit(1);  // NOLINT(concurrency-mt-unsafe): before any thread.
    }
    PerParty<std::vector<float>> samples;
    for (auto block = source->read(kSampleRateHz); block && !block->agent.empty();
         block = source->read(kSampleRateHz)) {
      for (const Party party : kParties) {
        samples[party].insert(samples[party].end(), (*block)[party].begin(), (*block)[party].end());
      }
    }
    return samples;
  }();
  return voices;
}

/// One voice of it, cut into hops.
inline const std::vector<Hop>& sample_hops(Party party = Party::customer) {
  static const auto hops = [] {
    PerParty<std::vector<Hop>> cut;
    for (const Party voice : kParties) {
      const std::vector<float>& samples = sample_call()[voice];
      for (std::size_t at = 0; at + kHopSamples <= samples.size(); at += kHopSamples) {
        cut[voice].emplace_back(samples.data() + at, kHopSamples);
      }
    }
    return cut;
  }();
  return hops[party];
}

/// Runs `measure` on one input after the other, over and over: one input is 10 ms of `voices`
/// voices. Told besides the time: `voices`, and `x_realtime`, the seconds of them that a second of
/// one core does.
template <class Input, class Measure>
void measure_each(benchmark::State& state, const std::vector<Input>& inputs, int voices,
                  Measure measure) {
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(measure(inputs[at]));
    if (++at == inputs.size()) at = 0;
  }
  state.counters["voices"] = voices;
  state.counters["x_realtime"] =
      benchmark::Counter(ms_to_s(kHopMs), benchmark::Counter::kIsIterationInvariantRate);
}

/// The same for what takes the hops of one voice.
template <class Measure>
void measure_hops(benchmark::State& state, Measure measure) {
  measure_each(state, sample_hops(), 1, measure);
}

}  // namespace tonecue::bench

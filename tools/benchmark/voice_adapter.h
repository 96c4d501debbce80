/// @file
/// A voice detector of another project as a program: recording in, the scorer's CSV out.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

#include <sndfile.h>

namespace tonecue::bench {

inline constexpr int kRateHz = 8000;
inline constexpr std::size_t kHopSamples = 80;

using HopSamples = std::array<std::int16_t, kHopSamples>;

struct VoiceFrame {
  float prob = 0.0F;  ///< The decision again where the detector has no probability.
  bool speech = false;
};

inline std::vector<std::int16_t> read_samples(const char* path) {
  SF_INFO info{};
  SNDFILE* file = sf_open(path, SFM_READ, &info);
  if (file == nullptr || info.channels != 1 || info.samplerate != kRateHz) {
    std::fprintf(stderr, "%s: no mono recording at 8 kHz\n", path);
    return {};
  }
  std::vector<std::int16_t> samples(static_cast<std::size_t>(info.frames));
  sf_readf_short(file, samples.data(), info.frames);
  sf_close(file);
  return samples;
}

inline bool write_frames(const char* path, const std::vector<VoiceFrame>& frames) {
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return false;
  std::fputs("time_s,speech_prob,speech\n", file);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    // The middle of the hop.
    std::fprintf(file, "%.3f,%.4f,%d\n", 0.01 * static_cast<double>(i) + 0.005,
                 static_cast<double>(frames[i].prob), frames[i].speech ? 1 : 0);
  }
  return std::fclose(file) == 0;
}

/// Runs `detect` (HopSamples& -> VoiceFrame) over the recording `arguments[1]`, writes the CSV
/// `arguments[2]` and prints the CPU seconds that the detector took.
/// @return The status of the program.
template <class Detect>
int run_voice_adapter(int argument_count, char** arguments, Detect detect) {
  if (argument_count != 3) {
    std::fprintf(stderr, "usage: %s RECORDING CSV\n", arguments[0]);
    return 2;
  }
  const std::vector<std::int16_t> samples = read_samples(arguments[1]);
  std::vector<VoiceFrame> frames(samples.size() / kHopSamples);
  const std::clock_t start = std::clock();
  for (std::size_t i = 0; i < frames.size(); ++i) {
    HopSamples hop{};
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(i * kHopSamples), kHopSamples,
                hop.begin());
    frames[i] = detect(hop);
  }
  const std::clock_t spent = std::clock() - start;
  if (frames.empty() || !write_frames(arguments[2], frames)) return 1;
  std::printf("%.6f\n", static_cast<double>(spent) / CLOCKS_PER_SEC);
  return 0;
}

}  // namespace tonecue::bench

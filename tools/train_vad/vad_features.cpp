// vad_features: raw float32 samples at 8 kHz on stdin, the detector's input vector of each hop (46
// float32) on stdout. The trainer reads its features from here, so that training and the running
// program cannot drift apart.
#include <array>
#include <cstdio>

#include "tonecue/core/hop.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/vad_inputs.h"

int main() {
  auto spectrum = tonecue::SpectrumAnalyzer::create();
  auto inputs = tonecue::VadInputs::create();
  if (!spectrum || !inputs) return 1;
  const tonecue::MelBands mel_bands;
  std::array<float, tonecue::kHopSamples> hop{};
  while (std::fread(hop.data(), sizeof(float), hop.size(), stdin) == hop.size()) {
    const auto& power = spectrum->process(hop);
    const auto& input = inputs->process(power, mel_bands.process(power));
    if (std::fwrite(input.data(), sizeof(float), input.size(), stdout) != input.size()) return 1;
  }
  return 0;
}

/// @file
/// A made network on frames and a made voice for it, as tests/golden/voice_network.py makes them.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cues/voice_inputs.h"
#include "support/model_text.h"

namespace tonecue::test {

inline constexpr int kMadeHeads = 3;

/// Numbers in [-scale, scale), the same on every machine; tests/golden/definitions.py makes them
/// too.
class MadeNoise {
 public:
  float next(double scale) {
    state_ = 1664525U * state_ + 1013904223U;
    return static_cast<float>((state_ / 2147483648.0 - 1.0) * scale);
  }

 private:
  std::uint32_t state_ = 1;
};

/// Frames of no voice, whose values lie where those of a voice do.
inline std::vector<VoiceInput> made_voice(MadeNoise& noise, std::size_t frames = 420) {
  std::vector<VoiceInput> voice(frames);
  std::int64_t index = 0;
  for (VoiceInput& frame : voice) {
    frame.index = index++;
    for (float& value : frame.values) value = noise.next(2.0);
    float& voiced = frame.values[VoiceInput::kVoiced];
    voiced = voiced > 0.0F ? 1.0F : 0.0F;
    frame.values[VoiceInput::kPitch] *= voiced;
  }
  return voice;
}

/// Outputs of the layers; at first those of the golden file.
struct MadeWidths {
  int first = 8;
  int trunk = 6;
  int hidden = 5;
};

/// The tensors of a network, and a voice for it.
class MadeVoiceNetwork {
 public:
  /// @param wider  Layer whose weight has one column too many; "" for none.
  explicit MadeVoiceNetwork(const MadeWidths& widths = {}, std::string_view wider = "")
      : wider_(wider), voice_(made_voice(noise_)) {
    add_layer("conv1", widths.first, 5 * 30);
    add_layer("conv2", widths.trunk, 3 * widths.first);
    add_layer("residual0", widths.trunk, 3 * widths.trunk);
    add_layer("residual1", widths.trunk, 3 * widths.trunk);
    add_layer("hidden", widths.hidden, 2 * widths.trunk + 1);
    add_layer("heads", kMadeHeads, widths.hidden);
  }

  const std::string& tensors() const { return tensors_; }
  const std::vector<VoiceInput>& voice() const { return voice_; }

 private:
  void add_layer(const std::string& name, int outputs, int inputs) {
    const double scale = 2.0 / std::sqrt(inputs);
    const int columns = name == wider_ ? inputs + 1 : inputs;
    std::vector<float> weight(static_cast<std::size_t>(outputs * columns));
    std::vector<float> bias(static_cast<std::size_t>(outputs));
    for (float& value : weight) value = noise_.next(scale);
    for (float& value : bias) value = noise_.next(0.3);
    if (!tensors_.empty()) tensors_ += ",";
    tensors_ += tensor("sequence." + name + ".weight", {outputs, columns}, weight) + "," +
                tensor("sequence." + name + ".bias", {outputs}, bias);
  }

  std::string_view wider_;
  MadeNoise noise_;
  std::vector<VoiceInput> voice_;
  std::string tensors_;
};

}  // namespace tonecue::test

/// @file
/// What the distress model says of the last seconds of a customer's voice.
#pragma once

#include <string_view>

namespace tonecue {

/// Anything but `ok` means "don't know".
enum class DistressState {
  ok,
  baseline_forming,  ///< Too early in the call to know this voice's usual.
  too_little_voice,  ///< Not enough voiced speech in the window.
  noisy,             ///< The line hides the voice.
  bleed,             ///< Too much of the window was the other party's voice.
  out_of_range,      ///< Unlike any voice that the model was trained on.
};

std::string_view name(DistressState state) noexcept;

/// Probabilities are estimates from the voice, no determination of what a person feels.
struct DistressEstimate {
  DistressState state = DistressState::too_little_voice;
  float agitated = 0.0F;  ///< Angry or fearful, [0, 1]; 0 unless ok.
  float distress = 0.0F;  ///< Agitated or sad, [0, 1]; 0 unless ok.
  float speech_s = 0.0F;  ///< Clean speech that came since the estimate before.
};

}  // namespace tonecue

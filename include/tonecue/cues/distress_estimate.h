/// @file
/// What the distress model says of the last seconds of a customer's voice.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tonecue {

/// Anything but `ok` means "don't know".
enum class DistressState {
  ok,
  baseline_forming,  ///< Less than 4 s of speech: this voice's usual is not known.
  too_little_voice,  ///< Not enough voiced speech in the window.
  noisy,             ///< The line hides the voice.
  bleed,             ///< Too much of the window was the other party's voice.
  out_of_range,      ///< Unlike any voice that the model was trained on.
};

inline constexpr int kDistressStates = 6;

std::string_view name(DistressState state) noexcept;

enum class DistressForm {
  agitated,  ///< Angry or fearful; the one that cues rest on.
  subdued,   ///< Sad or tearful; experimental.
};

/// A property of the voice that speaks for agitation.
struct DistressReason {
  std::string_view name;  ///< Of one measure of it, with its unit; static storage. Empty for none.
  float step = 0.0F;      ///< Of that measure from the caller's usual.
};

/// The strongest first.
using DistressReasons = std::array<DistressReason, 3>;

/// Probabilities are estimates from the voice, no determination of what a person feels.
struct DistressEstimate {
  DistressState state = DistressState::too_little_voice;
  float agitated = 0.0F;           ///< Angry or fearful, [0, 1]; 0 unless ok. As the site reads it.
  float distress = 0.0F;           ///< Agitated or sad, [0, 1]; 0 unless ok.
  std::optional<float> subdued{};  ///< Experimental: sad or tearful, [0, 1]; only where the model
                                   ///< tells it, and ok.
  float usual_s = 0.0F;            ///< Speech behind the caller's usual, to which it compares.
  float speech_s = 0.0F;           ///< Clean speech that came since the estimate before.
  DistressReasons reasons{};       ///< Told where `agitated` is high enough for a cue.
};

}  // namespace tonecue

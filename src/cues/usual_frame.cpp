#include "cues/usual_frame.h"

#include <algorithm>

namespace tonecue {

void UsualFrame::add(const VoiceInput& input) noexcept {
  for (std::size_t i = 0; i < kSize; ++i) waiting_.values[i] += input.values[kPlaces[i]];
  ++waiting_.frames;
  waiting_.voiced += input.is_voiced() ? 1 : 0;
}

void UsualFrame::keep() noexcept {
  kept_.frames += waiting_.frames;
  kept_.voiced += waiting_.voiced;
  for (std::size_t i = 0; i < kSize; ++i) {
    kept_.values[i] += waiting_.values[i];
    const int count = kPlaces[i] == VoiceInput::kPitch ? kept_.voiced : kept_.frames;
    mean_[i] = kept_.values[i] / static_cast<float>(std::max(count, 1));
  }
  waiting_ = {};
}

std::array<float, kVoiceInputs> UsualFrame::taken_off(const VoiceInput& input) const noexcept {
  auto values = input.values;
  for (std::size_t i = 0; i < kSize; ++i) values[kPlaces[i]] -= mean_[i];
  if (!input.is_voiced()) values[VoiceInput::kPitch] = 0.0F;
  return values;
}

}  // namespace tonecue

/// @file
/// The course of pitch over time.
#pragma once

#include <array>
#include <cstddef>

#include "features/pitch_candidates.h"
#include "tonecue/features/pitch_tracker.h"

namespace tonecue {

/// The cheapest path through the candidates of successive frames (Viterbi), decided a few frames
/// late.
class PitchPath {
 public:
  static constexpr std::size_t kLagFrames = 3;

  /// @param voicing_logit  Log odds that the frame is voiced, by itself.
  /// @return               The decision for the frame kLagFrames earlier.
  PitchFrame process(const PitchCandidates& candidates, float voicing_logit) noexcept;

  void reset() noexcept;

 private:
  static constexpr std::size_t kUnvoiced = PitchCandidates::kMost;
  static constexpr std::size_t kStates = PitchCandidates::kMost + 1;

  struct Step {
    PitchCandidates candidates;
    std::array<float, kStates> cost{};
    std::array<std::size_t, kStates> previous{};
    float voicing_logit = 0.0F;
    float voiced_cost = 0.0F;
    float unvoiced_cost = 0.0F;
  };

  void extend_voiced(const Step& before, Step& now, std::size_t candidate) noexcept;
  void extend_unvoiced(const Step& before, Step& now) noexcept;
  PitchFrame decide() const noexcept;

  std::array<Step, kLagFrames + 1> steps_{};
  std::size_t newest_ = 0;
};

}  // namespace tonecue

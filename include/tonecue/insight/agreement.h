/// @file
/// How reviewers agree, and how often cues are right.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/insight/interval.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

inline constexpr int kLeastJudgedTwice = 20;

/// Cues with two or more verdicts.
struct Agreement {
  int cues = 0;
  int calls = 0;
  int reviewers = 0;
  int pairs = 0;                  ///< Of reviewers with a cue in common; more than one: `kappa` is
                                  ///< their mean, weighted by the cues of each.
  double agreed_share = 0.0;      ///< Of all verdicts side by side.
  std::optional<double> kappa{};  ///< Cohen's, over right, wrong and unsure; empty: all said the
                                  ///< same, or too few.
  std::optional<Estimate> interval{};
  bool too_few() const noexcept { return cues < kLeastJudgedTwice; }
};

/// Each call is left out once: cues of one call are alike.
Agreement agreement_of(std::span<const JudgedCue> cues);

/// What its size means, in plain words.
std::string agreement_sentence(const Agreement& agreement);

/// What most reviewers said; a tie is unsure.
CueVerdict verdict_of(const JudgedCue& cue) noexcept;

struct Precision {
  int right = 0;
  int wrong = 0;
  int unsure = 0;
  std::optional<Estimate> share{};  ///< right / (right + wrong), Wilson's interval.
};

/// By CueKind.
std::array<Precision, kCueKinds> precision_of(std::span<const JudgedCue> cues);

}  // namespace tonecue

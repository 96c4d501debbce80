/// @file
/// What the agent reads.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"

namespace tonecue {

/// Sentences per cue and party, shown in turn. A team may replace any of them; an empty list keeps
/// that cue silent.
class Wording {
 public:
  /// Short, kind, an action for the next five seconds; English.
  static Wording defaults();

  void set(CueKind kind, Party party, std::vector<std::string> sentences) {
    sentences_[party][static_cast<std::size_t>(kind)] = std::move(sentences);
  }
  const std::vector<std::string>& sentences(CueKind kind, Party party) const noexcept {
    return sentences_[party][static_cast<std::size_t>(kind)];
  }

  /// For the second word about a distress that goes on; an empty list: there is none.
  void set_distress_stays(std::vector<std::string> sentences) {
    distress_stays_ = std::move(sentences);
  }
  const std::vector<std::string>& distress_stays() const noexcept { return distress_stays_; }

 private:
  PerParty<std::array<std::vector<std::string>, kCueKinds>> sentences_;
  std::vector<std::string> distress_stays_;
};

}  // namespace tonecue

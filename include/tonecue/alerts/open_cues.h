/// @file
/// Of several cues that say the same, the one that matters most.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"

namespace tonecue {

/// Cues that come up within this time tell of one moment: two cards in one second are one too many.
inline constexpr std::int64_t kMomentMs = 1000;

/// How much a cue says about a voice that rises: distress more than a raised voice, that more than
/// a faster one. 0: it says something else, which nothing outranks.
int voice_rank(CueKind kind) noexcept;

/// Remembers which cues hold, to tell whether another one is outranked.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class OpenCues {
 public:
  void raise(const Cue& cue) noexcept;
  void end(const Cue& cue) noexcept;

  /// Whether a cue of this party that says the same, and more, holds or came up within kMomentMs.
  bool outrank(const Cue& cue, std::int64_t now_ms) const noexcept;

 private:
  struct Newest {
    std::int64_t raised_at_ms = 0;
    bool holds = false;
  };
  PerParty<std::array<std::optional<Newest>, kCueKinds>> newest_;
};

}  // namespace tonecue

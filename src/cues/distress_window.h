/// @file
/// The window that the distress model judges; the trainer measures the same.
#pragma once

#include <cstdint>
#include <optional>

#include "cues/distress_functionals.h"
#include "cues/line_noise.h"
#include "cues/speech_gate.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// How often a window is judged.
inline constexpr int kDistressUpdateHops = kHopsPerSecond / 2;

/// Speech older than this is no longer the voice of now, however little came after it.
inline constexpr int kDistressMemoryHops = 4 * kHopsPerSecond;

/// With less voiced speech in it a window of a call is not judged. A turn reaches it after some
/// 1.5 s; the shorter window costs some .03 of AUC, waiting for 1 s of voice costs the turn's first
/// 3 s.
inline constexpr float kDistressLeastVoicedS = 0.6F;

/// A clip is all there is of its voice, so it is judged on less; two fifths of the acted clips have
/// under 1 s.
inline constexpr float kClipLeastVoicedS = 0.5F;

/// Chooses the frames of a call that count, and says each 0.5 s whether they can be judged.
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread.
class DistressWindow {
 public:
  struct Update {
    DistressState state = DistressState::too_little_voice;  ///< `ok`: the row can be judged.
    float speech_s = 0.0F;                       ///< Clean speech since the update before.
    const DistressFunctionalRow* row = nullptr;  ///< Of the window; null unless ok.
  };

  static Result<DistressWindow> create();

  /// Takes the next frame. Nothing between updates, nor when the customer made no sound since the
  /// last one.
  /// @param keep  Is given each frame that joins the window, as a FeatureFrame.
  template <class Keep>
  std::optional<Update> process(const CustomerFrame& frame, const PartyTurn& turn,
                                Keep keep) noexcept {
    gate_.process(frame, is_clean(turn), is_clean(turn) || (!turn.active && !turn.bleed),
                  [&](const FeatureFrame& kept) {
                    functionals_.add(kept);
                    keep(kept);
                  });
    return hear(*frame, turn);
  }

  /// How many frames the window holds.
  int frames() const noexcept { return functionals_.frames(); }

  void reset() noexcept;

 private:
  explicit DistressWindow(DistressFunctionals functionals);

  /// Hops since the last update, by what was heard in them.
  struct Heard {
    int hops = 0;
    int active = 0;
    int clean = 0;
    int bleed = 0;
  };

  /// The customer speaks, and nobody else is heard.
  static bool is_clean(const PartyTurn& turn) noexcept {
    return turn.active && turn.alone && !turn.bleed;
  }

  std::optional<Update> hear(const FeatureFrame& frame, const PartyTurn& turn) noexcept;
  std::optional<Update> update(std::int64_t index, const Heard& heard) noexcept;

  SpeechGate gate_;
  DistressFunctionals functionals_;
  LineNoise noise_;
  Heard heard_;
};

}  // namespace tonecue

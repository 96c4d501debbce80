/// @file
/// The rules that turn conduct into cues: one class per question.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/cues/agitation.h"
#include "tonecue/cues/conduct_config.h"
#include "tonecue/cues/cue_change.h"
#include "tonecue/cues/sustained_cue.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

// Every rule: process() takes each frame of the call once and adds what changed; finish() ends what
// still holds. Real-time: nothing allocates. Threads: one object belongs to one thread.

/// Did this party cut the other off? Holds until the overlap is over.
class InterruptionRule {
 public:
  explicit InterruptionRule(Party party) noexcept : cue_(CueKind::interruption, party) {}
  void process(const TurnFrame& frame, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept { cue_.end(changes); }

 private:
  SustainedCue cue_;
};

/// A cue on a voice's departure from its usual: raised when the departure has passed its threshold
/// for half a second of speech, ended at half the threshold or when the voice falls silent.
class DepartureCue {
 public:
  DepartureCue(CueKind kind, Party party) noexcept : cue_(kind, party) {}

  /// The party speaks. @param excess  The departure divided by its threshold.
  void judge(float excess, const Evidence& evidence, std::int64_t frame_index,
             CueChanges& changes) noexcept;

  /// The party does not speak at this frame.
  void pause(CueChanges& changes) noexcept;

  void finish(CueChanges& changes) noexcept { cue_.end(changes); }
  bool holds() const noexcept { return cue_.holds(); }

 private:
  SustainedCue cue_;
  int passed_hops_ = 0;  // For how long the threshold has been passed.
  int silent_hops_ = 0;
};

/// Is this voice louder and higher than its usual? Both are asked, since a louder line alone raises
/// only the level.
class RaisedVoiceRule {
 public:
  RaisedVoiceRule(Party party, const ConductConfig& config) noexcept;
  void process(const TurnFrame& frame, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept { cue_.finish(changes); }
  bool holds() const noexcept { return cue_.holds(); }

 private:
  Party party_;
  float raised_level_db_;
  float raised_f0_st_;
  DepartureCue cue_;
};

/// Is this voice faster, or slower, than its usual? Two-sided: strong feeling raises the rate of
/// some voices and lowers that of others.
class SpeakingRateRule {
 public:
  SpeakingRateRule(Party party, const ConductConfig& config) noexcept;
  void process(const TurnFrame& frame, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept;

 private:
  Party party_;
  float fast_rate_ratio_;
  float slow_rate_ratio_;
  DepartureCue fast_;
  DepartureCue slow_;
};

/// Has nobody spoken for long? Not before the first word, nor after the last: only a silence that
/// somebody could have filled. Its party is the one who did not speak last.
class LongSilenceRule {
 public:
  explicit LongSilenceRule(const ConductConfig& config) noexcept;
  void process(const TurnFrame& frame, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept;

 private:
  float long_silence_s_;
  PerParty<SustainedCue> cue_;
  std::optional<Party> last_speaker_;
};

/// Does the agent go on without letting the customer in? A customer may talk as long as they like.
class MonologueRule {
 public:
  explicit MonologueRule(const ConductConfig& config) noexcept;
  void process(const TurnFrame& frame, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept { cue_.end(changes); }

 private:
  float monologue_s_;
  SustainedCue cue_;
};

/// Has the customer's voice come back near its usual, in pitch, in level and in what the distress
/// model hears, and stayed there? Told once after each
/// stretch of raised voice or distress, so that the agent learns that it worked.
class RecoveryRule {
 public:
  explicit RecoveryRule(const ConductConfig& config) noexcept;

  /// @param upset  Present while a raised voice or distress of the customer holds.
  void process(const TurnFrame& frame, Agitation upset, CueChanges& changes) noexcept;
  void finish(CueChanges& changes) noexcept { cue_.end(changes); }

 private:
  float recovery_s_;
  SustainedCue cue_;
  std::optional<std::int64_t>
      calm_since_ms_;  // Set while a recovery is awaited and seems under way.
  std::int64_t upset_until_ms_ = 0;
  float spoken_s_ = 0.0F;  // By the customer, near the usual.
  bool awaited_ = false;
};

}  // namespace tonecue

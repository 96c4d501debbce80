/// @file
/// All conduct cues of a call.
#pragma once

#include "tonecue/core/result.h"
#include "tonecue/cues/agitation.h"
#include "tonecue/cues/conduct_config.h"
#include "tonecue/cues/conduct_rules.h"

namespace tonecue {

/// Runs every conduct rule over the frames of one call.
///
/// Real-time: nothing allocates after create(). Threads: one object belongs to one thread.
class ConductCues {
 public:
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range.
  /// @param present  Where one voice is missing, its silence says nothing, so no long silence is
  /// told.
  static Result<ConductCues> create(const ConductConfig& config,
                                    PerParty<bool> present = {true, true});

  /// @param agitation  Of the customer: while it is present or fades there is no recovery.
  void process(const TurnFrame& frame, Agitation agitation, CueChanges& changes) noexcept;

  /// End of the call: ends what still holds.
  void finish(CueChanges& changes) noexcept;

 private:
  ConductCues(const ConductConfig& config, bool both_present) noexcept;

  bool both_present_;
  PerParty<InterruptionRule> interruption_;
  PerParty<RaisedVoiceRule> raised_voice_;
  PerParty<SpeakingRateRule> speaking_rate_;
  LongSilenceRule long_silence_;
  MonologueRule monologue_;
  RecoveryRule recovery_;
};

}  // namespace tonecue

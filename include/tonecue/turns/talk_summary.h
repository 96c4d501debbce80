/// @file
/// How both parties shared the time of a call.
#pragma once

#include "tonecue/core/hop.h"

namespace tonecue {

/// A common silence that is longer counts as non-talk time: Amazon Contact Lens' fixed definition.
inline constexpr int kNonTalkSilenceHops = 3000 / kHopMs;

/// Speech is what lies in speech segments, pauses shorter than 0.3 s included. The definitions are
/// those of products that publish theirs, so that figures can be set side by side:
/// overtalk after VoiceBase, non-talk time and the sum of both talk times after Amazon Contact
/// Lens.
struct TalkSummary {
  float either_s = 0.0F;             ///< At least one spoke: the union.
  float sum_s = 0.0F;                ///< Both talk times added: overlap counts twice.
  float both_s = 0.0F;               ///< Both spoke: overtalk.
  float overtalk_ratio = 0.0F;       ///< both_s divided by the call's length, [0, 1].
  int overtalk_incidents = 0;        ///< Stretches of overtalk of at least 0.1 s.
  int agent_overtalk_incidents = 0;  ///< Of these, those in which the agent came in.
  float non_talk_s = 0.0F;           ///< Silences of both of over 3 s, each from its beginning.
  int non_talk_incidents = 0;
};

}  // namespace tonecue

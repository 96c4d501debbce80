/// @file
/// How the customer's agitation stands.
#pragma once

namespace tonecue {

enum class Agitation {
  none,     ///< The evidence is low, or there is none.
  fading,   ///< No cue holds, but the voice is not back at its usual.
  present,  ///< A distress cue holds.
};

}  // namespace tonecue

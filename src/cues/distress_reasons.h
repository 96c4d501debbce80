/// @file
/// Why a window of a customer's voice scored as it did.
#pragma once

#include "cues/distress_network.h"
#include "tonecue/cues/distress_estimate.h"

namespace tonecue {

/// Which properties of the voice speak most for agitation: each is put back to the caller's usual
/// in turn, and what the log-odds lose by it is what it brought ("occlusion"; Zeiler and Fergus
/// 2014). Of the functionals only: what VoiceNetwork heard stays as it is. Properties that speak
/// against agitation are left out.
///
/// Real-time: neither allocates, locks nor throws. Costs a run of the network per property.
DistressReasons find_reasons(DistressNetwork& network, const DistressFunctionalRow& row,
                             const DistressFunctionalRow& usual,
                             const DistressNetwork::LogOdds& voice,
                             const DistressScore& score) noexcept;

}  // namespace tonecue

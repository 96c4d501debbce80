/// @file
/// Alerts and turns made for a test.
#pragma once

#include "tonecue/alerts/alert.h"
#include "tonecue/pipeline/call_listener.h"

namespace tonecue::test {

inline Alert alert_of(CueKind kind, Party party, bool critical = false) {
  Alert alert;
  alert.cue.kind = kind;
  alert.cue.party = party;
  alert.critical = critical;
  return alert;
}

/// Hops in which these speak, the customer at a level.
inline void pass(CallListener& listener, int ms, PerParty<bool> active,
                 float customer_dbfs = -26.0F) {
  for (int hop = 0; hop < ms / kHopMs; ++hop) {
    CallFrame frame;
    frame.voice.customer.level_dbfs = active.customer ? customer_dbfs : kSilenceDbfs;
    listener.on_frame(frame);
    TurnFrame turn;
    for (const Party party : kParties) turn.parties[party].active = active[party];
    listener.on_turn(turn);
  }
}

inline constexpr PerParty<bool> kNobody{};
inline constexpr PerParty<bool> kAgent{.agent = true};
inline constexpr PerParty<bool> kCustomer{.customer = true};

}  // namespace tonecue::test

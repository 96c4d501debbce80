#include "tonecue/pipeline/call_meters.h"

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// One pole of 100 ms: a level that an eye can follow.
constexpr float kLevelStep = static_cast<float>(kHopMs) / 100.0F;

}  // namespace

void CallMeterReader::on_frame(const CallFrame& frame) noexcept {
  for (const Party party : kParties) {
    power_[party] += kLevelStep * (db_to_power(frame.voice[party].level_dbfs) - power_[party]);
    meters_.voices[party].level_dbfs = power_to_db(power_[party]);
  }
}

void CallMeterReader::on_turn(const TurnFrame& frame) noexcept {
  meters_.time_ms = hops_to_ms(frame.index + 1);
  meters_.both_silent_s = frame.both_silent_s;
  for (const Party party : kParties) {
    const PartyTurn& turn = frame.parties[party];
    VoiceMeter& voice = meters_.voices[party];
    if (turn.speaking && !voice.speaking) voice.speaking_since_ms = hops_to_ms(frame.index);
    voice.speaking = turn.speaking;
    voice.usual_known = turn.baseline_ready;
    const Departure departure = turn.baseline_ready ? turn.departure : Departure{};
    voice.level_db = departure.level_db;
    voice.f0_st = departure.f0_st;
    voice.rate_ratio = departure.rate_ratio;
    voice.rate_syl_per_s = turn.rate.articulation_rate_syl_per_s;
    // Counted in hops: a float that grows by hundredths has lost seconds after an hour.
    if (turn.active) voice.talk_s = hops_to_s(++talk_hops_[party]);
  }
}

}  // namespace tonecue

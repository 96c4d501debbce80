#include "tonecue/cues/conduct_cues.h"

namespace tonecue {

Result<ConductCues> ConductCues::create(const ConductConfig& config, PerParty<bool> present) {
  if (auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  return ConductCues(config, present.agent && present.customer);
}

ConductCues::ConductCues(const ConductConfig& config, bool both_present) noexcept
    : both_present_(both_present),
      interruption_{InterruptionRule(Party::agent), InterruptionRule(Party::customer)},
      raised_voice_{RaisedVoiceRule(Party::agent, config),
                    RaisedVoiceRule(Party::customer, config)},
      speaking_rate_{SpeakingRateRule(Party::agent, config),
                     SpeakingRateRule(Party::customer, config)},
      long_silence_(config),
      monologue_(config),
      recovery_(config) {}

void ConductCues::process(const TurnFrame& frame, Agitation agitation,
                          CueChanges& changes) noexcept {
  for (const Party party : kParties) {
    interruption_[party].process(frame, changes);
    raised_voice_[party].process(frame, changes);
    speaking_rate_[party].process(frame, changes);
  }
  if (both_present_) long_silence_.process(frame, changes);
  monologue_.process(frame, changes);
  recovery_.process(frame, raised_voice_.customer.holds() ? Agitation::present : agitation,
                    changes);
}

void ConductCues::finish(CueChanges& changes) noexcept {
  for (const Party party : kParties) {
    interruption_[party].finish(changes);
    raised_voice_[party].finish(changes);
    speaking_rate_[party].finish(changes);
  }
  long_silence_.finish(changes);
  monologue_.finish(changes);
  recovery_.finish(changes);
}

}  // namespace tonecue

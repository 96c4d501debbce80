#include "tonecue/cues/conduct_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "tonecue/core/hop.h"
#include "tonecue/core/range.h"

namespace tonecue {
namespace {

constexpr float kHopS = static_cast<float>(kHopMs) / 1000.0F;

// A departure rests on the last seconds of speech. Below this much it says little.
constexpr float kLeastSpeechS = 1.5F;

// A departure must outlast one stressed word.
constexpr int kSustainHops = 50;

// A voice that has fallen silent for this long no longer is raised, fast or slow: as long as a
// departure looks back, so that a voice raised over two turns is told once.
constexpr int kForgetHops = 800;

// A cue ends at half the threshold that raised it, so that it does not flicker.
constexpr float kRelease = 0.5F;

// Confidence grows from one half at the threshold to one at twice the threshold.
float confidence_of(float excess_ratio) { return 0.5F * std::min(excess_ratio, 2.0F); }

bool can_judge(const PartyTurn& turn) {
  return turn.baseline_ready && turn.departure.speech_s >= kLeastSpeechS;
}

bool can_judge_rate(const PartyTurn& turn) {
  return can_judge(turn) && turn.departure.syllables >= kLeastRateSyllables;
}

}  // namespace

Result<void> validate(const ConductConfig& config) {
  const auto ranges = std::to_array<FieldRange<float>>({
      {config.raised_level_db, 3.0F, 20.0F, "conduct.raised_level_db"},
      {config.raised_f0_st, 0.5F, 12.0F, "conduct.raised_f0_st"},
      {config.fast_rate_ratio, 1.1F, 3.0F, "conduct.fast_rate_ratio"},
      {config.slow_rate_ratio, 0.3F, 0.9F, "conduct.slow_rate_ratio"},
      {config.long_silence_s, 2.0F, 60.0F, "conduct.long_silence_s"},
      {config.monologue_s, 10.0F, 600.0F, "conduct.monologue_s"},
      {config.recovery_s, 3.0F, 60.0F, "conduct.recovery_s"},
  });
  return expect_in_ranges<float>(ranges);
}

void InterruptionRule::process(const TurnFrame& frame, CueChanges& changes) noexcept {
  const Party party = cue_.cue().party;
  if (const auto& cut = frame.interruption[party]) {
    cue_.end(changes);
    Evidence evidence;
    evidence.add("overlap_s", cut->overlap_s);
    evidence.add("holder_turn_s", cut->holder_turn_s);
    evidence.add("incomer_speech_s", cut->incomer_speech_s);
    if (cut->holder_level_db) evidence.add("holder_level_db", *cut->holder_level_db);
    if (cut->holder_f0_st) evidence.add("holder_f0_st", *cut->holder_f0_st);
    if (cut->holder_mid_phrase) evidence.add("mid_phrase", *cut->holder_mid_phrase ? 1.0F : 0.0F);
    cue_.raise(cut->start_ms, frame.index, cut->confidence, evidence, changes);
  }
  if (!cue_.holds()) return;
  if (const auto& overlap = frame.ended_overlap[party]) {
    cue_.end(overlap->end_ms, changes);
  } else if (!frame.parties[party].speaking || !frame.parties[other(party)].speaking) {
    cue_.end(changes);
  } else if (frame.parties[party].active && frame.parties[other(party)].active) {
    cue_.extend(frame.index);
  }
}

void DepartureCue::judge(float excess, const Evidence& evidence, std::int64_t frame_index,
                         CueChanges& changes) noexcept {
  silent_hops_ = 0;
  if (cue_.holds()) {
    if (excess > kRelease) {
      cue_.extend(frame_index);
    } else {
      cue_.end(changes);
    }
    return;
  }
  passed_hops_ = excess >= 1.0F ? passed_hops_ + 1 : 0;
  if (passed_hops_ < kSustainHops) return;
  passed_hops_ = 0;
  cue_.raise(hops_to_ms(frame_index - kSustainHops + 1), frame_index, confidence_of(excess),
             evidence, changes);
}

void DepartureCue::pause(CueChanges& changes) noexcept {
  if (++silent_hops_ >= kForgetHops) cue_.end(changes);
}

RaisedVoiceRule::RaisedVoiceRule(Party party, const ConductConfig& config) noexcept
    : party_(party),
      raised_level_db_(config.raised_level_db),
      raised_f0_st_(config.raised_f0_st),
      cue_(CueKind::raised_voice, party) {}

void RaisedVoiceRule::process(const TurnFrame& frame, CueChanges& changes) noexcept {
  const PartyTurn& turn = frame.parties[party_];
  if (!turn.active) return cue_.pause(changes);
  if (!can_judge(turn)) return;
  const Departure& now = turn.departure;
  Evidence evidence;
  evidence.add("level_db", now.level_db);
  evidence.add("f0_st", now.f0_st);
  cue_.judge(std::min(now.level_db / raised_level_db_, now.f0_st / raised_f0_st_), evidence,
             frame.index, changes);
}

SpeakingRateRule::SpeakingRateRule(Party party, const ConductConfig& config) noexcept
    : party_(party),
      fast_rate_ratio_(config.fast_rate_ratio),
      slow_rate_ratio_(config.slow_rate_ratio),
      fast_(CueKind::fast_speech, party),
      slow_(CueKind::slow_speech, party) {}

void SpeakingRateRule::process(const TurnFrame& frame, CueChanges& changes) noexcept {
  const PartyTurn& turn = frame.parties[party_];
  if (!turn.active) {
    fast_.pause(changes);
    slow_.pause(changes);
    return;
  }
  if (!can_judge_rate(turn)) return;
  const Departure& now = turn.departure;
  Evidence evidence;
  evidence.add("rate_syl_per_s", now.rate_syl_per_s);
  evidence.add("rate_ratio", now.rate_ratio);
  evidence.add("syllables", static_cast<float>(now.syllables));
  fast_.judge((now.rate_ratio - 1.0F) / (fast_rate_ratio_ - 1.0F), evidence, frame.index, changes);
  slow_.judge((1.0F - now.rate_ratio) / (1.0F - slow_rate_ratio_), evidence, frame.index, changes);
}

void SpeakingRateRule::finish(CueChanges& changes) noexcept {
  fast_.finish(changes);
  slow_.finish(changes);
}

LongSilenceRule::LongSilenceRule(const ConductConfig& config) noexcept
    : long_silence_s_(config.long_silence_s),
      cue_{SustainedCue(CueKind::long_silence, Party::agent),
           SustainedCue(CueKind::long_silence, Party::customer)} {}

void LongSilenceRule::process(const TurnFrame& frame, CueChanges& changes) noexcept {
  if (frame.both_silent_s <= 0.0F) {
    finish(changes);
    for (const Party party : kParties) {
      if (frame.parties[party].active) last_speaker_ = party;
    }
    return;
  }
  if (!last_speaker_) return;
  SustainedCue& cue = cue_[other(*last_speaker_)];
  if (cue.holds()) {
    cue.extend(frame.index);
  } else if (frame.both_silent_s >= long_silence_s_) {
    Evidence evidence;
    evidence.add("silence_s", frame.both_silent_s);
    const auto silent_ms = std::llround(static_cast<double>(frame.both_silent_s) * 1000.0);
    cue.raise(hops_to_ms(frame.index + 1) - silent_ms, frame.index, 1.0F, evidence, changes);
  }
}

void LongSilenceRule::finish(CueChanges& changes) noexcept {
  for (const Party party : kParties) cue_[party].end(changes);
}

MonologueRule::MonologueRule(const ConductConfig& config) noexcept
    : monologue_s_(config.monologue_s), cue_(CueKind::monologue, Party::agent) {}

void MonologueRule::process(const TurnFrame& frame, CueChanges& changes) noexcept {
  const float turn_s = frame.parties.agent.turn_s;
  if (turn_s < monologue_s_) {
    cue_.end(changes);
  } else if (cue_.holds()) {
    if (frame.parties.agent.active) cue_.extend(frame.index);
  } else {
    Evidence evidence;
    evidence.add("turn_s", turn_s);
    const auto turn_ms = std::llround(static_cast<double>(turn_s) * 1000.0);
    cue_.raise(hops_to_ms(frame.index + 1) - turn_ms, frame.index, 1.0F, evidence, changes);
  }
}

RecoveryRule::RecoveryRule(const ConductConfig& config) noexcept
    : recovery_s_(config.recovery_s), cue_(CueKind::recovered, Party::customer) {}

void RecoveryRule::process(const TurnFrame& frame, Agitation upset, CueChanges& changes) noexcept {
  // "Near the usual", and enough speech to know: the spread of calm speech about its own median.
  constexpr float kNearDb = 3.0F;
  constexpr float kNearSt = 1.5F;
  constexpr float kLeastSpokenS = 3.0F;

  cue_.end(changes);  // A recovery is a moment, not a stretch.
  const std::int64_t now_ms = hops_to_ms(frame.index + 1);
  if (upset == Agitation::present) {
    awaited_ = true;
    calm_since_ms_.reset();
    upset_until_ms_ = now_ms;
    return;
  }
  const PartyTurn& turn = frame.parties.customer;
  if (!awaited_ || !turn.active || !can_judge(turn)) return;
  const Departure& now = turn.departure;
  if (upset == Agitation::fading || std::abs(now.level_db) > kNearDb ||
      std::abs(now.f0_st) > kNearSt) {
    calm_since_ms_.reset();
    return;
  }
  if (!calm_since_ms_) {
    calm_since_ms_ = now_ms;
    spoken_s_ = 0.0F;
  }
  spoken_s_ += kHopS;
  const double calm_s = ms_to_s(now_ms - *calm_since_ms_);
  if (calm_s < static_cast<double>(recovery_s_) || spoken_s_ < kLeastSpokenS) return;
  awaited_ = false;
  Evidence evidence;
  evidence.add("after_s", static_cast<float>(ms_to_s(now_ms - upset_until_ms_)));
  evidence.add("level_db", now.level_db);
  evidence.add("f0_st", now.f0_st);
  cue_.raise(*calm_since_ms_, frame.index, 1.0F, evidence, changes);
}

}  // namespace tonecue

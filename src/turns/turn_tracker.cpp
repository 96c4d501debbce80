#include "tonecue/turns/turn_tracker.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/range.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

// How likely speech a hop must be, as log-odds: 0.29 at the voice's usual level, 0.48 when 10 dB
// softer, 0.82 when 30 dB softer. The detector's own decision lets go slowly, which is right for
// segments of audio but would count as speech that goes on; and it is unsure of some voices that
// are as loud as ever.
constexpr float kLogOddsAtUsualLevel = -0.9F;
constexpr float kLogOddsPerDb = 0.08F;
constexpr float kLoudestBelowDb = -10.0F;
constexpr float kSoftestBelowDb = 30.0F;
constexpr float kUnknownBelowDb = 5.0F;  // Before the usual level is known.

// So much surer, a hop counts as evidence of an interruption: soft ends and breaths do not.
constexpr float kClearLogOdds = 1.9F;

// Where a phrase ends, level and pitch have fallen below the voice's usual: turn ends have a median
// of -5.1 dB and -2.0 st, other places -0.9 dB and +0.6 st.
constexpr float kFallenLevelDb = -5.0F;
constexpr float kFallenF0St = -2.0F;

/// By how much the log-odds exceed what speech must have; NaN when the frame has none.
float speech_surplus(const FeatureFrame& frame,
                     const std::optional<float>& usual_level_dbfs) noexcept {
  const float below_db = usual_level_dbfs ? *usual_level_dbfs - frame.level_dbfs : kUnknownBelowDb;
  const float least_log_odds =
      kLogOddsAtUsualLevel + kLogOddsPerDb * std::clamp(below_db, kLoudestBelowDb, kSoftestBelowDb);
  const float prob = std::clamp(frame.speech_prob, 0.001F, 0.999F);
  return std::log(prob / (1.0F - prob)) - least_log_odds;
}

}  // namespace

Result<void> validate(const TurnConfig& config) {
  return expect_in_range(config.line_delay_ms, 0, kMostLineDelayMs, "turns.line_delay_ms");
}

TurnTracker::TurnTracker(const TurnConfig& config) noexcept
    : shift_hops_(static_cast<std::size_t>(2 * config.line_delay_ms / kHopMs)) {}

const TurnFrame& TurnTracker::process(const FeatureFrame& agent,
                                      const FeatureFrame& customer) noexcept {
  frame_ = {};
  frame_.index = agent.index;
  if (agent.index < 0) return frame_;
  hops_ = agent.index + 1;

  const Hearing::Voices heard = voices(agent, customer);
  phrases_.agent.process(agent, heard.agent.active);
  phrases_.customer.process(customer, heard.customer.active);
  hear(agent.index, heard);
  report_turn();
  report_overlaps();
  report_voice(Party::agent, agent);
  report_voice(Party::customer, customer);
  if (!frame_.parties.agent.speaking && !frame_.parties.customer.speaking) {
    frame_.both_silent_s = hops_to_s(hops_ - speech_end_);
  }
  return frame_;
}

void TurnTracker::hear(std::int64_t index, const Hearing::Voices& voices) noexcept {
  here_.process(index, voices);
  for (const Party party : kParties) {
    if (const auto& ended = here_.ended_segment(party)) end_segment(party, *ended);
  }
  talk_.process(index, here_.segments());
  if (shift_hops_ == 0) return;
  auto& on_the_line = agent_on_the_line_[static_cast<std::size_t>(index) % shift_hops_];
  far_off_.process(index, {on_the_line, voices.customer});
  on_the_line = voices.agent;
}

// Who comes in does so into what they hear.
const OverlapDetector& TurnTracker::overlaps(Party starter) const noexcept {
  return starter == Party::customer && shift_hops_ > 0 ? far_off_.overlaps() : here_.overlaps();
}

Hearing::Voices TurnTracker::voices(const FeatureFrame& agent,
                                    const FeatureFrame& customer) noexcept {
  guards_.agent.process(agent.mel_db, customer.mel_db);
  guards_.customer.process(customer.mel_db, agent.mel_db);
  Hearing::Voices voices;
  for (const Party party : kParties) {
    const FeatureFrame& frame = party == Party::agent ? agent : customer;
    const BleedGuard& guard = guards_[party];
    OverlapDetector::Voice& voice = voices[party];
    voice.level_dbfs = frame.level_dbfs;
    voice.usual_level_dbfs = baselines_[party].usual_level_dbfs();
    const float surplus = speech_surplus(frame, voice.usual_level_dbfs);
    const bool speech = surplus >= 0.0F;  // NaN is none.
    voice.active = speech && guard.own_sound();
    voice.clear = voice.active && surplus >= kClearLogOdds;
    PartyTurn& turn = frame_.parties[party];
    turn.active = voice.active;
    turn.bleed = speech && !voice.active && guard.leak_expected();
    if (guard.state() == BleedState::unusable) turn.bleed = speech;
  }
  return voices;
}

void TurnTracker::end_segment(Party party, const HopSpan& segment) noexcept {
  conduct_[party].add_segment(segment);
  speech_end_ = std::max(speech_end_, segment.end);
  frame_.ended_segment[party] =
      SpeechSegment{party, hops_to_ms(segment.start), hops_to_ms(segment.end)};
}

void TurnTracker::report_turn() noexcept {
  const FloorTracker& floor = here_.floor();
  if (const auto& ended = floor.ended_turn()) conduct_[ended->party].add_turn(*ended);
  if (const auto& turn = floor.turn()) {
    frame_.parties[turn->party].turn_s = hops_to_s(turn->end - turn->start);
  }
}

bool TurnTracker::same_voices() const noexcept {
  return guards_.agent.state() == BleedState::unusable ||
         guards_.customer.state() == BleedState::unusable;
}

void TurnTracker::report_overlaps() noexcept {
  if (same_voices()) return;  // Both seem to speak whenever one does.
  for (const Party party : kParties) {
    auto& cut = frame_.interruption[party];
    cut = overlaps(party).raised(party);
    if (cut) {
      describe_holder(*cut);
      conduct_[party].add_interruption();
    }
    const auto& ended = overlaps(party).ended(party);
    if (!ended) continue;
    if (ended->kind == OverlapKind::backchannel) conduct_[party].add_backchannel();
    const bool long_enough = ended->end_ms - ended->start_ms >= hops_to_ms(kLeastOverlapHops);
    if (long_enough) frame_.ended_overlap[party] = ended;
  }
  outcomes_.process(frame_.index, frame_.interruption, here_.floor());
  for (const Party party : kParties) {
    frame_.outcome[party] = outcomes_.known(party);
    if (frame_.outcome[party]) conduct_[party].add_outcome(*frame_.outcome[party]);
  }
}

void TurnTracker::describe_holder(Interruption& cut) const noexcept {
  const Party holder = other(cut.starter);
  const SpeakerBaseline& baseline = baselines_[holder];
  // A customer cuts off what they hear, which the agent said a while ago.
  const auto late_hops = holder == Party::agent ? static_cast<std::int64_t>(shift_hops_) : 0;
  const auto sound = phrases_[holder].before(cut.start_ms / kHopMs - late_hops);
  if (!sound || !baseline.usual_level_dbfs()) return;
  cut.holder_level_db = sound->level_dbfs - *baseline.usual_level_dbfs();
  if (sound->f0_hz && baseline.usual_f0_hz()) {
    cut.holder_f0_st = semitones(*sound->f0_hz, *baseline.usual_f0_hz());
  }
  cut.holder_mid_phrase =
      *cut.holder_level_db > kFallenLevelDb && cut.holder_f0_st.value_or(0.0F) >= kFallenF0St;
}

void TurnTracker::report_voice(Party party, const FeatureFrame& frame) noexcept {
  PartyTurn& turn = frame_.parties[party];
  const bool other_silent = here_.floor().voice(other(party)).silent > kAloneAfterHops;
  turn.speaking = here_.segments()[party].speaking();
  turn.alone = turn.active && other_silent;
  const BleedGuard& guard = guards_[party];
  const bool leak = guard.leak_expected() && !guard.own_sound();
  conduct_[party].add_frame(frame, turn, leak);
  rates_[party].process(frame, turn, leak);
  turn.rate = rates_[party].rate();
  baselines_[party].process(frame, turn.alone);
  turn.baseline_ready = baselines_[party].ready();
  turn.usual = baselines_[party].usual();
  turn.departure = baselines_[party].departure();
}

const TurnFrame& TurnTracker::flush() noexcept {
  frame_.ended_segment = {};
  frame_.ended_overlap = {};
  here_.flush();
  far_off_.flush();
  talk_.flush(here_.segments());
  for (const Party party : kParties) {
    if (const auto& ended = here_.ended_segment(party)) end_segment(party, *ended);
  }
  report_turn();
  outcomes_.flush();
  report_overlaps();
  return frame_;
}

PerParty<PartySummary> TurnTracker::summary() const noexcept {
  PerParty<PartySummary> summary;
  for (const Party party : kParties) {
    summary[party] = conduct_[party].summary(hops_, conduct_[other(party)].talk_s());
    summary[party].baseline_ready = baselines_[party].ready();
    summary[party].bleed = guards_[party].state();
  }
  return summary;
}

}  // namespace tonecue

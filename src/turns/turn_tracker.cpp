#include "tonecue/turns/turn_tracker.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

// Shorter joint speech is one word's end touching the next one's start.
constexpr std::int64_t kLeastOverlapMs = 100;

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
constexpr float kClearLogOdds = 1.0F;

/// By how much the log-odds exceed what speech must have; NaN when the frame has none.
float speech_surplus(const FeatureFrame& frame,
                     const std::optional<float>& usual_level_dbfs) noexcept {
  const float below_db = usual_level_dbfs ? *usual_level_dbfs - frame.level_dbfs : kUnknownBelowDb;
  const float least_log_odds =
      kLogOddsAtUsualLevel + kLogOddsPerDb * std::clamp(below_db, kLoudestBelowDb, kSoftestBelowDb);
  const float prob = std::clamp(frame.speech_prob, 0.001F, 0.999F);
  return std::log(prob / (1.0F - prob)) - least_log_odds;
}

float seconds(std::int64_t hops) noexcept { return static_cast<float>(ms_to_s(hops_to_ms(hops))); }

}  // namespace

const TurnFrame& TurnTracker::process(const FeatureFrame& agent,
                                      const FeatureFrame& customer) noexcept {
  frame_ = {};
  frame_.index = agent.index;
  if (agent.index < 0) return frame_;
  hops_ = agent.index + 1;

  const PerParty<bool> active = activity(agent, customer);
  for (const Party party : kParties) {
    const auto ended = segmenters_[party].process(agent.index, active[party]);
    if (ended) end_segment(party, *ended);
  }
  overlaps_.process(
      agent.index,
      {{active.agent, clear_.agent, agent.level_dbfs, baselines_.agent.usual_level_dbfs()},
       {active.customer, clear_.customer, customer.level_dbfs,
        baselines_.customer.usual_level_dbfs()}},
      segmenters_, floor_);
  floor_.process(agent.index, active, segmenters_);
  report_turn();
  report_overlaps();
  report_voice(Party::agent, agent);
  report_voice(Party::customer, customer);
  if (!frame_.parties.agent.speaking && !frame_.parties.customer.speaking) {
    frame_.both_silent_s = seconds(hops_ - speech_end_);
  }
  return frame_;
}

PerParty<bool> TurnTracker::activity(const FeatureFrame& agent,
                                     const FeatureFrame& customer) noexcept {
  guards_.agent.process(agent.mel_db, customer.mel_db);
  guards_.customer.process(customer.mel_db, agent.mel_db);
  const PerParty<float> surplus{speech_surplus(agent, baselines_.agent.usual_level_dbfs()),
                                speech_surplus(customer, baselines_.customer.usual_level_dbfs())};
  PerParty<bool> active;
  for (const Party party : kParties) {
    const BleedGuard& guard = guards_[party];
    const bool speech = surplus[party] >= 0.0F;  // NaN is none.
    active[party] = speech && guard.own_sound();
    clear_[party] = active[party] && surplus[party] >= kClearLogOdds;
    frame_.parties[party].active = active[party];
    frame_.parties[party].bleed = speech && !active[party] && guard.leak_expected();
  }
  return active;
}

void TurnTracker::end_segment(Party party, const HopSpan& segment) noexcept {
  conduct_[party].add_segment(segment);
  speech_end_ = std::max(speech_end_, segment.end);
  frame_.ended_segment[party] =
      SpeechSegment{party, hops_to_ms(segment.start), hops_to_ms(segment.end)};
}

void TurnTracker::report_turn() noexcept {
  if (const auto& ended = floor_.ended_turn()) conduct_[ended->party].add_turn(*ended);
  if (const auto& turn = floor_.turn()) {
    frame_.parties[turn->party].turn_s = seconds(turn->end - turn->start);
  }
}

void TurnTracker::report_overlaps() noexcept {
  for (const Party party : kParties) {
    frame_.interruption[party] = overlaps_.raised(party);
    if (frame_.interruption[party]) conduct_[party].add_interruption();
    const auto& ended = overlaps_.ended(party);
    if (!ended) continue;
    if (ended->kind == OverlapKind::backchannel) conduct_[party].add_backchannel();
    if (ended->end_ms - ended->start_ms >= kLeastOverlapMs) frame_.ended_overlap[party] = ended;
  }
}

void TurnTracker::report_voice(Party party, const FeatureFrame& frame) noexcept {
  PartyTurn& turn = frame_.parties[party];
  const bool other_silent = floor_.voice(other(party)).silent > kAloneAfterHops;
  turn.speaking = segmenters_[party].speaking();
  turn.alone = turn.active && other_silent;
  const BleedGuard& guard = guards_[party];
  conduct_[party].add_frame(frame, turn, guard.leak_expected() && !guard.own_sound());
  baselines_[party].process(frame, turn.alone);
  turn.baseline_ready = baselines_[party].ready();
  turn.departure = baselines_[party].departure();
}

const TurnFrame& TurnTracker::flush() noexcept {
  frame_.ended_segment = {};
  for (const Party party : kParties) {
    if (const auto ended = segmenters_[party].flush()) end_segment(party, *ended);
  }
  floor_.flush();
  overlaps_.flush();
  report_turn();
  report_overlaps();
  return frame_;
}

PerParty<PartySummary> TurnTracker::summary() const noexcept {
  PerParty<PartySummary> summary;
  for (const Party party : kParties) {
    summary[party] = conduct_[party].summary(hops_);
    summary[party].baseline_ready = baselines_[party].ready();
  }
  return summary;
}

}  // namespace tonecue

#include "tonecue/turns/floor_tracker.h"

#include <algorithm>

#include "tonecue/core/hop.h"
#include "tonecue/turns/talk_summary.h"

namespace tonecue {
namespace {

constexpr int kTurnPauseHops = 1500 / kHopMs;  // Longer: speaking again is a new start.
constexpr int kHandOverHops = 500 / kHopMs;    // The other alone for so long ends the turn.
constexpr int kLongSilenceHops = kNonTalkSilenceHops;

int next(int hops) noexcept { return std::min(hops + 1, FloorTracker::kNever); }

}  // namespace

void FloorTracker::process(std::int64_t index, PerParty<bool> active,
                           const PerParty<SpeechSegmenter>& segments) noexcept {
  count(index, active, segments);
  ended_turn_.reset();
  if (both_silent_hops() >= kLongSilenceHops) end_turn();
  for (const Party party : kParties) {
    if (!active[party]) continue;
    const bool has_floor = turn_ && turn_->party == party;
    if (!has_floor && voices_[party].alone >= kTakesFloorHops) give_floor(party, index);
    if (turn_ && turn_->party == party) turn_->end = index + 1;
  }
}

void FloorTracker::give_floor(Party party, std::int64_t index) noexcept {
  end_turn();
  const std::int64_t start = voices_[party].alone_start;
  turn_ = Turn{party, start, index + 1, std::nullopt};
  if (previous_turn_ && previous_turn_->party != party && previous_turn_->end <= start) {
    turn_->response_gap = start - previous_turn_->end;
  }
}

void FloorTracker::end_turn() noexcept {
  if (!turn_) return;
  ended_turn_ = previous_turn_ = turn_;
  turn_.reset();
}

void FloorTracker::flush() noexcept {
  ended_turn_.reset();
  end_turn();
}

void FloorTracker::count(std::int64_t index, PerParty<bool> active,
                         const PerParty<SpeechSegmenter>& segments) noexcept {
  for (const Party party : kParties) {
    Voice& voice = voices_[party];
    if (!active[party]) {
      voice.silent = next(voice.silent);
      if (voice.silent >= kTurnPauseHops) voice.alone = voice.turn_active = 0;
      continue;
    }
    voice.silent = 0;
    voice.last_active = index;
    voice.turn_active = next(voice.turn_active);
  }
  for (const Party party : kParties) {
    Voice& voice = voices_[party];
    Voice& rival = voices_[other(party)];
    if (!active[party] || rival.silent <= kAloneAfterHops) continue;
    if (voice.alone == 0) voice.alone_start = segments[party].start();
    voice.alone = next(voice.alone);
    rival.alone = 0;
    if (voice.alone >= kHandOverHops) rival.turn_active = 0;
  }
}

bool FloorTracker::holds_uncontested(Party party) const noexcept {
  return turn_ && turn_->party == party && voices_[other(party)].alone == 0;
}

int FloorTracker::both_silent_hops() const noexcept {
  return std::min(voices_.agent.silent, voices_.customer.silent);
}

}  // namespace tonecue

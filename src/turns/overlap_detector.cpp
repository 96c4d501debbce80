#include "tonecue/turns/overlap_detector.h"

#include <algorithm>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kHolderNearHops = 600 / kHopMs;
constexpr int kHolderSpeechHops = 500 / kHopMs;
constexpr int kResumeHops = 500 / kHopMs;
constexpr int kReactionHops = 250 / kHopMs;
constexpr int kIncomerHops = 750 / kHopMs;
constexpr int kHolderHops = 350 / kHopMs;
constexpr int kIncomerPresentHops = 200 / kHopMs;
constexpr int kLatestHops = 1600 / kHopMs;
constexpr int kAttemptHops = 1000 / kHopMs;

float seconds(int hops) noexcept { return 0.001F * static_cast<float>(hops * kHopMs); }

}  // namespace

void OverlapDetector::process(std::int64_t index, PerParty<bool> active,
                              const PerParty<SpeechSegmenter>& segments,
                              const FloorTracker& floor) noexcept {
  raised_ = {};
  ended_ = {};
  for (const Party incomer : kParties) {
    auto& entry = entries_[incomer];
    const Party holder = other(incomer);
    if (segments[incomer].may_start()) {
      entry = begin(incomer, index, active, segments, floor);
    }
    if (!entry) continue;
    if (active[incomer]) {
      ++entry->incomer_active;
      entry->incomer_last = index;
    }
    if (active[holder]) {
      if (index - entry->holder_last > kSegmentPauseHops) entry->holder_start = index;
      ++entry->holder_active;
      entry->holder_last = index;
      if (active[incomer]) ++entry->both_active;
    }
    if (segments[incomer].confirmed()) {
      if (entries_[holder] && entries_[holder]->open) {
        entry.reset();
        continue;
      }
      entry->open = true;
    }
    if (!entry->open) continue;
    if (!entry->raised && is_interruption(*entry, index)) {
      entry->raised = true;
      raised_[incomer] = Interruption{incomer,
                                      hops_to_ms(entry->start),
                                      0.5F,
                                      seconds(entry->both_active),
                                      seconds(entry->holder_turn),
                                      seconds(entry->incomer_active)};
    }
    if (!segments[incomer].speaking() || index - entry->holder_last > kResumeHops) close(incomer);
  }
}

std::optional<OverlapDetector::Entry> OverlapDetector::begin(
    Party incomer, std::int64_t index, PerParty<bool> active,
    const PerParty<SpeechSegmenter>& segments, const FloorTracker& floor) noexcept {
  const Party holder = other(incomer);
  const FloorTracker::Voice& voice = floor.voice(holder);
  if (voice.turn_active == 0 || voice.silent > kHolderNearHops) return std::nullopt;
  Entry entry;
  entry.start = index;
  entry.holder_start = segments[holder].start();
  entry.holder_last = voice.last_active;
  entry.incomer_last = index;
  entry.holder_had_floor =
      floor.holds_uncontested(holder) && voice.turn_active >= kHolderSpeechHops;
  entry.together = active[holder] && index - segments[holder].start() <= kReactionHops;
  entry.resumes = floor.turn() && floor.turn()->party == incomer;
  entry.holder_turn = floor.turn() && floor.turn()->party == holder
                          ? static_cast<int>(index - floor.turn()->start)
                          : voice.turn_active;
  return entry;
}

bool OverlapDetector::is_interruption(const Entry& entry, std::int64_t index) noexcept {
  return entry.holder_had_floor && !entry.together && entry.incomer_active >= kIncomerHops &&
         entry.holder_active >= kHolderHops && index - entry.incomer_last <= kIncomerPresentHops &&
         index - entry.start <= kLatestHops;
}

OverlapKind OverlapDetector::kind(const Entry& entry) noexcept {
  const bool holder_stopped = entry.holder_last < entry.incomer_last;
  if (entry.raised) return holder_stopped ? OverlapKind::interruption : OverlapKind::attempt;
  if (entry.together) return OverlapKind::simultaneous_start;
  if (holder_stopped != entry.resumes) return OverlapKind::terminal_overlap;
  const int speech = entry.resumes ? entry.both_active : entry.incomer_active;
  return speech < kAttemptHops ? OverlapKind::backchannel : OverlapKind::attempt;
}

void OverlapDetector::close(Party incomer) noexcept {
  const Entry& entry = *entries_[incomer];
  const Party starter = entry.resumes ? other(incomer) : incomer;
  const std::int64_t start = std::max(entry.start, entry.holder_start);
  const std::int64_t end = std::min(entry.incomer_last, entry.holder_last) + 1;
  ended_[starter] =
      Overlap{starter, kind(entry), hops_to_ms(start), hops_to_ms(std::max(start, end))};
  entries_[incomer].reset();
}

void OverlapDetector::flush() noexcept {
  raised_ = {};
  ended_ = {};
  for (const Party party : kParties) {
    if (entries_[party] && entries_[party]->open) close(party);
    entries_[party].reset();
  }
}

}  // namespace tonecue

#include "tonecue/turns/overlap_detector.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// Who has come in: the other party spoke a moment ago, and goes on.
constexpr int kHolderNearHops = 600 / kHopMs;
constexpr int kHolderSpeechHops = 500 / kHopMs;
constexpr int kResumeHops = 550 / kHopMs;  // A longer silence is a change of turn.

// Nobody can have heard the other's start and answered it sooner.
constexpr int kReactionHops = 200 / kHopMs;
constexpr int kCommonSilenceHops = 500 / kHopMs;  // After a shorter pause the holder just goes on.

// The incomer shows that they want the floor. These values were searched on composed calls, of
// other voices too, and stand on a wide flat top; see docs/interruptions.md.
constexpr float kCompetingS = 0.88F;
constexpr float kCompetingSPerDb = 0.03F;
constexpr float kSoftestDb = -10.0F;
constexpr float kLoudestDb = 4.0F;
constexpr float kPauseCost = 0.5F;
constexpr int kLatestHops = 1200 / kHopMs;  // Later it no longer helps to be told.

// The holder has given way: of entries of 0.9 s without a pause, nine in ten are then
// interruptions; while both go on, three in five.
constexpr float kYieldedS = 0.18F;
constexpr int kYieldHops = 80 / kHopMs;

// The holder goes on. Of turn ends that overlap 9 in 10 are shorter than 0.35 s, and they fade:
// their last 0.3 s lie 4 to 10 dB below the voice's usual level, those of a voice cut short 1 to 2
// dB.
constexpr float kHolderHops = 30.0F;  // At the level below.
constexpr float kHolderDb = -3.0F;
constexpr float kHolderHopsPerDb = 2.0F;
constexpr float kHolderLeastHops = 16.0F;

// How often a cue is right: a logistic regression on 611 cues in 180 composed calls, attempts left
// out. Its fifths, told 0.63, 0.67, 0.70, 0.72 and 0.75, were right in 0.63, 0.66, 0.70, 0.75,
// 0.73.
constexpr float kLogOddsPerLoudDb = 0.057F;
constexpr float kLogOddsPerContestedS = 1.05F;
constexpr float kMostContestedS = 0.8F;
constexpr float kLogOddsYielded = 0.29F;

// Backchannels end before: 1 s lies beyond the longest of 220 real ones.
constexpr int kAttemptHops = 1000 / kHopMs;

/// A voice's level against its usual one, dB.
float loudness_db(float power, int hops, const std::optional<float>& usual_level_dbfs) noexcept {
  if (!usual_level_dbfs || hops == 0) return 0.0F;
  const float level_db = power_to_db(power / static_cast<float>(hops)) - *usual_level_dbfs;
  return std::clamp(level_db, kSoftestDb, kLoudestDb);
}

}  // namespace

void OverlapDetector::process(std::int64_t index, const PerParty<Voice>& voices,
                              const PerParty<SpeechSegmenter>& segments,
                              const FloorTracker& floor) noexcept {
  raised_ = {};
  ended_ = {};
  for (const Party incomer : kParties) {
    auto& entry = entries_[incomer];
    const Party holder = other(incomer);
    if (segments[incomer].may_start()) entry = begin(incomer, index, segments, floor);
    if (!entry) continue;
    follow(*entry, index, voices[incomer], voices[holder]);
    if (segments[incomer].confirmed()) {
      if (entries_[holder] && entries_[holder]->open) {  // One overlap, told of who came in first.
        entry.reset();
        continue;
      }
      entry->open = true;
    }
    if (!entry->open) continue;
    if (!entry->raised && is_interruption(*entry, index, voices[incomer], voices[holder])) {
      raise(incomer, index, voices[incomer]);
    }
    if (!segments[incomer].speaking() || index - entry->holder_last > kResumeHops) close(incomer);
  }
}

std::optional<OverlapDetector::Entry> OverlapDetector::begin(
    Party incomer, std::int64_t index, const PerParty<SpeechSegmenter>& segments,
    const FloorTracker& floor) noexcept {
  const Party holder = other(incomer);
  const FloorTracker::Voice& voice = floor.voice(holder);
  if (voice.turn_active == 0 || voice.silent > kHolderNearHops) return std::nullopt;
  const auto& turn = floor.turn();
  Entry entry;
  entry.start = entry.both_first = index;
  entry.holder_last = entry.holder_clear_last = voice.last_active;
  entry.incomer_last = index;
  entry.holder_had_floor =
      floor.holds_uncontested(holder) && voice.turn_active >= kHolderSpeechHops;
  entry.together = index - segments[holder].start() <= kReactionHops &&
                   segments[holder].pause_before() > kCommonSilenceHops;
  entry.resumes = turn && turn->party == incomer;
  entry.holder_turn = turn && turn->party == holder ? index - turn->start : voice.turn_active;
  return entry;
}

void OverlapDetector::follow(Entry& entry, std::int64_t index, const Voice& incomer,
                             const Voice& holder) noexcept {
  if (incomer.active) entry.incomer_last = index;
  if (incomer.clear) {
    ++entry.incomer_clear;
    entry.incomer_power += db_to_power(incomer.level_dbfs);
  }
  if (holder.active) entry.holder_last = index;
  if (holder.clear) {
    ++entry.holder_clear;
    entry.holder_power += db_to_power(holder.level_dbfs);
    entry.holder_clear_last = index;
  }
  if (incomer.active && holder.active) {
    if (entry.both_active++ == 0) entry.both_first = index;
    entry.both_last = index;
  }
}

bool OverlapDetector::holder_goes_on(const Entry& entry, const Voice& holder) noexcept {
  const float loud_db =
      holder.usual_level_dbfs
          ? loudness_db(entry.holder_power, entry.holder_clear, holder.usual_level_dbfs)
          : kHolderDb;
  const float least_hops =
      std::max(kHolderHops - kHolderHopsPerDb * (loud_db - kHolderDb), kHolderLeastHops);
  return static_cast<float>(entry.holder_clear) >= least_hops;
}

bool OverlapDetector::has_yielded(const Entry& entry, std::int64_t index) noexcept {
  return index - entry.holder_clear_last >= kYieldHops;
}

bool OverlapDetector::wants_floor(const Entry& entry, std::int64_t index,
                                  const Voice& incomer) noexcept {
  const float speech_s = hops_to_s(entry.incomer_clear);
  const float pauses_s = hops_to_s(index - entry.start + 1) - speech_s;
  const float loud_db =
      loudness_db(entry.incomer_power, entry.incomer_clear, incomer.usual_level_dbfs);
  const float yielded_s = has_yielded(entry, index) ? kYieldedS : 0.0F;
  return speech_s - kPauseCost * pauses_s >= kCompetingS - yielded_s - kCompetingSPerDb * loud_db;
}

bool OverlapDetector::is_interruption(const Entry& entry, std::int64_t index, const Voice& incomer,
                                      const Voice& holder) noexcept {
  return entry.holder_had_floor && !entry.together && index - entry.start < kLatestHops &&
         holder_goes_on(entry, holder) && wants_floor(entry, index, incomer);
}

float OverlapDetector::confidence(const Entry& entry, std::int64_t index,
                                  const Voice& incomer) noexcept {
  const float loud_db =
      loudness_db(entry.incomer_power, entry.incomer_clear, incomer.usual_level_dbfs);
  const float contested_s = std::min(hops_to_s(entry.holder_clear), kMostContestedS);
  const float log_odds = kLogOddsPerLoudDb * loud_db + kLogOddsPerContestedS * contested_s +
                         (has_yielded(entry, index) ? kLogOddsYielded : 0.0F);
  return 1.0F / (1.0F + std::exp(-log_odds));
}

void OverlapDetector::raise(Party incomer, std::int64_t index, const Voice& voice) noexcept {
  Entry& entry = *entries_[incomer];
  entry.raised = true;
  raised_[incomer] = Interruption{.starter = incomer,
                                  .start_ms = hops_to_ms(entry.start),
                                  .confidence = confidence(entry, index, voice),
                                  .overlap_s = hops_to_s(entry.both_active),
                                  .holder_turn_s = hops_to_s(entry.holder_turn),
                                  .incomer_speech_s = hops_to_s(entry.incomer_clear)};
}

OverlapKind OverlapDetector::kind(const Entry& entry) noexcept {
  const bool holder_stopped = entry.holder_last < entry.incomer_last;
  if (entry.raised) return holder_stopped ? OverlapKind::interruption : OverlapKind::attempt;
  if (entry.together) return OverlapKind::simultaneous_start;
  if (holder_stopped != entry.resumes) return OverlapKind::terminal_overlap;
  const int speech = entry.resumes ? entry.both_active : entry.incomer_clear;
  return speech < kAttemptHops ? OverlapKind::backchannel : OverlapKind::attempt;
}

void OverlapDetector::close(Party incomer) noexcept {
  const Entry& entry = *entries_[incomer];
  const Party starter = entry.resumes ? other(incomer) : incomer;
  const std::int64_t end = entry.both_active > 0 ? entry.both_last + 1 : entry.both_first;
  ended_[starter] = Overlap{starter, kind(entry), hops_to_ms(entry.both_first), hops_to_ms(end)};
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

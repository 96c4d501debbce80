#include "tonecue/turns/overlap_detector.h"

#include <algorithm>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// Who has come in: the other party spoke a moment ago, and goes on.
constexpr int kHolderNearHops = 600 / kHopMs;
constexpr int kHolderSpeechHops = 500 / kHopMs;
constexpr int kResumeHops = 500 / kHopMs;  // A longer silence is a change of turn.

// Nobody can have heard the other's start and answered it sooner.
constexpr int kReactionHops = 200 / kHopMs;

// When it is an interruption. The values were searched on composed calls and stand in the middle of
// a wide flat top; recipes for the same data find 0.75 and 0.35 s.
constexpr float kCompetingS = 0.80F;
constexpr float kCompetingSPerDb = 0.02F;
constexpr float kSoftestDb = -10.0F;
constexpr float kLoudestDb = 4.0F;
constexpr float kPauseCost = 0.5F;
constexpr int kLeastSpeechHops = 500 / kHopMs;
constexpr int kHolderHops = 350 / kHopMs;  // 9 of 10 turn ends that overlap are shorter.
constexpr int kIncomerPresentHops = 200 / kHopMs;
constexpr int kLatestHops = 1200 / kHopMs;  // Later it no longer helps to be told.

// Backchannels end before: 1 s lies beyond the longest of 220 real ones.
constexpr int kAttemptHops = 1000 / kHopMs;

float seconds(std::int64_t hops) noexcept { return static_cast<float>(ms_to_s(hops_to_ms(hops))); }

/// The incomer's level against their usual one, dB.
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
    if (!entry->raised && is_interruption(*entry, index, voices[incomer].usual_level_dbfs)) {
      raise(incomer, voices[incomer].usual_level_dbfs);
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
  entry.start = index;
  entry.holder_start = segments[holder].start();
  entry.holder_last = voice.last_active;
  entry.incomer_last = index;
  entry.holder_had_floor =
      floor.holds_uncontested(holder) && voice.turn_active >= kHolderSpeechHops;
  entry.together = index - segments[holder].start() <= kReactionHops;
  entry.resumes = turn && turn->party == incomer;
  entry.holder_turn = turn && turn->party == holder ? index - turn->start : voice.turn_active;
  return entry;
}

void OverlapDetector::follow(Entry& entry, std::int64_t index, const Voice& incomer,
                             const Voice& holder) noexcept {
  if (incomer.active) {
    ++entry.incomer_active;
    entry.incomer_power += db_to_power(incomer.level_dbfs);
    entry.incomer_last = index;
  }
  if (holder.active) {
    if (index - entry.holder_last > kSegmentPauseHops) entry.holder_start = index;
    ++entry.holder_active;
    entry.holder_last = index;
  }
  if (incomer.active && holder.active) ++entry.both_active;
}

bool OverlapDetector::is_interruption(const Entry& entry, std::int64_t index,
                                      const std::optional<float>& usual_level_dbfs) noexcept {
  const std::int64_t length = index - entry.start + 1;
  if (!entry.holder_had_floor || entry.together || length > kLatestHops ||
      entry.incomer_active < kLeastSpeechHops || entry.holder_active < kHolderHops ||
      index - entry.incomer_last > kIncomerPresentHops) {
    return false;
  }
  const float speech_s = seconds(entry.incomer_active);
  const float pauses_s = seconds(length) - speech_s;
  const float loud_db = loudness_db(entry.incomer_power, entry.incomer_active, usual_level_dbfs);
  return speech_s - kPauseCost * pauses_s >= kCompetingS - kCompetingSPerDb * loud_db;
}

void OverlapDetector::raise(Party incomer, const std::optional<float>& usual_level_dbfs) noexcept {
  Entry& entry = *entries_[incomer];
  entry.raised = true;
  const float loud_db = loudness_db(entry.incomer_power, entry.incomer_active, usual_level_dbfs);
  const float loud = (loud_db - kSoftestDb) / (kLoudestDb - kSoftestDb);
  const float contested = seconds(entry.holder_active) / kCompetingS;
  raised_[incomer] =
      Interruption{.starter = incomer,
                   .start_ms = hops_to_ms(entry.start),
                   .confidence = std::min(0.5F + 0.25F * loud + 0.25F * contested, 1.0F),
                   .overlap_s = seconds(entry.both_active),
                   .holder_turn_s = seconds(entry.holder_turn),
                   .incomer_speech_s = seconds(entry.incomer_active)};
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

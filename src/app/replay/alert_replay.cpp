#include "alert_replay.h"

#include <algorithm>
#include <tuple>

#include "tonecue/core/hop.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {
namespace {

constexpr std::int64_t kLatencyMs = std::int64_t{kFrameLatencyHops} * kHopMs;

/// Whether the agent speaks, asked from hop to hop.
class AgentSpeech {
 public:
  explicit AgentSpeech(const std::vector<SpeechSegment>& segments) : segments_(segments) {}

  bool at(std::int64_t time_ms) {
    while (next_ < segments_.size() && segments_[next_].end_ms <= time_ms) ++next_;
    return next_ < segments_.size() && segments_[next_].start_ms <= time_ms;
  }

 private:
  const std::vector<SpeechSegment>& segments_;
  std::size_t next_ = 0;
};

/// The cues of a call, hop by hop.
class CueFeed {
 public:
  explicit CueFeed(const std::vector<Cue>& cues) : cues_(cues), by_end_(cues) {
    // What ends a cue is heard after it, never before it was raised.
    for (Cue& cue : by_end_) {
      cue.end_ms = std::max(cue.end_ms + kLatencyMs, cue.raised_at_ms) + kHopMs;
    }
    std::ranges::stable_sort(by_end_, {}, &Cue::end_ms);
  }

  void take(std::int64_t now_ms, CueChanges& changes) {
    for (; next_end_ < by_end_.size() && by_end_[next_end_].end_ms <= now_ms; ++next_end_) {
      if (changes.size() == CueChanges::kCapacity) return;
      changes.add(CuePhase::ended, by_end_[next_end_]);
    }
    for (; next_ < cues_.size() && cues_[next_].raised_at_ms <= now_ms; ++next_) {
      if (changes.size() == CueChanges::kCapacity) return;
      changes.add(CuePhase::raised, cues_[next_]);
    }
  }

 private:
  const std::vector<Cue>& cues_;
  std::vector<Cue> by_end_;
  std::size_t next_ = 0;
  std::size_t next_end_ = 0;
};

bool is_known(const std::optional<std::int64_t>& ready_at_ms, std::int64_t now_ms) {
  return ready_at_ms && *ready_at_ms <= now_ms;
}

}  // namespace

std::vector<AlertRecord> replay_call(const StoredCall& call, AlertPolicy policy) {
  std::vector<AlertRecord> records;
  AgentSpeech speech(call.agent_speech);
  CueFeed cues(call.cues);
  CueChanges changes;
  std::int64_t now_ms = 0;
  for (std::int64_t frame_ms = 0; frame_ms <= call.duration_ms; frame_ms += kHopMs) {
    now_ms = frame_ms + kLatencyMs + kHopMs;
    changes.clear();
    cues.take(now_ms, changes);
    const AlertHop hop{.changes = changes,
                       .agent_active = speech.at(frame_ms),
                       .usual_known = {is_known(call.usual_ready_at_ms.agent, now_ms),
                                       is_known(call.usual_ready_at_ms.customer, now_ms)},
                       .now_ms = now_ms};
    for (const Alert& alert : policy.process(hop)) records.push_back(record_of(alert));
  }
  for (const Alert& alert : policy.finish(now_ms)) records.push_back(record_of(alert));
  return records;
}

std::vector<ComparedAlert> compare_alerts(const std::vector<AlertRecord>& given,
                                          const std::vector<AlertRecord>& other) {
  std::vector<ComparedAlert> compared;
  compared.reserve(given.size() + other.size());
  const auto key = [](const auto& alert) {
    return std::tuple(alert.raised_at_ms, alert.party, alert.cue, alert.escalation);
  };
  for (const AlertRecord& alert : given) {
    compared.push_back(
        {alert.cue, alert.party, alert.raised_at_ms, alert.escalation, alert, std::nullopt});
  }
  std::ranges::stable_sort(compared, {}, key);
  const std::size_t known = compared.size();
  for (const AlertRecord& alert : other) {
    const auto end = compared.begin() + static_cast<std::ptrdiff_t>(known);
    const auto place = std::lower_bound(compared.begin(), end, key(alert),
                                        [&](const ComparedAlert& candidate, const auto& wanted) {
                                          return key(candidate) < wanted;
                                        });
    if (place != end && key(*place) == key(alert) && !place->other) {
      place->other = alert;
    } else {
      compared.push_back(
          {alert.cue, alert.party, alert.raised_at_ms, alert.escalation, std::nullopt, alert});
    }
  }
  std::ranges::stable_sort(compared, {}, key);
  return compared;
}

bool is_told(const std::optional<AlertRecord>& alert) noexcept {
  return alert && alert->delivery == Delivery::delivered;
}

void AlertCounts::add(const ComparedAlert& alert) noexcept {
  given += is_told(alert.given) ? 1 : 0;
  other += is_told(alert.other) ? 1 : 0;
  both += is_told(alert.given) && is_told(alert.other) ? 1 : 0;
}

AlertCounts& AlertCounts::operator+=(const AlertCounts& more) noexcept {
  given += more.given;
  other += more.other;
  both += more.both;
  hours += more.hours;
  return *this;
}

}  // namespace tonecue

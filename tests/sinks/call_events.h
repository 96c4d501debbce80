/// @file
/// Events of a made-up call.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "tonecue/cues/cue_change.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/sinks/complaint.h"

namespace tonecue::test {

inline Cue interruption(std::int64_t raised_at_ms) {
  Cue cue;
  cue.kind = CueKind::interruption;
  cue.party = Party::agent;
  cue.start_ms = raised_at_ms - 900;
  cue.end_ms = raised_at_ms + 600;
  cue.raised_at_ms = raised_at_ms;
  cue.confidence = 0.7F;
  cue.evidence.add("overlap_s", 0.9F);
  cue.evidence.add("holder_turn_s", 4.8F);
  return cue;
}

inline Cue distress(std::int64_t raised_at_ms) {
  Cue cue;
  cue.kind = CueKind::distress;
  cue.party = Party::customer;
  cue.start_ms = raised_at_ms - 4'000;
  cue.end_ms = raised_at_ms + 20'000;
  cue.raised_at_ms = raised_at_ms;
  cue.confidence = 0.8F;
  cue.evidence.add("probability", 0.81F);
  return cue;
}

inline Alert alert_of(const Cue& cue, int id, std::string_view text) {
  Alert alert;
  alert.at_ms = cue.raised_at_ms;
  alert.cue = cue;
  alert.text = text;
  alert.id = id;
  alert.critical = true;
  return alert;
}

/// As a session tells it: the cue, then the alert about it.
inline void raise(CallListener& listener, const Cue& cue, int id, std::string_view text) {
  listener.on_cue({CuePhase::raised, cue});
  listener.on_alert(alert_of(cue, id, text));
}

inline void end(CallListener& listener, const Cue& cue) { listener.on_cue({CuePhase::ended, cue}); }

/// What a sink complained of, from any thread.
class Complaints {
 public:
  Complaint taker() {
    return [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(line);
    };
  }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  bool contain(std::string_view part) const {
    for (const std::string& line : lines()) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace tonecue::test

/// @file
/// An agent's desk for tests of what they are told.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "tonecue/alerts/alert_policy.h"
#include "tonecue/core/hop.h"

namespace tonecue::test {

/// Time passes, cues come and go, the agent speaks or not.
class Desk {
 public:
  explicit Desk(const AlertConfig& config = {}, Wording wording = Wording::defaults(),
                const AlertHistory& history = {})
      : policy_(*AlertPolicy::create(config, std::move(wording), history)) {}

  Desk& wait(double seconds, bool agent_active = false) {
    for (int i = 0; i < static_cast<int>(seconds * kHopsPerSecond); ++i) step({}, agent_active);
    return *this;
  }

  Desk& raise(CueKind kind, Party party, bool agent_active = false) {
    const Cue cue{.kind = kind,
                  .party = party,
                  .start_ms = now_ms_,
                  .end_ms = now_ms_,
                  .raised_at_ms = now_ms_,
                  .confidence = 1.0F,
                  .evidence = {}};
    open_.push_back(cue);
    CueChanges changes;
    changes.add(CuePhase::raised, cue);
    step(changes, agent_active);
    return *this;
  }

  /// The newest of this kind and party is over.
  Desk& end(CueKind kind, Party party, bool agent_active = false) {
    const auto newest = std::find_if(open_.rbegin(), open_.rend(), [&](const Cue& cue) {
      return cue.kind == kind && cue.party == party;
    });
    CueChanges changes;
    newest->end_ms = now_ms_;
    changes.add(CuePhase::ended, *newest);
    open_.erase(std::next(newest).base());
    step(changes, agent_active);
    return *this;
  }

  Desk& usual_known(bool agent, bool customer) {
    usual_known_ = {agent, customer};
    return *this;
  }

  Desk& answer(Answer said, int alert_id, int snooze_min = 0) {
    policy_.answer(
        {.alert_id = alert_id, .answer = said, .snooze_min = snooze_min, .at_ms = now_ms_});
    return *this;
  }

  Desk& hang_up() {
    for (const Alert& alert : policy_.finish(now_ms_)) alerts_.push_back(alert);
    return *this;
  }

  AlertPolicy& policy() { return policy_; }
  std::int64_t now_ms() const { return now_ms_; }
  const std::vector<Alert>& alerts() const { return alerts_; }
  std::vector<Alert> shown() const {
    std::vector<Alert> shown;
    std::ranges::copy_if(alerts_, std::back_inserter(shown),
                         [](const Alert& alert) { return alert.delivery == Delivery::delivered; });
    return shown;
  }

 private:
  void step(const CueChanges& changes, bool agent_active) {
    now_ms_ += kHopMs;
    for (const Alert& alert : policy_.process({.changes = changes,
                              .agent_active = agent_active,
                              .usual_known = usual_known_,
                              .now_ms = now_ms_})) {
      alerts_.push_back(alert);
    }
  }

  AlertPolicy policy_;
  PerParty<bool> usual_known_{true, true};
  std::int64_t now_ms_ = 0;
  std::vector<Cue> open_;
  std::vector<Alert> alerts_;
};

}  // namespace tonecue::test

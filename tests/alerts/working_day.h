/// @file
/// A day of made calls, for what must hold whatever happens in them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "tonecue/alerts/alert_policy.h"
#include "tonecue/core/hop.h"

namespace tonecue::test {

/// How much goes on.
struct DayPlan {
  double conduct_per_hour = 10.0;  ///< Of each kind and party.
  double distress_per_hour = 4.0;
  double mean_cue_s = 15.0;
  double snoozes_per_hour = 0.5;
};

/// One cue that came up in the day, and what became of it.
struct Happening {
  Cue cue;                                 ///< Times from the start of the day.
  std::optional<std::int64_t> over_at_ms;  ///< When the policy heard of its end.
  std::vector<Alert> outcomes;             ///< Times from the start of the day.
  std::vector<std::int64_t>
      agent_quiet_ms;  ///< Of each outcome: how long the agent had not spoken.
  std::vector<std::int64_t> snoozed_until_ms;  ///< Of each outcome: when the agent wanted quiet.
  std::vector<std::int64_t> quiet_until_ms;    ///< Of each outcome: until when a usual was awaited.
  bool called_wrong = false;
  std::int64_t call_end_ms = 0;
};

/// Plays calls through policies that hand their history on, as one agent has them in a day.
class WorkingDay {
 public:
  WorkingDay(std::uint32_t seed, const DayPlan& plan, const AlertConfig& config)
      : random_(seed), plan_(plan), config_(config) {}

  const std::vector<Happening>& run(std::int64_t day_ms) {
    AlertHistory history;
    while (now_ms_ < day_ms) {
      call_start_ms_ = now_ms_;
      auto policy = *AlertPolicy::create(config_, Wording::defaults(), history);
      play_call(policy, now_ms_ + round_to_hop(uniform(30.0, 900.0)));
      const std::int64_t next_ms = now_ms_ + round_to_hop(uniform(0.0, 120.0));
      history = policy.history().begun_later(next_ms - call_start_ms_);
      now_ms_ = next_ms;
    }
    return happenings_;
  }

  int unknown() const { return unknown_; }  ///< Alerts about nothing that happened.

 private:
  struct Source {
    CueKind kind = CueKind::interruption;
    Party party = Party::agent;
    std::int64_t next_ms = 0;           // It comes up, or ends, then.
    std::optional<std::size_t> open{};  // Which happening holds.
  };

  void play_call(AlertPolicy& policy, std::int64_t end_ms) {
    std::vector<Source> sources = make_sources();
    const std::size_t first = happenings_.size();
    agent_active_ = false;
    agent_spoke_ms_ = now_ms_;
    speech_turns_ms_ = now_ms_;
    const PerParty<std::int64_t> usual_ms{now_ms_ + round_to_hop(uniform(20.0, 120.0)),
                                          now_ms_ + round_to_hop(uniform(20.0, 120.0))};
    const std::int64_t patience_ms = now_ms_ + std::int64_t{1000} * config_.quiet_start_s;
    quiet_until_ms_ = {std::min(usual_ms.agent, patience_ms),
                       std::min(usual_ms.customer, patience_ms)};
    CueChanges changes;  // Large: to make one per hop would take longer than the policy.
    std::int64_t next_snooze_ms = now_ms_ + pause_before(plan_.snoozes_per_hour);
    for (; now_ms_ < end_ms; now_ms_ += kHopMs) {
      speak();
      changes.clear();
      for (Source& source : sources) {
        if (now_ms_ < source.next_ms) continue;
        turn(source, changes);
        if (source.open) bring_along(source, sources);
      }
      const AlertHop hop{.changes = changes,
                         .agent_active = agent_active_,
                         .usual_known = {now_ms_ >= usual_ms.agent, now_ms_ >= usual_ms.customer},
                         .now_ms = now_ms_ - call_start_ms_};
      for (const Alert& alert : policy.process(hop)) note(alert);
      answer_all(policy);
      if (now_ms_ >= next_snooze_ms) {
        snooze(policy);
        next_snooze_ms = now_ms_ + pause_before(plan_.snoozes_per_hour);
      }
    }
    for (const Alert& alert : policy.finish(now_ms_ - call_start_ms_)) note(alert);
    unanswered_.clear();
    for (std::size_t i = first; i < happenings_.size(); ++i) happenings_[i].call_end_ms = now_ms_;
  }

  std::vector<Source> make_sources() {
    std::vector<Source> sources;
    for (int kind = 0; kind < kCueKinds; ++kind) {
      for (const Party party : kParties) {
        const auto cue = static_cast<CueKind>(kind);
        if (Wording::defaults().sentences(cue, party).empty()) continue;
        sources.push_back({cue, party, now_ms_ + pause_before(rate_of(cue))});
      }
    }
    return sources;
  }

  double rate_of(CueKind kind) const {
    return kind == CueKind::distress ? plan_.distress_per_hour : plan_.conduct_per_hour;
  }

  std::int64_t pause_before(double per_hour) {
    return round_to_hop(exponential(3600.0 / per_hour));
  }

  void turn(Source& source, CueChanges& changes) {
    if (source.open) {
      Happening& happening = happenings_[*source.open];
      happening.over_at_ms = now_ms_;
      changes.add(CuePhase::ended, in_call(happening.cue));
      source.open.reset();
      source.next_ms = now_ms_ + pause_before(rate_of(source.kind));
      return;
    }
    Happening happening;
    happening.cue = {.kind = source.kind,
                     .party = source.party,
                     .start_ms = now_ms_,
                     .end_ms = now_ms_,
                     .raised_at_ms = now_ms_,
                     .confidence = 1.0F,
                     .evidence = {}};
    changes.add(CuePhase::raised, in_call(happening.cue));
    source.open = happenings_.size();
    happenings_.push_back(happening);
    source.next_ms = now_ms_ + kHopMs + round_to_hop(exponential(plan_.mean_cue_s));
  }

  /// A voice that rises is often heard by several rules within a second.
  void bring_along(const Source& raised, std::vector<Source>& sources) {
    for (Source& source : sources) {
      const bool alike = source.party == raised.party && source.kind != raised.kind &&
                         voice_rank(source.kind) > 0 && voice_rank(raised.kind) > 0;
      if (!alike || source.open || uniform(0.0, 1.0) > 0.4) continue;
      source.next_ms = std::min(source.next_ms, now_ms_ + kHopMs + round_to_hop(uniform(0.0, 1.5)));
    }
  }

  Cue in_call(Cue cue) const {
    cue.start_ms -= call_start_ms_;
    cue.end_ms -= call_start_ms_;
    cue.raised_at_ms -= call_start_ms_;
    return cue;
  }

  /// Turns of speech with breaths in them.
  void speak() {
    if (now_ms_ >= speech_turns_ms_) {
      agent_active_ = !agent_active_;
      speech_turns_ms_ = now_ms_ + kHopMs + round_to_hop(exponential(agent_active_ ? 3.0 : 1.5));
    }
    if (agent_active_) agent_spoke_ms_ = now_ms_;
  }

  void note(const Alert& alert) {
    const std::int64_t raised_ms = alert.cue.raised_at_ms + call_start_ms_;
    for (std::size_t latest = happenings_.size(); latest-- > 0;) {
      Happening& happening = happenings_[latest];
      const Cue& cue = happening.cue;
      if (cue.kind != alert.cue.kind || cue.party != alert.cue.party) continue;
      if (cue.raised_at_ms != raised_ms) continue;
      happening.outcomes.push_back(alert);
      happening.outcomes.back().at_ms += call_start_ms_;
      happening.agent_quiet_ms.push_back(now_ms_ - agent_spoke_ms_);
      happening.snoozed_until_ms.push_back(snoozed_until_ms_);
      happening.quiet_until_ms.push_back(quiet_until_ms_[cue.party]);
      if (alert.delivery == Delivery::delivered) unanswered_.emplace_back(alert.id, &happening);
      return;
    }
    ++unknown_;
  }

  void answer_all(AlertPolicy& policy) {
    for (const auto& [id, happening] : unanswered_) answer(id, *happening, policy);
    unanswered_.clear();
  }

  void answer(int id, Happening& happening, AlertPolicy& policy) {
    const double mood = uniform(0.0, 1.0);
    const std::int64_t at_ms = now_ms_ - call_start_ms_;
    if (mood < 0.1) {
      policy.answer({.alert_id = id, .answer = Answer::wrong, .at_ms = at_ms});
      happening.called_wrong = true;
    } else if (mood < 0.3) {
      policy.answer({.alert_id = id, .answer = Answer::not_now, .snooze_min = 2, .at_ms = at_ms});
      snoozed_until_ms_ = now_ms_ + 120'000;
    }
  }

  void snooze(AlertPolicy& policy) {
    const std::int64_t until_ms = now_ms_ + round_to_hop(uniform(30.0, 600.0));
    policy.snooze(until_ms - call_start_ms_);
    snoozed_until_ms_ = until_ms;
  }

  static std::int64_t round_to_hop(double seconds) {
    return static_cast<std::int64_t>(seconds * kHopsPerSecond) * kHopMs;
  }
  double uniform(double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random_);
  }
  double exponential(double mean) {
    return std::exponential_distribution<double>(1.0 / mean)(random_);
  }

  std::mt19937 random_;
  DayPlan plan_;
  AlertConfig config_;
  std::int64_t now_ms_ = 0;
  std::int64_t call_start_ms_ = 0;
  bool agent_active_ = false;
  std::int64_t agent_spoke_ms_ = 0;
  std::int64_t speech_turns_ms_ = 0;
  std::int64_t snoozed_until_ms_ = 0;
  PerParty<std::int64_t> quiet_until_ms_{};
  std::vector<Happening> happenings_;
  std::vector<std::pair<int, Happening*>> unanswered_;  // Of this hop.
  int unknown_ = 0;
};

}  // namespace tonecue::test

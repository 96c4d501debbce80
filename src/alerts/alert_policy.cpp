#include "tonecue/alerts/alert_policy.h"

#include <algorithm>
#include <utility>

#include "tonecue/core/hop.h"
#include "tonecue/core/range.h"

namespace tonecue {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

// A breath between two phrases is no pause that one can read a card in.
constexpr std::int64_t kAgentPauseMs = 300;

// Distress is what the agent most needs to know: part of the budget is kept for it.
bool has_reserve(const Cue& cue) { return cue.kind == CueKind::distress; }

// A customer in distress does not wait for the agent to pause, and who cuts in can still stop.
bool can_wait(const Cue& cue) {
  return cue.kind != CueKind::distress && cue.kind != CueKind::interruption;
}

}  // namespace

std::string_view name(Answer answer) noexcept {
  switch (answer) {
    case Answer::helpful:
      return "helpful";
    case Answer::not_now:
      return "not_now";
    case Answer::wrong:
      return "wrong";
  }
  return "";
}

std::string_view name(Delivery delivery) noexcept {
  switch (delivery) {
    case Delivery::delivered:
      return "delivered";
    case Delivery::cooling_down:
      return "cooling_down";
    case Delivery::over_budget:
      return "over_budget";
    case Delivery::outdated:
      return "outdated";
  }
  return "";
}

Result<AlertPolicy> AlertPolicy::create(const AlertConfig& config, Wording wording) {
  for (const auto& ok : {expect_in_range(config.budget_per_hour, 1, 60, "alerts.budget_per_hour"),
                         expect_in_range(config.distress_reserve, 0, config.budget_per_hour,
                                         "alerts.distress_reserve"),
                         expect_in_range(config.cool_down_s, 0, 3600, "alerts.cool_down_s"),
                         expect_in_range(config.longest_hold_s, 0, 60, "alerts.longest_hold_s")}) {
    if (!ok) return tl::unexpected(ok.error());
  }
  return AlertPolicy(config, std::move(wording));
}

AlertPolicy::AlertPolicy(const AlertConfig& config, Wording wording)
    : config_(config),
      wording_(std::move(wording)),
      delivered_ms_(static_cast<std::size_t>(config.budget_per_hour), -kHourMs) {}

std::span<const Alert> AlertPolicy::process(const CueChanges& changes, bool agent_active,
                                            std::int64_t now_ms) noexcept {
  alert_count_ = 0;
  if (agent_active) agent_silent_since_ms_ = now_ms;
  for (const CueChange& change : changes) {
    if (change.phase == CuePhase::raised) take(change.cue, now_ms);
  }
  release_held(now_ms);
  return {alerts_.data(), alert_count_};
}

void AlertPolicy::take(const Cue& cue, std::int64_t now_ms) noexcept {
  if (wording_.sentences(cue.kind, cue.party).empty()) return;
  if (!can_wait(cue)) {
    decide(cue, now_ms);
  } else if (held_count_ < held_.size()) {
    held_[held_count_++] = cue;
  } else {
    tell(cue, Delivery::outdated, now_ms);
  }
}

void AlertPolicy::release_held(std::int64_t now_ms) noexcept {
  const bool paused = now_ms - agent_silent_since_ms_ >= kAgentPauseMs;
  const std::int64_t longest_hold_ms = std::int64_t{1000} * config_.longest_hold_s;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < held_count_; ++i) {
    const Cue cue = held_[i];
    if (paused) {
      decide(cue, now_ms);
    } else if (now_ms - cue.raised_at_ms > longest_hold_ms) {
      tell(cue, Delivery::outdated, now_ms);
    } else {
      held_[kept++] = cue;
    }
  }
  held_count_ = kept;
}

void AlertPolicy::decide(const Cue& cue, std::int64_t now_ms) noexcept {
  if (cooling_down(cue, now_ms)) {
    tell(cue, Delivery::cooling_down, now_ms);
  } else if (!within_budget(cue, now_ms)) {
    tell(cue, Delivery::over_budget, now_ms);
  } else {
    tell(cue, Delivery::delivered, now_ms);
    last_ms_[cue.party][static_cast<std::size_t>(cue.kind)] = now_ms;
    delivered_ms_[oldest_delivered_] = now_ms;
    oldest_delivered_ = (oldest_delivered_ + 1) % delivered_ms_.size();
  }
}

void AlertPolicy::tell(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept {
  if (alert_count_ == alerts_.size()) return;
  const auto& sentences = wording_.sentences(cue.kind, cue.party);
  std::size_t& next = next_sentence_[cue.party][static_cast<std::size_t>(cue.kind)];
  const std::string_view text = sentences[next % sentences.size()];
  if (delivery == Delivery::delivered) ++next;
  alerts_[alert_count_++] = {.at_ms = now_ms,
                             .cue = cue,
                             .text = text,
                             .delivery = delivery,
                             .id = delivery == Delivery::delivered ? ++delivered_ : 0,
                             .critical = !can_wait(cue)};
}

bool AlertPolicy::cooling_down(const Cue& cue, std::int64_t now_ms) const noexcept {
  const auto& last = last_ms_[cue.party][static_cast<std::size_t>(cue.kind)];
  return last && now_ms - *last < std::int64_t{1000} * config_.cool_down_s;
}

bool AlertPolicy::within_budget(const Cue& cue, std::int64_t now_ms) const noexcept {
  const auto spent = std::count_if(delivered_ms_.begin(), delivered_ms_.end(),
                                   [&](std::int64_t at_ms) { return now_ms - at_ms < kHourMs; });
  const int budget = config_.budget_per_hour - (has_reserve(cue) ? 0 : config_.distress_reserve);
  return spent < budget;
}

}  // namespace tonecue

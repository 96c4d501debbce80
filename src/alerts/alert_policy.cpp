#include "tonecue/alerts/alert_policy.h"

#include <algorithm>
#include <utility>

namespace tonecue {
namespace {

// A breath between two phrases is no pause that one can read a card in.
constexpr std::int64_t kAgentPauseMs = 300;

constexpr std::int64_t ms(int seconds) { return std::int64_t{1000} * seconds; }

bool is_distress(const Cue& cue) { return cue.kind == CueKind::distress; }

// Distress does not wait for the agent to pause, and an agent who cuts in can still stop.
bool is_critical(const Cue& cue) {
  return is_distress(cue) || (cue.kind == CueKind::interruption && cue.party == Party::agent);
}

// These tell of what happened, so that their end makes them no less true.
bool is_moment(const Cue& cue) {
  return cue.kind == CueKind::interruption || cue.kind == CueKind::recovered;
}

bool is_same(const Cue& a, const Cue& b) {
  return a.kind == b.kind && a.party == b.party && a.raised_at_ms == b.raised_at_ms &&
         a.start_ms == b.start_ms;
}

}  // namespace

Result<AlertPolicy> AlertPolicy::create(const AlertConfig& config, Wording wording,
                                        const AlertHistory& history) {
  if (const auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  return AlertPolicy(config, std::move(wording), history);
}

AlertPolicy::AlertPolicy(const AlertConfig& config, Wording wording, const AlertHistory& history)
    : config_(config), wording_(std::move(wording)), history_(history) {}

std::span<const Alert> AlertPolicy::process(const AlertHop& hop) noexcept {
  alert_count_ = 0;
  if (hop.agent_active) agent_silent_since_ms_ = hop.now_ms;
  for (const CueChange& change : hop.changes) {
    if (change.phase == CuePhase::raised) {
      take(change.cue, hop.now_ms);
    } else {
      end(change.cue, hop.now_ms);
    }
  }
  release_held(hop);
  escalate(hop.now_ms);
  return {alerts_.data(), alert_count_};
}

std::span<const Alert> AlertPolicy::finish(std::int64_t now_ms) noexcept {
  alert_count_ = 0;
  for (std::size_t i = 0; i < held_count_; ++i) {
    tell(held_[i].cue, held_[i].why.value_or(Delivery::outdated), now_ms);
  }
  held_count_ = 0;
  while (told_count_ > 0) end(Cue{told_[0].cue}, now_ms);
  return {alerts_.data(), alert_count_};
}

void AlertPolicy::answer(const AlertAnswer& answer) noexcept {
  if (answer.answer == Answer::not_now && answer.snooze_min > 0) {
    snooze(answer.at_ms + ms(60) * answer.snooze_min);
  }
  if (answer.answer != Answer::wrong) return;
  for (std::size_t i = 0; i < told_count_; ++i) {
    if (told_[i].id == answer.alert_id) return forget_told(i);
  }
}

void AlertPolicy::take(const Cue& cue, std::int64_t now_ms) noexcept {
  if (wording_.sentences(cue.kind, cue.party).empty()) return;
  open_.raise(cue);
  if (held_count_ == held_.size()) return tell(cue, Delivery::outdated, now_ms);
  held_[held_count_++] = {.cue = cue, .free_since_ms = now_ms};
}

void AlertPolicy::end(const Cue& cue, std::int64_t now_ms) noexcept {
  open_.end(cue);
  for (std::size_t i = 0; i < held_count_; ++i) {
    if (is_same(held_[i].cue, cue)) held_[i].over = true;
  }
  for (std::size_t i = 0; i < told_count_; ++i) {
    if (!is_same(told_[i].cue, cue)) continue;
    if (is_due(told_[i], now_ms) && snoozed(now_ms)) tell_again(cue, Delivery::snoozed, now_ms);
    return forget_told(i);
  }
}

void AlertPolicy::release_held(const AlertHop& hop) noexcept {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < held_count_; ++i) {
    if (const auto delivery = judge(held_[i], hop)) {
      tell(held_[i].cue, *delivery, hop.now_ms);
    } else {
      if (kept != i) held_[kept] = held_[i];
      ++kept;
    }
  }
  held_count_ = kept;
}

// What becomes of it at this hop; nothing: it waits on.
std::optional<Delivery> AlertPolicy::judge(Held& held, const AlertHop& hop) const noexcept {
  const Cue& cue = held.cue;
  if (const auto why = kept_back(cue, hop)) {
    const bool may_come_later = is_distress(cue) || *why == Delivery::quiet_start;
    if (held.over || !may_come_later) return why;
    held.why = why;
    held.free_since_ms = hop.now_ms;
    return std::nullopt;
  }
  if (held.over && held.why) return held.why;
  if (held.over && !is_moment(cue) && !is_critical(cue)) return Delivery::outdated;
  if (open_.outrank(cue, hop.now_ms)) return Delivery::superseded;
  if (may_be_outranked(cue, hop.now_ms)) return std::nullopt;
  if (!is_critical(cue) && hop.now_ms - agent_silent_since_ms_ < kAgentPauseMs) {
    const bool too_old = hop.now_ms - held.free_since_ms > ms(config_.longest_hold_s);
    return too_old ? std::optional(Delivery::outdated) : std::nullopt;
  }
  if (cooling_down(cue, hop.now_ms)) return Delivery::cooling_down;
  if (!within_budget(cue, hop.now_ms)) return Delivery::over_budget;
  return Delivery::delivered;
}

// What it has to wait for, other than the agent's pause. Only distress is worth telling when a
// cool-down ends; of anything else a cool-down is asked for when it would be told.
std::optional<Delivery> AlertPolicy::kept_back(const Cue& cue, const AlertHop& hop) const noexcept {
  if (snoozed(hop.now_ms)) return Delivery::snoozed;
  if (!hop.usual_known[cue.party] && hop.now_ms < ms(config_.quiet_start_s)) {
    return Delivery::quiet_start;
  }
  if (is_distress(cue) && cooling_down(cue, hop.now_ms)) return Delivery::cooling_down;
  return std::nullopt;
}

// A distress is told once more when it stays; at most once, so that it helps and does not press.
void AlertPolicy::escalate(std::int64_t now_ms) noexcept {
  if (snoozed(now_ms)) return;
  for (std::size_t i = 0; i < told_count_;) {
    if (!is_due(told_[i], now_ms)) {
      ++i;
      continue;
    }
    const Cue cue = told_[i].cue;
    forget_told(i);
    tell_again(cue, within_budget(cue, now_ms) ? Delivery::delivered : Delivery::over_budget,
               now_ms);
  }
}

void AlertPolicy::tell(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept {
  const auto& sentences = wording_.sentences(cue.kind, cue.party);
  std::size_t& next = history_.sentences_told[cue.party][static_cast<std::size_t>(cue.kind)];
  const std::string_view text = sentences[next % sentences.size()];
  if (delivery == Delivery::delivered) ++next;
  add({.at_ms = now_ms,
       .cue = cue,
       .text = text,
       .delivery = delivery,
       .critical = is_critical(cue)});
}

void AlertPolicy::tell_again(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept {
  const auto& sentences = wording_.distress_stays();
  const std::string_view text = sentences[history_.second_words_told % sentences.size()];
  if (delivery == Delivery::delivered) ++history_.second_words_told;
  add({.at_ms = now_ms,
       .cue = cue,
       .text = text,
       .delivery = delivery,
       .critical = true,
       .escalation = true});
}

void AlertPolicy::add(const Alert& alert) noexcept {
  if (alert_count_ == alerts_.size()) return;
  Alert& added = alerts_[alert_count_++];
  added = alert;
  if (alert.delivery != Delivery::delivered) return;
  added.id = ++delivered_;
  history_.add(alert.cue.kind, alert.cue.party, alert.at_ms);
  if (is_distress(alert.cue) && !alert.escalation) watch(added);
}

void AlertPolicy::watch(const Alert& alert) noexcept {
  const bool escalates = config_.escalate_after_s > 0 && !wording_.distress_stays().empty();
  if (!escalates || told_count_ == told_.size()) return;
  told_[told_count_++] = {.cue = alert.cue, .id = alert.id, .at_ms = alert.at_ms};
}

bool AlertPolicy::snoozed(std::int64_t now_ms) const noexcept {
  return history_.snoozed_until_ms && now_ms < *history_.snoozed_until_ms;
}

bool AlertPolicy::is_due(const Told& told, std::int64_t now_ms) const noexcept {
  return now_ms - told.at_ms >= ms(config_.escalate_after_s);
}

// What would outrank it is often raised in the same second, and can be told only once.
bool AlertPolicy::may_be_outranked(const Cue& cue, std::int64_t now_ms) const noexcept {
  if (voice_rank(cue.kind) == 0 || now_ms - cue.raised_at_ms >= kMomentMs) return false;
  for (int i = 0; i < kCueKinds; ++i) {
    const auto kind = static_cast<CueKind>(i);
    if (voice_rank(kind) <= voice_rank(cue.kind)) continue;
    if (!wording_.sentences(kind, cue.party).empty()) return true;
  }
  return false;
}

bool AlertPolicy::cooling_down(const Cue& cue, std::int64_t now_ms) const noexcept {
  const auto& last = history_.last_at_ms[cue.party][static_cast<std::size_t>(cue.kind)];
  return last && now_ms - *last < ms(config_.cool_down_s);
}

// Conduct is told only where that leaves the reserve to distress.
bool AlertPolicy::within_budget(const Cue& cue, std::int64_t now_ms) const noexcept {
  const int budget = config_.budget_per_hour - (is_distress(cue) ? 0 : config_.distress_reserve);
  return history_.told_within_hour(now_ms) < budget;
}

}  // namespace tonecue

#include "tonecue/alerts/alert_history.h"

#include <algorithm>

namespace tonecue {

void AlertHistory::add(CueKind kind, Party party, std::int64_t now_ms) noexcept {
  told_at_ms[static_cast<std::size_t>(told % kMostAlertsPerHour)] = now_ms;
  ++told;
  last_at_ms[party][static_cast<std::size_t>(kind)] = now_ms;
}

int AlertHistory::told_within_hour(std::int64_t now_ms) const noexcept {
  const auto kept = told_at_ms.begin() + std::min(told, kMostAlertsPerHour);
  return static_cast<int>(std::count_if(
      told_at_ms.begin(), kept, [now_ms](std::int64_t at_ms) { return now_ms - at_ms < kHourMs; }));
}

AlertHistory AlertHistory::begun_later(std::int64_t ms) const noexcept {
  AlertHistory later = *this;
  for (std::int64_t& at_ms : later.told_at_ms) at_ms -= ms;
  for (const Party party : kParties) {
    for (auto& at_ms : later.last_at_ms[party]) {
      if (at_ms) *at_ms -= ms;
    }
  }
  if (later.snoozed_until_ms) *later.snoozed_until_ms -= ms;
  return later;
}

}  // namespace tonecue

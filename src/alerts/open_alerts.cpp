#include "tonecue/alerts/open_alerts.h"

#include <algorithm>

namespace tonecue {

std::span<const ClearedAlert> OpenAlerts::take(const CueChange& change) noexcept {
  cleared_count_ = 0;
  Newest& known = newest(change.cue);
  const std::int64_t raised_at_ms = change.cue.raised_at_ms;
  if (raised_at_ms < known.raised_at_ms) return {};  // The end of one that was replaced.
  if (raised_at_ms > known.raised_at_ms) {
    clear(known, change.cue.start_ms);  // Its own end was never told.
    known.raised_at_ms = raised_at_ms;
  }
  known.holds = change.phase == CuePhase::raised;
  if (!known.holds) clear(known, change.cue.end_ms);
  return {cleared_.data(), cleared_count_};
}

std::span<const ClearedAlert> OpenAlerts::take(const Alert& alert) noexcept {
  cleared_count_ = 0;
  if (alert.delivery != Delivery::delivered) return {};
  Newest& known = newest(alert.cue);
  if (alert.cue.raised_at_ms > known.raised_at_ms) {  // The cue itself was not told here.
    clear(known, alert.cue.start_ms);
    known.raised_at_ms = alert.cue.raised_at_ms;
    known.holds = true;
  }
  const bool goes_on = known.holds && alert.cue.raised_at_ms == known.raised_at_ms;
  if (goes_on && known.alert_count < known.alerts.size()) {
    known.alerts[known.alert_count++] = {alert.id, alert.at_ms};
  } else {
    tell(alert.id, alert.at_ms);
  }
  return {cleared_.data(), cleared_count_};
}

OpenAlerts::Newest& OpenAlerts::newest(const Cue& cue) noexcept {
  return cues_[cue.party][static_cast<std::size_t>(cue.kind)];
}

void OpenAlerts::clear(Newest& cue, std::int64_t end_ms) noexcept {
  for (const OpenAlert& alert : std::span(cue.alerts).first(cue.alert_count)) {
    tell(alert.id, std::max(end_ms, alert.at_ms));
  }
  cue.alert_count = 0;
}

void OpenAlerts::tell(int id, std::int64_t at_ms) noexcept {
  if (cleared_count_ < cleared_.size()) cleared_[cleared_count_++] = {id, at_ms};
}

}  // namespace tonecue

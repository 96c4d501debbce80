#include "tonecue/sinks/desktop_notifier.h"

#include <algorithm>
#include <string>
#include <utility>

#include "notification_bus.h"
#include "tonecue/core/hop.h"
#include "tonecue/report/card_reason.h"

namespace tonecue {

namespace {

// A line of its own begins as one.
std::string sentence_case(std::string phrase) {
  if (!phrase.empty() && phrase[0] >= 'a' && phrase[0] <= 'z') {
    phrase[0] = static_cast<char>(phrase[0] - 'a' + 'A');
  }
  return phrase;
}

}  // namespace

Result<DesktopNotifier> DesktopNotifier::create(Complaint complain) {
  auto bus = NotificationBus::create(std::move(complain));
  if (!bus) return tl::unexpected(bus.error());
  return DesktopNotifier(std::move(*bus));
}

DesktopNotifier::DesktopNotifier(std::unique_ptr<NotificationBus> bus) noexcept
    : bus_(std::move(bus)) {}
DesktopNotifier::DesktopNotifier(DesktopNotifier&&) noexcept = default;
DesktopNotifier& DesktopNotifier::operator=(DesktopNotifier&& other) noexcept {
  if (this != &other) {
    if (bus_) bus_->close_all();
    bus_ = std::move(other.bus_);
    open_ = other.open_;
    shown_ = std::move(other.shown_);
  }
  return *this;
}
DesktopNotifier::~DesktopNotifier() {
  if (bus_) bus_->close_all();
}

void DesktopNotifier::on_turn(const TurnFrame& frame) noexcept {
  const std::int64_t now_ms = hops_to_ms(frame.index);
  const auto read = [&](const Shown& one) {
    const bool done = one.over && now_ms - one.at_ms >= kLeastShownMs;
    if (done) bus_->close(one.alert_id);
    return done;
  };
  shown_.erase(std::remove_if(shown_.begin(), shown_.end(), read), shown_.end());
}

void DesktopNotifier::on_cue(const CueChange& change) noexcept { mark_over(open_.take(change)); }

void DesktopNotifier::on_alert(const Alert& alert) noexcept {
  if (alert.delivery != Delivery::delivered) return;
  shown_.push_back({.alert_id = alert.id, .at_ms = alert.at_ms});
  bus_->show({.id = alert.id,
              .summary = std::string(alert.text),
              .body = sentence_case(card_reason(alert.cue)),
              .urgent = alert.cue.kind == CueKind::distress});
  mark_over(open_.take(alert));
}

void DesktopNotifier::mark_over(std::span<const ClearedAlert> cleared) noexcept {
  for (const ClearedAlert& one : cleared) {
    for (Shown& shown : shown_) {
      if (shown.alert_id == one.id) shown.over = true;
    }
  }
}

}  // namespace tonecue

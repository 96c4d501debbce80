#include "call_audience.h"

#include <utility>

#include <fmt/format.h>

namespace tonecue {
namespace {

constexpr Interest kEverything{.hops = true, .frames = true, .turns = true, .segments = true};
constexpr Interest kPage{.frames = true, .turns = true, .segments = true};

}  // namespace

Result<std::unique_ptr<CallAudience>> CallAudience::create(const RecordingInfo& info,
                                                           const SinkConfig& sinks, int room_s,
                                                           LiveDesk& desk, std::ostream& out,
                                                           const TerminalViewConfig& terminal) {
  std::unique_ptr<CallAudience> audience(new CallAudience(info, room_s, out, terminal));
  if (TonePlayer* tones = desk.tones()) {
    // First and without a thread: it only asks the headset for a tone, at once.
    audience->listeners_.push_back(&audience->tone_.emplace(*tones));
  }
  if (DeskServer* page = desk.page()) {
    if (auto ok = audience->add(*page, kPage, "page"); !ok) {
      return tl::unexpected(ok.error());
    }
  }
  for (const auto& ok : {audience->add(audience->recorder_, kEverything, "report"),
                         audience->add(audience->terminal_, TerminalView::kInterest, "terminal"),
                         audience->add_sinks(sinks)}) {
    if (!ok) return tl::unexpected(ok.error());
  }
  audience->broadcast_ = CallBroadcast(audience->listeners_);
  return audience;
}

Result<void> CallAudience::add(CallListener& listener, const Interest& interest, const char* name) {
  if (room_s_ == 0) {
    listeners_.push_back(&listener);
    return {};
  }
  auto thread = ListenerThread::create(listener, interest, room_s_);
  if (!thread) return tl::unexpected(thread.error());
  threads_.push_back({name, std::move(*thread)});
  listeners_.push_back(&threads_.back().thread.input());
  return {};
}

Result<void> CallAudience::add_sinks(const SinkConfig& sinks) {
  const auto complain = [this](const std::string& line) { say(line); };
  if (!sinks.json_lines.empty()) {
    auto lines = JsonLines::create(sinks.json_lines, complain);
    if (!lines) return tl::unexpected(lines.error());
    auto ok = add(json_lines_.emplace(std::move(*lines)), JsonLines::kInterest, "json_lines");
    if (!ok) return ok;
  }
  if (sinks.desktop) {
    auto desktop = DesktopNotifier::create(complain);
    if (!desktop) return tl::unexpected(desktop.error());
    auto ok = add(desktop_.emplace(std::move(*desktop)), DesktopNotifier::kInterest, "desktop");
    if (!ok) return ok;
  }
  if (sinks.webhook_url.empty()) return {};
  auto secret = webhook_secret(sinks);
  if (!secret) return tl::unexpected(secret.error());
  auto webhook = Webhook::create({.url = sinks.webhook_url,
                                  .secret = std::move(*secret),
                                  .allow_private = sinks.webhook_allow_private,
                                  .allow_http = sinks.webhook_allow_http},
                                 complain);
  if (!webhook) return tl::unexpected(webhook.error());
  return add(webhook_.emplace(std::move(*webhook)), Webhook::kInterest, "webhook");
}

std::vector<std::string> CallAudience::finish() {
  std::vector<std::string> lost;
  for (NamedThread& each : threads_) {
    each.thread.stop();
    const DroppedEvents dropped = each.thread.dropped();
    const auto all = dropped.hops + dropped.frames + dropped.turns + dropped.rare;
    if (all > 0) {
      lost.push_back(
          fmt::format("{}: {} events came faster than it took them, {} of them alerts "
                      "or their like",
                      each.name, all, dropped.rare));
    }
  }
  if (json_lines_ && json_lines_->dropped_lines() > 0) {
    lost.push_back(fmt::format("json_lines: {} lines were dropped, its reader was too slow",
                               json_lines_->dropped_lines()));
  }
  if (webhook_ && !webhook_->stop()) {
    const WebhookCounts counts = webhook_->counts();
    lost.push_back(
        fmt::format("webhook: {} messages did not arrive", counts.given_up + counts.dropped));
  }
  terminal_.end();
  return lost;
}

}  // namespace tonecue

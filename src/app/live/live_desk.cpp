#include "live_desk.h"

#include <utility>

namespace tonecue {

Result<std::unique_ptr<LiveDesk>> LiveDesk::create(const LiveDeskConfig& config) {
  std::unique_ptr<LiveDesk> desk(new LiveDesk);
  if (config.sound) {
    if (const auto opened = desk->open_headset(config.output); !opened) {
      desk->no_sound_because_ = opened.error().message;
    }
  }
  if (config.page) {
    auto page = DeskServer::create({.version = TONECUE_VERSION,
                                    .port = config.port,
                                    .present = config.present,
                                    .sound = desk->tones_ != nullptr,
                                    .replay = config.replay,
                                    .quiet_start_s = config.quiet_start_s,
                                    .waits_for_call = config.shift},
                                   built_in_desk(), desk->actions());
    if (!page) return tl::unexpected(page.error());
    desk->page_.emplace(std::move(*page));
  }
  return desk;
}

Result<void> LiveDesk::open_headset(const std::string& output) {
  auto headset = DeviceOutput::open(output);
  if (!headset) return tl::unexpected(headset.error());
  auto tones = std::make_unique<TonePlayer>(headset->sample_rate_hz());
  if (auto started = headset->start(*tones); !started) return started;
  tones_ = std::move(tones);
  headset_.emplace(std::move(*headset));
  return {};
}

Result<void> LiveDesk::open_page() {
  auto way = ForwardingPage::create(page_->url());
  if (!way) return tl::unexpected(way.error());
  way_to_page_.emplace(std::move(*way));
  return open_in_browser(way_to_page_->path());
}

// On the server's thread, the only one that writes. Who asks for more than the ring holds before
// the next block of sound has pressed a key 64 times in 20 ms.
DeskActions LiveDesk::actions() {
  const auto wish = [this](const DeskWish& asked) { wishes_.write(std::span(&asked, 1)); };
  return {.answer =
              [wish](const AlertAnswer& answer) {
                wish({.kind = DeskWish::Kind::answer, .answer = answer});
              },
          .wake = [wish] { wish({.kind = DeskWish::Kind::wake, .answer = {}}); },
          .end = [wish] { wish({.kind = DeskWish::Kind::end_call, .answer = {}}); }};
}

std::optional<DeviceNotice> LiveDesk::headset_notice(std::int64_t now_ms) noexcept {
  const bool plays = !headset_ || headset_->plays();
  if (plays == std::exchange(headset_plays_, plays)) return {};
  const auto now = std::chrono::steady_clock::now();
  if (!plays) {
    headset_lost_ = now;
    return DeviceNotice{.kind = DeviceNotice::Kind::lost, .at_ms = now_ms};
  }
  const auto gap = std::chrono::duration_cast<std::chrono::milliseconds>(now - headset_lost_);
  return DeviceNotice{.kind = DeviceNotice::Kind::returned, .at_ms = now_ms, .gap_ms = gap.count()};
}

std::span<const DeskWish> LiveDesk::take_wishes() noexcept {
  return std::span(taken_).first(wishes_.read(taken_));
}

}  // namespace tonecue

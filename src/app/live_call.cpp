#include "live_call.h"

#include <utility>

#include "tonecue/app/call_player.h"
#include "tonecue/core/hop.h"
#include "tonecue/pipeline/call_boundary.h"

namespace tonecue {
namespace {

/// 20 ms, as telephony streams and devices deliver.
constexpr int kBlockSamples = kSampleRateHz / 50;

/// How old each hop of a block was when its analysis was done.
void take_latency(LatencyMeter& latency, std::int64_t samples,
                  std::chrono::steady_clock::time_point captured_at) {
  const auto age = std::chrono::steady_clock::now() - captured_at;
  for (std::int64_t left = samples; left > 0; left -= kHopSamples) {
    const std::int64_t before_end_ms = (samples - left) * 1000 / kSampleRateHz;
    latency.add(age + std::chrono::milliseconds(before_end_ms));
  }
}

/// Who listens between two calls.
class Lobby : public CallListener {
 public:
  explicit Lobby(DeskServer* page) noexcept : page_(page) {}

  bool call_begun() const noexcept { return boundary_.begun(); }

  void on_turn(const TurnFrame& frame) noexcept override { boundary_.on_turn(frame); }
  // Without its device no call would ever begin. No call, so the page may take its time.
  void on_notice(const DeviceNotice& notice) noexcept override {
    if (page_ != nullptr) page_->on_notice(notice);
  }

 private:
  CallBoundary boundary_;
  DeskServer* page_;
};

}  // namespace

Result<bool> wait_for_call(AudioSource& source, const SessionConfig& session_config,
                           const LiveCallConfig& config, LiveDesk& desk,
                           const std::atomic<bool>& stop) {
  auto session = CallSession::create(session_config, config.present);
  if (!session) return tl::unexpected(session.error());
  Lobby lobby(desk.page());
  std::atomic<bool> over{false};
  const auto look = [&](std::int64_t) {
    desk.take_wishes();  // There is no alert to answer, nor a call to end.
    over = stop || lobby.call_begun();
  };
  const auto played =
      play_call(source, *session, lobby,
                {.block_samples = kBlockSamples, .speed = config.speed, .on_progress = look}, over);
  if (!played) return tl::unexpected(played.error());
  return lobby.call_begun() && !stop;
}

Result<LiveCall> hear_call(AudioSource& source, const SessionConfig& session_config,
                           const LiveCallConfig& config, const AlertHistory& history,
                           CallAudience& audience, LiveDesk& desk, const std::atomic<bool>& stop) {
  auto session = CallSession::create(session_config, config.present, history);
  if (!session) return tl::unexpected(session.error());
  CallBoundary boundary;
  if (config.ends_by_silence) audience.add_direct(boundary);

  LatencyMeter latency;
  std::atomic<bool> over{stop.load()};
  std::int64_t heard = 0;
  const auto look = [&](std::int64_t samples) {
    if (const auto at = config.captured_at ? config.captured_at() : std::nullopt) {
      take_latency(latency, samples - heard, *at);
    }
    heard = samples;
    bool ended = false;
    for (const DeskWish& wish : desk.take_wishes()) {
      switch (wish.kind) {
        case DeskWish::Kind::answer:
          session->answer(wish.answer, audience.input());
          break;
        case DeskWish::Kind::wake:
          session->wake();
          break;
        case DeskWish::Kind::end_call:
          ended = true;
          break;
      }
    }
    over = stop || ended || (config.ends_by_silence && boundary.over());
  };
  const auto samples =
      play_call(source, *session, audience.input(),
                {.block_samples = kBlockSamples, .speed = config.speed, .on_progress = look}, over);
  auto lost = audience.finish();
  if (!samples) return tl::unexpected(samples.error());
  return LiveCall{.report = audience.recorder().report(*session, *samples),
                  .history = session->alert_history(),
                  .latency = latency,
                  .lost = std::move(lost)};
}

}  // namespace tonecue

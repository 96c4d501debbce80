#include "live_call.h"

#include <utility>

#include "tonecue/app/call_player.h"
#include "tonecue/core/hop.h"

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

/// No call yet: who speaks is looked at, and devices may come and go.
class Waiting : public CallListener {
 public:
  Waiting(const CallBoundaryConfig& config, const BetweenCalls& meanwhile)
      : boundary_(config), meanwhile_(&meanwhile) {}

  const CallBoundary& boundary() const noexcept { return boundary_; }
  void on_turn(const TurnFrame& frame) noexcept override { boundary_.on_turn(frame); }
  void on_notice(const DeviceNotice& notice) noexcept override { meanwhile_->on_notice(notice); }

 private:
  CallBoundary boundary_;
  const BetweenCalls* meanwhile_;
};

}  // namespace

Result<bool> wait_for_call(AudioSource& source, const SessionConfig& session_config,
                           const LiveCallConfig& config, const BetweenCalls& meanwhile,
                           LiveDesk& desk, const std::atomic<bool>& stop) {
  auto session = CallSession::create(session_config, config.present);
  if (!session) return tl::unexpected(session.error());
  Waiting waiting(config.boundary, meanwhile);
  std::atomic<bool> over{stop.load()};
  const auto look = [&](std::int64_t samples) {
    const std::int64_t waited_ms = samples * 1000 / kSampleRateHz;
    if (const auto notice = desk.headset_notice(waited_ms)) meanwhile.on_notice(*notice);
    for (const DeskWish& wish : desk.take_wishes()) meanwhile.on_wish(wish, waited_ms);
    over = stop || waiting.boundary().begun();
  };
  const auto played =
      play_call(source, *session, waiting,
                {.block_samples = kBlockSamples, .speed = config.speed, .on_progress = look}, over);
  if (!played) return tl::unexpected(played.error());
  return waiting.boundary().begun() && !stop;
}

Result<LiveCall> hear_call(AudioSource& source, const SessionConfig& session_config,
                           const LiveCallConfig& config, const AlertHistory& history,
                           CallAudience& audience, LiveDesk& desk, const std::atomic<bool>& stop) {
  auto session = CallSession::create(session_config, config.present, history);
  if (!session) return tl::unexpected(session.error());
  CallBoundary boundary(config.boundary);
  if (config.ends_by_silence) audience.add_direct(boundary);

  LatencyMeter latency;
  std::atomic<bool> over{stop.load()};
  std::int64_t heard = 0;
  const auto look = [&](std::int64_t samples) {
    if (const auto at = config.captured_at ? config.captured_at() : std::nullopt) {
      take_latency(latency, samples - heard, *at);
    }
    heard = samples;
    if (const auto notice = desk.headset_notice(samples * 1000 / kSampleRateHz)) {
      audience.input().on_notice(*notice);
    }
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

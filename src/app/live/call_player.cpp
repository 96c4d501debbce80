#include "tonecue/app/call_player.h"

#include <array>
#include <chrono>
#include <span>
#include <thread>

#include "tonecue/pipeline/call_broadcast.h"

namespace tonecue {
namespace {

using Clock = std::chrono::steady_clock;

/// A block is heard when its last sample is.
void wait_until_heard(Clock::time_point start, std::int64_t samples, double speed) {
  if (speed <= 0.0) return;
  const std::chrono::duration<double> heard{static_cast<double>(samples) / kSampleRateHz / speed};
  std::this_thread::sleep_until(start + std::chrono::duration_cast<Clock::duration>(heard));
}

}  // namespace

Result<std::int64_t> play_call(AudioSource& source, CallSession& session, CallListener& listener,
                               const PlayConfig& config, const std::atomic<bool>& stop) {
  const auto start = Clock::now();
  std::int64_t samples = 0;
  while (!stop) {
    const auto block = source.read(config.block_samples);
    if (!block) {
      session.finish(listener);
      return tl::unexpected(block.error());
    }
    if (block->agent.empty()) break;
    for (const DeviceNotice& notice : source.notices()) listener.on_notice(notice);
    samples += static_cast<std::int64_t>(block->agent.size());
    wait_until_heard(start, samples, config.speed);
    session.push(*block, listener);
    if (config.on_progress) config.on_progress(samples);
  }
  session.finish(listener);
  return samples;
}

Result<CallReport> record_call(AudioSource& source, const SessionConfig& session_config,
                               CallRecorder& recorder, const PlayConfig& config,
                               const std::atomic<bool>& stop, CallListener* beside) {
  auto session = CallSession::create(session_config, recorder.present());
  if (!session) return tl::unexpected(session.error());
  const std::array<CallListener*, 2> listeners = {&recorder, beside};
  const std::span<CallListener* const> both(listeners);
  CallBroadcast all(beside == nullptr ? both.first(1) : both);
  const auto samples = play_call(source, *session, all, config, stop);
  if (!samples) return tl::unexpected(samples.error());
  return recorder.report(*session, *samples);
}

}  // namespace tonecue

#include "audio/devices/device_capture.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "audio/devices/choose_inputs.h"
#include "audio/devices/device_deadline.h"
#include "audio/devices/portaudio_port.h"
#include "audio/timeline/sound_arrivals.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;

// A buffer holds this much at the highest rate: longer than any stall of the analysis that a live
// call should survive.
constexpr int kBufferSeconds = 2;
constexpr int kBufferRateHz = 48000;

// A device is looked after this often.
constexpr auto kKeeperInterval = 100ms;

// Closing a device may hang for as long as its sound server does. A program should end before.
constexpr auto kPatienceWithHangingDevice = 3s;

// Without sound from any input the call goes on by the clock. Sound wakes it sooner.
constexpr std::int64_t kLongestWaitNs = 100'000'000;

constexpr std::size_t kMostEvents = 256;

std::int64_t now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace

/// In this order, so that streams end before what their callbacks write into.
struct DeviceCapture::Inputs {
  std::unique_ptr<InputPort> port;
  SoundArrivals arrivals;
  std::vector<std::unique_ptr<CaptureBuffer>> buffers{};
  InputKeeper::Events events{kMostEvents};
  std::optional<InputKeeper> keeper{};
  std::thread thread{};

  std::mutex mutex{};
  std::condition_variable changed{};
  bool stop = false;
  bool ended = false;

  Inputs(std::unique_ptr<InputPort> from, int count) : port(std::move(from)), arrivals(count) {}

  void keep() {
    std::unique_lock lock(mutex);
    while (!changed.wait_for(lock, kKeeperInterval, [this] { return stop; })) {
      lock.unlock();
      keeper->step(now_ns());
      lock.lock();
    }
    lock.unlock();
    keeper.reset();  // Closes the streams.
    port.reset();
    lock.lock();
    ended = true;
    changed.notify_all();
  }

  /// @return Whether all is closed. If not, the thread is left to itself.
  bool end() {
    std::unique_lock lock(mutex);
    stop = true;
    changed.notify_all();
    return changed.wait_for(lock, kPatienceWithHangingDevice, [this] { return ended; });
  }
};

/// On a thread of its own: the sound system may keep it. What it holds then stays as it is.
Result<void> DeviceCapture::open_in_time(const std::shared_ptr<Inputs>& inputs,
                                         std::span<const AudioDevice> devices,
                                         std::chrono::milliseconds limit) {
  const auto opened = within(limit, [inputs] { return inputs->keeper->open(now_ns()); });
  if (opened) return *opened;
  return tl::unexpected(does_not_start(devices[inputs->keeper->opening()]));
}

Result<std::unique_ptr<DeviceCapture>> DeviceCapture::create(const DeviceConfig& config,
                                                             std::unique_ptr<InputPort> port,
                                                             const CapturePatience& patience) {
  const auto list = port->list();
  if (!list) return tl::unexpected(list.error());
  auto chosen = choose_inputs(*list, config);
  if (!chosen) return tl::unexpected(chosen.error());

  const auto inputs = std::make_shared<Inputs>(std::move(port), static_cast<int>(chosen->size()));
  std::vector<KeptInput> kept;
  std::vector<AudioDevice> devices;
  for (const ChosenInput& input : *chosen) {
    auto& buffer = inputs->buffers.emplace_back(
        std::make_unique<CaptureBuffer>(input.layout.channels, kBufferRateHz * kBufferSeconds));
    buffer->tell(inputs->arrivals, static_cast<int>(devices.size()));
    kept.push_back({input.device, input.layout, inputs->buffers.back().get()});
    devices.push_back(input.device);
  }
  inputs->keeper.emplace(*inputs->port, std::move(kept), inputs->events, patience);
  if (auto opened = open_in_time(inputs, devices, patience.opening); !opened) {
    return tl::unexpected(opened.error());
  }

  std::vector<InputTimeline::Input> lines;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    lines.push_back({inputs->keeper->layout(i), inputs->buffers[i].get()});
  }
  auto timeline = InputTimeline::create(lines, inputs->events);
  if (!timeline) return tl::unexpected(timeline.error());
  return std::unique_ptr<DeviceCapture>(
      new DeviceCapture(inputs, std::move(devices), std::move(*timeline)));
}

DeviceCapture::DeviceCapture(std::shared_ptr<Inputs> inputs, std::vector<AudioDevice> devices,
                             InputTimeline timeline)
    : inputs_(std::move(inputs)), devices_(std::move(devices)), timeline_(std::move(timeline)) {
  for (std::size_t i = 0; i < devices_.size(); ++i) {
    for (const Party party : kParties) present_[party] |= timeline_.health(i).parties[party];
  }
  inputs_->thread = std::thread([held = inputs_] { held->keep(); });
}

DeviceCapture::~DeviceCapture() {
  if (inputs_->end()) {
    inputs_->thread.join();
  } else {
    inputs_->thread.detach();
  }
}

void DeviceCapture::stop() noexcept {
  stopped_.store(true, std::memory_order_release);
  inputs_->arrivals.wake();
}

CallBlock DeviceCapture::read(int max_samples) noexcept {
  for (;;) {
    // Read first: what was recorded before stop() is still handed out.
    const bool stopped = stopped_.load(std::memory_order_acquire);
    if (stopped && !std::exchange(finished_, true)) timeline_.finish();
    const std::int64_t now = now_ns();
    const CallBlock block = timeline_.read(now, max_samples);
    if (!block.agent.empty() || stopped) return block;
    inputs_->arrivals.wait(kLongestWaitNs);
  }
}

std::vector<DeviceHealth> DeviceCapture::health() const {
  std::vector<DeviceHealth> all;
  for (std::size_t i = 0; i < devices_.size(); ++i) {
    all.push_back(timeline_.health(i));
    all.back().name = devices_[i].name;
  }
  return all;
}

}  // namespace tonecue

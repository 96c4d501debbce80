#include "tonecue/audio/input_levels.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

#include "audio/devices/capture_buffer.h"
#include "audio/devices/open_input.h"
#include "audio/devices/portaudio_port.h"
#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

constexpr int kRateHz = 48000;
constexpr int kMostChannels = 2;
constexpr auto kLongestClose = std::chrono::seconds(1);

/// An input that is open.
struct Ear {
  std::unique_ptr<CaptureBuffer> buffer;
  std::unique_ptr<InputStream> stream;  // Ends before what it writes into.
};

Result<Ear> listen_to(InputPort& port, const AudioDevice& device) {
  const StreamLayout layout{.sample_rate_hz = kRateHz,
                            .channels = std::min(device.input_channels, kMostChannels)};
  auto buffer = std::make_unique<CaptureBuffer>(layout.channels, kRateHz);
  auto opened = open_input(port, device, layout, *buffer);
  if (!opened) return tl::unexpected(opened.error());
  return Ear{std::move(buffer), std::move(opened->stream)};
}

std::optional<float> level_of(CaptureBuffer& buffer, std::span<float> room) {
  float power = 0.0F;
  std::int64_t samples = 0;
  for (auto sound = buffer.pop(room); !sound.interleaved.empty(); sound = buffer.pop(room)) {
    for (const float sample : sound.interleaved) power += sample * sample;
    samples += std::ssize(sound.interleaved);
  }
  if (samples == 0) return std::nullopt;
  return power_to_db(power / static_cast<float>(samples));
}

}  // namespace

/// What the opener's thread holds too. A device whose start fails may keep PortAudio waiting for
/// ever; the thread is then left to itself, and what it has not opened by then stays silent.
struct InputLevels::Listening {
  std::vector<AudioDevice> devices;
  std::mutex mutex{};
  std::condition_variable changed{};
  std::vector<Ear> ears{};  // One per device; without a buffer where it is not open.
  std::vector<InputLevel> levels{};
  std::vector<float> room = std::vector<float>(kRateHz / 10);
  bool stop = false;
  bool ended = false;

  void open_all(InputPort& port);
  void listen(std::unique_ptr<InputPort> port);
};

void InputLevels::Listening::open_all(InputPort& port) {
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (devices[i].input_channels == 0) continue;
    auto opened = listen_to(port, devices[i]);
    const std::lock_guard lock(mutex);
    if (stop) return;
    if (opened) {
      ears[i] = std::move(*opened);
    } else {
      levels[i].trouble = opened.error().message;
    }
  }
}

void InputLevels::Listening::listen(std::unique_ptr<InputPort> port) {
  open_all(*port);
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return stop; });
  ears.clear();
  port.reset();
  ended = true;
  changed.notify_all();
}

Result<InputLevels> InputLevels::create(std::span<const AudioDevice> devices) {
  auto port = open_portaudio_port();
  if (!port) return tl::unexpected(port.error());
  auto listening = std::make_shared<Listening>();
  listening->devices.assign(devices.begin(), devices.end());
  listening->ears.resize(devices.size());
  listening->levels.resize(devices.size());
  return InputLevels(std::move(listening), std::move(*port));
}

InputLevels::InputLevels(std::shared_ptr<Listening> listening, std::unique_ptr<InputPort> port)
    : listening_(std::move(listening)),
      opener_([held = listening_, from = std::move(port)]() mutable {
        held->listen(std::move(from));
      }) {}

std::vector<InputLevel> InputLevels::read() {
  const std::lock_guard lock(listening_->mutex);
  for (std::size_t i = 0; i < listening_->ears.size(); ++i) {
    Ear& ear = listening_->ears[i];
    if (ear.buffer) listening_->levels[i].level_dbfs = level_of(*ear.buffer, listening_->room);
  }
  return listening_->levels;
}

InputLevels::InputLevels(InputLevels&&) noexcept = default;

InputLevels::~InputLevels() {
  if (listening_ == nullptr) return;
  std::unique_lock lock(listening_->mutex);
  listening_->stop = true;
  listening_->changed.notify_all();
  const bool ended =
      listening_->changed.wait_for(lock, kLongestClose, [this] { return listening_->ended; });
  lock.unlock();
  if (ended) {
    opener_.join();
  } else {
    opener_.detach();
  }
}

}  // namespace tonecue

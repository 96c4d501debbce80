#include "tonecue/audio/input_levels.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "audio/capture_buffer.h"
#include "audio/open_input.h"
#include "audio/portaudio_port.h"
#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

constexpr int kRateHz = 48000;
constexpr int kMostChannels = 2;

/// An input that is open.
struct Ear {
  std::unique_ptr<CaptureBuffer> buffer;
  std::unique_ptr<InputStream> stream;  // Ends before what it writes into.
};

Result<Ear> listen_to(InputPort& port, const AudioDevice& device) {
  const StreamLayout layout{.sample_rate_hz = kRateHz,
                            .channels = std::min(device.input_channels, kMostChannels)};
  Ear ear{std::make_unique<CaptureBuffer>(layout.channels, kRateHz), nullptr};
  auto opened = open_input(port, device, layout, *ear.buffer);
  if (!opened) return tl::unexpected(opened.error());
  ear.stream = std::move(opened->stream);
  return ear;
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

struct InputLevels::Listening {
  std::unique_ptr<InputPort> port;
  std::vector<Ear> ears;  // One per device; without a buffer where it is not open.
  std::vector<InputLevel> levels;
  std::vector<float> room = std::vector<float>(kRateHz / 10);
};

Result<InputLevels> InputLevels::create(std::span<const AudioDevice> devices) {
  auto port = open_portaudio_port();
  if (!port) return tl::unexpected(port.error());
  auto listening = std::make_unique<Listening>();
  listening->port = std::move(*port);
  for (const AudioDevice& device : devices) {
    Ear& ear = listening->ears.emplace_back();
    InputLevel& level = listening->levels.emplace_back();
    if (device.input_channels == 0) continue;
    auto opened = listen_to(*listening->port, device);
    if (opened) {
      ear = std::move(*opened);
    } else {
      level.trouble = opened.error().message;
    }
  }
  return InputLevels(std::move(listening));
}

std::span<const InputLevel> InputLevels::read() {
  for (std::size_t i = 0; i < listening_->ears.size(); ++i) {
    Ear& ear = listening_->ears[i];
    if (ear.buffer) listening_->levels[i].level_dbfs = level_of(*ear.buffer, listening_->room);
  }
  return listening_->levels;
}

InputLevels::InputLevels(std::unique_ptr<Listening> listening) : listening_(std::move(listening)) {}
InputLevels::InputLevels(InputLevels&&) noexcept = default;
InputLevels& InputLevels::operator=(InputLevels&&) noexcept = default;
InputLevels::~InputLevels() = default;

}  // namespace tonecue

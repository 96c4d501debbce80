/// @file
/// A sound system that a test makes up, in made-up time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audio/devices/input_port.h"

namespace tonecue::test {

/// A device of a FakePort, and what happened to it.
struct FakeDevice {
  AudioDevice info;
  bool plugged = true;
  bool silent = false;                     ///< It opens, but never calls back.
  std::vector<int> rates_hz{};             ///< That it takes; none: all.
  std::optional<Error> refusal{};          ///< Why it cannot be opened.
  float sample = 0.1F;                     ///< What it records.
  int extra_ppm = 0;                       ///< How much faster than its rate it is.
  std::shared_future<void> hangs_until{};  ///< Opening does not come back before.
  bool ends_when_unplugged = true;         ///< The stream knows, as with USB; else it falls silent.

  int opened{};
  int owed_ppm = 0;  ///< Of a sample time, not given yet.
  std::int64_t opened_at_ns = 0;
  std::int64_t first_block_after_ns = 0;
  CaptureBuffer* buffer = nullptr;  ///< While a stream is open.
  StreamLayout layout{};
};

class FakePort : public InputPort {
 public:
  explicit FakePort(std::vector<FakeDevice> made) : devices(std::move(made)) {}

  Result<std::vector<AudioDevice>> list() override {
    std::vector<AudioDevice> all;
    for (const FakeDevice& device : devices) {
      if (device.plugged) all.push_back(device.info);
    }
    return all;
  }

  Result<std::unique_ptr<InputStream>> open(const AudioDevice& wanted, const StreamLayout& layout,
                                            CaptureBuffer& buffer) override {
    FakeDevice* device = named(wanted.name);
    if (device == nullptr || !device->plugged) {
      return failure(ErrorCode::device, wanted.name + " is gone");
    }
    if (device->refusal) return tl::unexpected(*device->refusal);
    const auto& rates = device->rates_hz;
    if (!rates.empty() &&
        std::find(rates.begin(), rates.end(), layout.sample_rate_hz) == rates.end()) {
      return failure(ErrorCode::unsupported, "rate");
    }
    if (device->hangs_until.valid()) device->hangs_until.wait();
    buffer.begin_opening(layout.sample_rate_hz);
    ++device->opened;
    device->opened_at_ns = now_ns;
    device->buffer = &buffer;
    device->layout = layout;
    return std::make_unique<Stream>(*device);
  }

  Result<void> restart() override {
    ++restarts;
    open_at_restart += open_streams();
    return {};
  }

  FakeDevice* named(const std::string& name) {
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const FakeDevice& device) {
      return device.info.name == name;
    });
    return found == devices.end() ? nullptr : &*found;
  }

  int open_streams() const {
    return static_cast<int>(
        std::count_if(devices.begin(), devices.end(),
                      [](const FakeDevice& device) { return device.buffer != nullptr; }));
  }

  /// 10 ms go by: each device that runs calls back.
  void tick() {
    now_ns += 10'000'000;
    for (FakeDevice& device : devices) {
      const bool runs = device.buffer != nullptr && device.plugged && !device.silent &&
                        now_ns - device.opened_at_ns > device.first_block_after_ns;
      if (!runs) continue;
      device.owed_ppm += device.layout.sample_rate_hz / 100 * device.extra_ppm;
      const int extra = device.owed_ppm / 1'000'000;
      device.owed_ppm -= extra * 1'000'000;
      const int times = device.layout.sample_rate_hz / 100 + extra;
      const std::vector<float> block(
          static_cast<std::size_t>(times) * static_cast<std::size_t>(device.layout.channels),
          device.sample);
      device.buffer->push(block.data(), static_cast<std::int64_t>(times), now_ns);
    }
  }

  std::vector<FakeDevice> devices;
  std::int64_t now_ns = 1'000'000'000;
  int restarts = 0;
  int open_at_restart = 0;

 private:
  class Stream : public InputStream {
   public:
    explicit Stream(FakeDevice& device) : device_(device) {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() override { device_.buffer = nullptr; }
    bool running() const noexcept override {
      return device_.plugged || !device_.ends_when_unplugged;
    }

   private:
    FakeDevice& device_;
  };
};

inline AudioDevice made_device(int index, const std::string& name, int input_channels = 1,
                               int default_rate_hz = 8000) {
  return {.index = index,
          .name = name,
          .host_api = "made up",
          .input_channels = input_channels,
          .default_rate_hz = default_rate_hz};
}

}  // namespace tonecue::test

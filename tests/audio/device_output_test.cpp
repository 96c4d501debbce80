#include "tonecue/audio/device_output.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <numbers>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "audio/devices/portaudio_session.h"
#include "support/sound_server.h"

namespace tonecue {
namespace {

using test::SoundServer;

/// A sine that never ends.
class Sine : public SoundRenderer {
 public:
  /// It outlives the output, so it is there before the output's rate is known.
  Result<void> start(DeviceOutput& output) {
    step_ = 2.0 * std::numbers::pi * 440.0 / output.sample_rate_hz();
    return output.start(*this);
  }

  void render(std::span<float> mono) noexcept override {
    for (float& sample : mono) {
      sample = static_cast<float>(0.5 * std::sin(phase_));
      phase_ += step_;
    }
    ++blocks_;
  }

  /// Waits until the device asks for more.
  void await_more() const {
    const int before = blocks_;
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (blocks_ < before + 20 && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_GE(blocks_, before + 20) << "the device asks for nothing";
  }

 private:
  double step_ = 0.0;
  double phase_ = 0.0;
  std::atomic<int> blocks_{0};
};

class DeviceOutputTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  }
};

TEST_F(DeviceOutputTest, GoesOnWhenPortAudioStartsAnew) {
  const SoundServer server({{"headset"}});
  Sine sine;
  auto output = DeviceOutput::open("headset");
  ASSERT_TRUE(output) << output.error().message;
  ASSERT_TRUE(sine.start(*output));
  sine.await_more();
  ASSERT_TRUE(restart_portaudio());
  sine.await_more();
}

TEST_F(DeviceOutputTest, ComesBackWithItsDevice) {
  SoundServer server({{"headset"}});
  Sine sine;
  auto output = DeviceOutput::open("headset");
  ASSERT_TRUE(output) << output.error().message;
  ASSERT_TRUE(sine.start(*output));
  sine.await_more();
  server.unplug("headset");
  ASSERT_TRUE(restart_portaudio());
  server.plug("headset");
  ASSERT_TRUE(restart_portaudio());
  sine.await_more();
}

// The sine itself takes steps of 0.03 at most.
TEST_F(DeviceOutputTest, EndsWithoutAClick) {
  SoundServer server({{"headset"}});
  auto recording = server.record("headset");
  {
    Sine sine;
    auto output = DeviceOutput::open("headset");
    ASSERT_TRUE(output) << output.error().message;
    ASSERT_TRUE(sine.start(*output));
    sine.await_more();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // What the recorder still has.
  const std::vector<float> heard = recording.stop();
  // The end, from a tenth of a second before it; how a stream begins is PulseAudio's.
  const auto loud = [](float x) { return std::abs(x) > 1e-3F; };
  const auto end = heard.rend() - std::find_if(heard.rbegin(), heard.rend(), loud);
  ASSERT_GT(end, 4800);
  float peak = 0.0F;
  float step = 0.0F;
  for (auto i = static_cast<std::size_t>(end) - 4800; i < heard.size(); ++i) {
    peak = std::max(peak, std::abs(heard[i]));
    step = std::max(step, std::abs(heard[i] - heard[i - 1]));
  }
  EXPECT_GT(peak, 0.4F);
  EXPECT_LT(step, 0.06F);
}

}  // namespace
}  // namespace tonecue

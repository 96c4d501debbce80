// The set-up in which sound in and out is tested: what one plays, the other hears.

#include "support/sound_server.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"
#include "support/signals.h"
#include "tonecue/audio/device.h"
#include "tonecue/audio/device_source.h"

namespace tonecue {
namespace {

using test::SoundServer;

float level_dbfs(const std::vector<float>& samples) {
  double power = 0.0;
  for (const float x : samples) power += static_cast<double>(x) * static_cast<double>(x);
  return power_to_db(static_cast<float>(power / static_cast<double>(samples.size())));
}

/// Samples at the level of what sounds; the silence before and after left out.
std::vector<float> sounding(const std::vector<float>& samples) {
  const auto loud = [](float x) { return std::abs(x) > 1e-3F; };
  const auto first = std::find_if(samples.begin(), samples.end(), loud);
  const auto last = std::find_if(samples.rbegin(), samples.rend(), loud).base();
  return first < last ? std::vector<float>(first, last) : std::vector<float>{};
}

class SoundServerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  }
  /// One party a channel: a tone of 440 Hz left, 1,000 Hz right.
  void write_call() {
    test::write_recording(call_, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000,
                          {test::sine(440.0F, 2000, -20.0F), test::sine(1000.0F, 2000, -30.0F)});
  }

  test::TempFolder folder_;
  std::filesystem::path call_ = folder_ / "call.wav";
};

TEST_F(SoundServerTest, ListsItsDevicesByNameToPortAudio) {
  const SoundServer server({{"headset"}, {"customer_sink"}}, {{"customer", "customer_sink"}});
  const auto list = devices();
  ASSERT_TRUE(list) << list.error().message;
  for (const char* name : {"headset", "customer_sink", "customer"}) {
    EXPECT_TRUE(std::any_of(list->begin(), list->end(), [name](const AudioDevice& device) {
      return device.name == name;
    })) << name;
  }
}

TEST_F(SoundServerTest, RecordsWhatASinkPlays) {
  SoundServer server({{"headset"}});
  write_call();
  auto recording = server.record("headset", 8000);
  EXPECT_EQ(server.play(call_, "headset").wait(), 0);
  const auto heard = sounding(recording.stop());
  EXPECT_NEAR(static_cast<double>(heard.size()), 16000.0, 400.0);
}

TEST_F(SoundServerTest, ASourceHearsItsChannelOnly) {
  SoundServer server({{"call", 2}},
                     {{"agent", "call", "front-left"}, {"customer", "call", "front-right"}});
  write_call();
  auto source = DeviceSource::create({.device = "customer", .party = Party::customer});
  ASSERT_TRUE(source) << source.error().message;
  auto player = server.play(call_, "call");
  std::vector<float> heard;
  while (heard.size() < std::size_t{4} * kSampleRateHz) {
    const auto block = source->read(800);
    ASSERT_TRUE(block) << block.error().message;
    heard.insert(heard.end(), block->customer.begin(), block->customer.end());
  }
  EXPECT_EQ(player.wait(), 0);
  const auto tone = sounding(heard);
  EXPECT_NEAR(static_cast<double>(tone.size()), 16000.0, 400.0);
  EXPECT_NEAR(level_dbfs(tone), -30.0F, 0.5F);
}

}  // namespace
}  // namespace tonecue

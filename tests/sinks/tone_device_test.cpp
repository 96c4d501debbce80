// From the request for a tone to the device, through a sound server of the test's own.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/sink_ear.h"
#include "support/sound_server.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/sinks/tone_player.h"

namespace tonecue {
namespace {

using std::chrono::steady_clock;
using test::SinkEar;
using test::SoundServer;

double ms(steady_clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

class ToneDevice : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  }
};

/// Waits until a tone that is asked for is played, which it is once the device runs.
void await_device(TonePlayer& player) {
  const auto limit = steady_clock::now() + std::chrono::seconds(10);
  while (player.played() == 0 && steady_clock::now() < limit) {
    player.play(ToneShape::conduct, -40.0F);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_GT(player.played(), 0) << "the device never asked for sound";
}

/// @param outlives_output  Made for the rate of the device, and played by it.
void begin_to_play(Result<DeviceOutput>& output, std::optional<TonePlayer>& outlives_output) {
  ASSERT_TRUE(output) << output.error().message;
  TonePlayer& player = outlives_output.emplace(output->sample_rate_hz());
  ASSERT_TRUE(output->start(player));
  await_device(player);
}

/// Long enough that the next tone neither waits nor always meets the device in the same moment.
void pass_over(const TonePlayer& player, int turn) {
  while (player.playing()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(200 + 7 * turn));
}

/// Asks for tones and finds them in what the headset plays: from the request to the sound, sorted.
std::vector<double> delays_ms(const SoundServer& server, TonePlayer& player) {
  constexpr int kPlays = 20;
  const auto shape_of = [](int turn) {
    return turn % 2 == 0 ? ToneShape::distress : ToneShape::conduct;
  };
  SinkEar ear(server, "headset");
  std::vector<steady_clock::time_point> asked;
  for (int turn = 0; turn < kPlays; ++turn) {
    asked.push_back(steady_clock::now());
    const auto before = player.played();
    player.play(shape_of(turn), -26.0F);
    while (player.played() == before &&
           steady_clock::now() - asked.back() < std::chrono::seconds(1)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    pass_over(player, turn);
  }
  ear.stop();
  std::vector<double> delays_ms;
  for (int turn = 0; turn < kPlays; ++turn) {
    const auto at = asked[static_cast<std::size_t>(turn)];
    const auto heard = ear.heard_at(render_tone(shape_of(turn), SinkEar::kRateHz), at,
                                    at + std::chrono::milliseconds(300));
    EXPECT_TRUE(heard) << "tone " << turn << " was not heard";
    delays_ms.push_back(heard ? ms(*heard - at) : 300.0);
  }
  std::sort(delays_ms.begin(), delays_ms.end());
  std::printf("request to device: median %.1f ms, most %.1f ms; %.1f ms of it the sink's own\n",
              delays_ms[delays_ms.size() / 2], delays_ms.back(), ms(ear.sink_latency()));
  return delays_ms;
}

// The best of three times: the machine that runs this may have other things to do.
TEST_F(ToneDevice, IsHeardWithin60MillisecondsOfTheRequest) {
  const SoundServer server({{"headset"}});
  std::optional<TonePlayer> outlives_output;
  auto output = DeviceOutput::open("headset");
  ASSERT_NO_FATAL_FAILURE(begin_to_play(output, outlives_output));
  TonePlayer& player = *outlives_output;
  pass_over(player, 0);
  double most_ms = 1e9;
  for (int time = 0; time < 3 && most_ms > 60.0 && !HasFailure(); ++time) {
    most_ms = delays_ms(server, player).back();
  }
  EXPECT_LE(most_ms, 60.0);
}

/// Waits until the device asks for sound no more.
void await_silence(TonePlayer& player) {
  for (std::int64_t before = -1; before != player.played();) {
    before = player.played();
    player.play(ToneShape::conduct, -30.0F);
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
  }
}

/// Waits until a tone that is asked for is played again.
void await_return(TonePlayer& player) {
  const auto before = player.played();
  const auto limit = steady_clock::now() + std::chrono::seconds(30);
  while (player.played() == before && steady_clock::now() < limit) {
    player.play(ToneShape::conduct, -40.0F);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_GT(player.played(), before) << "the device does not come back";
}

// Microphone and loudspeaker go and come together; the input alone is opened anew, as PulseAudio's
// devices keep their numbers.
TEST_F(ToneDevice, IsHeardAgainWhenTheHeadsetIsPluggedInAgain) {
  SoundServer server({{"room"}, {"headset"}}, {{"microphone", "room"}});
  const auto source = DeviceSource::create({.device = "microphone", .party = Party::agent});
  ASSERT_TRUE(source) << source.error().message;
  std::optional<TonePlayer> outlives_output;
  auto output = DeviceOutput::open("headset");
  ASSERT_NO_FATAL_FAILURE(begin_to_play(output, outlives_output));
  TonePlayer& player = *outlives_output;
  server.unplug("microphone");
  server.unplug("headset");
  await_silence(player);
  server.plug("headset");
  server.plug("microphone");
  await_return(player);
  pass_over(player, 0);
  SinkEar ear(server, "headset");
  const auto asked = steady_clock::now();
  player.play(ToneShape::distress, -26.0F);
  pass_over(player, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ear.stop();
  const auto tone = render_tone(ToneShape::distress, SinkEar::kRateHz);
  EXPECT_TRUE(ear.heard_at(tone, asked, asked + std::chrono::milliseconds(500)));
}

TEST_F(ToneDevice, WaitsForNoDeviceThatStalls) {
  SoundServer server({{"headset"}});
  std::optional<TonePlayer> outlives_output;
  auto output = DeviceOutput::open("headset");
  ASSERT_NO_FATAL_FAILURE(begin_to_play(output, outlives_output));
  TonePlayer& player = *outlives_output;
  pass_over(player, 0);
  server.stall();
  await_silence(player);
  const auto start = steady_clock::now();
  player.play(ToneShape::distress, -30.0F);
  EXPECT_LT(ms(steady_clock::now() - start), 10.0);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  server.go_on();
  await_device(player);
  const auto closing = steady_clock::now();
  { const DeviceOutput gone = std::move(*output); }
  EXPECT_LT(ms(steady_clock::now() - closing), 2000.0);
}

TEST_F(ToneDevice, EndsThoughTheSoundServerHangs) {
  SoundServer server({{"headset"}});
  TonePlayer player(SinkEar::kRateHz);
  {
    auto output = DeviceOutput::open("headset");
    ASSERT_TRUE(output) << output.error().message;
    ASSERT_TRUE(output->start(player));
    await_device(player);
    server.stall();
    const auto closing = steady_clock::now();
    { const DeviceOutput gone = std::move(*output); }
    EXPECT_LT(ms(steady_clock::now() - closing), 5000.0);
  }
  server.go_on();
}

TEST_F(ToneDevice, SurvivesADeviceThatVanishes) {
  SoundServer server({{"headset"}});
  std::optional<TonePlayer> outlives_output;
  auto output = DeviceOutput::open("headset");
  ASSERT_NO_FATAL_FAILURE(begin_to_play(output, outlives_output));
  TonePlayer& player = *outlives_output;
  pass_over(player, 0);
  server.unplug("headset");
  for (int i = 0; i < 5; ++i) {
    const auto start = steady_clock::now();
    player.play(ToneShape::distress, -30.0F);
    EXPECT_LT(ms(steady_clock::now() - start), 10.0);
  }
  EXPECT_FALSE(DeviceOutput::open("headset"));
}

TEST_F(ToneDevice, IsNoneWhereNothingHasTheName) {
  const SoundServer server({{"headset"}});
  const auto output = DeviceOutput::open("no such device anywhere");
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code, ErrorCode::not_found);
  EXPECT_EQ(output.error().message.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace tonecue

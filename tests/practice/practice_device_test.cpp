// A practice call with devices: what the headset plays and what the chain hears of it.

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"
#include "support/signals.h"
#include "support/sound_server.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/practice/practice_source.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): it is, between two signals.
using test::SoundServer;

/// Keeps what the chain is given, and lets the customer hear the agent.
class BothSides : public CallListener {
 public:
  explicit BothSides(PracticeSource& call) : call_(call) {}
  void on_hop(const CallHop& hop) noexcept override {
    for (const Party party : kParties) {
      sound[party].insert(sound[party].end(), hop[party].begin(), hop[party].end());
    }
  }
  void on_turn(const TurnFrame& frame) noexcept override { call_.hear(frame); }

  PerParty<std::vector<float>> sound;

 private:
  PracticeSource& call_;
};

/// How much later `sound` carries what lies in `reference` from `from` on, in samples: where the
/// two agree best within `most` samples, and how well.
struct Lag {
  int samples = 0;
  double agreement = 0.0;  // 1: the same.
};

Lag lag_of(std::span<const float> sound, std::span<const float> reference, std::size_t from,
           std::size_t length, int most) {
  Lag best;
  for (int lag = -most; lag <= most; ++lag) {
    double product = 0.0;
    double power = 1e-12;
    double reference_power = 1e-12;
    for (std::size_t i = 0; i < length; ++i) {
      const auto at = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from + i) + lag);
      if (at >= sound.size()) break;
      const auto x = static_cast<double>(sound[at]);
      const auto y = static_cast<double>(reference[from + i]);
      product += x * y;
      power += x * x;
      reference_power += y * y;
    }
    const double agreement = product / std::sqrt(power * reference_power);
    if (agreement > best.agreement) best = {lag, agreement};
  }
  return best;
}

std::filesystem::path sample() {
  return std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / "interrupted.flac";
}

/// The greeting of the bundled call's agent, then the room.
test::Signal greeting(int length_ms) {
  constexpr int kGreetingMs = 5200;
  auto source = FileSource::create(sample());
  EXPECT_TRUE(source) << source.error().message;
  const auto block = source->read(kGreetingMs * kSampleRateHz / 1000);
  test::Signal voice(block->agent.begin(), block->agent.end());
  return std::move(voice) + test::silence(length_ms - kGreetingMs);
}

// The microphone stands in the room in which the headset plays, so it tells when that was.
TEST(PracticeDevices, TheCustomerLiesOnTheTimeLineWhereTheMicrophoneHearsThem) {
  if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  const test::TempFolder folder;
  SoundServer server({{"room"}}, {{"mic", "room"}});
  const auto agent = folder / "agent.wav";
  test::write_recording(agent, SF_FORMAT_WAV | SF_FORMAT_PCM_16, kSampleRateHz, {greeting(9500)});
  const auto scenario = load_scenario(std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" /
                                      "interrupted.flac");
  ASSERT_TRUE(scenario) << scenario.error().message;

  std::optional<CustomerVoice> outlives_headset;
  auto headset = DeviceOutput::open("room");
  ASSERT_TRUE(headset) << headset.error().message;
  CustomerVoice& voice = outlives_headset.emplace(scenario->clips, headset->sample_rate_hz());
  ASSERT_TRUE(headset->start(voice));
  auto microphone = DeviceSource::create({.device = "mic", .party = Party::agent});
  ASSERT_TRUE(microphone) << microphone.error().message;
  const int latency_ms = practice_latency_ms(*headset);
  PracticeSource call(*microphone, *scenario, voice, {.heard_after_ms = latency_ms});
  BothSides heard(call);
  auto session = CallSession::create({});
  ASSERT_TRUE(session);

  std::atomic<bool> played{false};
  std::thread person([&] {
    EXPECT_EQ(server.play(agent, "room").wait(), 0);
    played = true;
  });
  while (!played) {
    const auto block = call.read(kSampleRateHz / 50);
    EXPECT_TRUE(block) << block.error().message;
    if (!block) break;
    session->push(*block, heard);
  }
  person.join();

  const auto& customer = heard.sound.customer;
  const auto first = static_cast<std::size_t>(std::distance(
      customer.begin(), std::ranges::find_if(customer, [](float x) { return x != 0.0F; })));
  ASSERT_LT(first + std::size_t{2} * kSampleRateHz, customer.size())
      << "the customer did not answer in time";
  constexpr int kMost = 300 * 8;
  // Short, because the microphone's clock is still being learnt: over seconds the words would
  // shift.
  constexpr std::size_t kWords = kSampleRateHz / 2;
  const Lag lag = lag_of(heard.sound.agent, customer, first, kWords, kMost);
  std::printf(
      "the microphone hears the customer %.1f ms after their place (agreement %.2f), "
      "latency told %d ms\n",
      lag.samples / 8.0, lag.agreement, latency_ms);
  EXPECT_GT(lag.agreement, 0.7) << "the headset plays the line; a busy machine loses some of it";
  EXPECT_LT(std::abs(lag.samples), 60 * 8);
}

}  // namespace
}  // namespace tonecue

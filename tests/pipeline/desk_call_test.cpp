// A call that is played to two devices tells what its recording tells.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"
#include "support/sound_server.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;
using test::SoundServer;

constexpr std::int64_t kStartMs = 30'000;  // The stretch of the call with its interruptions.
constexpr std::int64_t kLengthMs = 40'000;

using Voices = PerParty<std::vector<float>>;

/// When interruptions began, by whom, and when they were raised.
struct Interruptions : CallListener {
  struct One {
    Party party;
    std::int64_t start_ms;
  };
  void on_cue(const CueChange& change) noexcept override {
    if (change.cue.kind == CueKind::interruption && change.phase == CuePhase::raised) {
      all.push_back({change.cue.party, change.cue.start_ms});
    }
  }
  std::vector<One> all;
};

Interruptions interruptions_of(const Voices& voices) {
  Interruptions found;
  auto session = CallSession::create({});
  EXPECT_TRUE(session);
  session->push({voices.agent, voices.customer}, found);
  session->finish(found);
  return found;
}

Voices stretch_of_call() {
  const std::string call = TONECUE_SOURCE_DIR "/audio_samples/interrupted.flac";
  auto source = FileSource::create(call);
  EXPECT_TRUE(source) << source.error().message;
  Voices voices = test::read_all(*source, 800);
  for (const Party party : kParties) {
    auto& voice = voices[party];
    voice = {voice.begin() + kStartMs * 8, voice.begin() + (kStartMs + kLengthMs) * 8};
  }
  return voices;
}

/// How many samples later the second one is: where the two are most alike.
std::ptrdiff_t offset_of(const std::vector<float>& original, const std::vector<float>& heard) {
  const std::size_t window = 80'000;
  std::ptrdiff_t best = 0;
  double most = 0.0;
  for (std::size_t shift = 0; shift + window < std::min<std::size_t>(heard.size(), 120'000);
       ++shift) {
    double product = 0.0;
    for (std::size_t i = 0; i < window; i += 3) {
      product += static_cast<double>(original[i]) * static_cast<double>(heard[i + shift]);
    }
    if (product > most) {
      most = product;
      best = static_cast<std::ptrdiff_t>(shift);
    }
  }
  return best;
}

TEST(DeskCall, TwoDevicesTellTheInterruptionsThatTheFileTells) {
  if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  const test::TempFolder folder;
  const auto call = folder / "call.wav";
  const Voices original = stretch_of_call();
  test::write_recording(call, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000,
                        {original.agent, original.customer});
  const auto expected = interruptions_of(original);
  ASSERT_GE(expected.all.size(), 2U) << "nothing to compare";

  SoundServer server({{"line", 2}}, {{"microphone", "line", "front-left"},
                                     {"headset_monitor", "line", "front-right"}});
  auto source =
      DeviceSource::create({.agent_device = "microphone", .customer_device = "headset_monitor"});
  ASSERT_TRUE(source) << source.error().message;
  Interruptions live;
  auto session = CallSession::create({}, source->present());
  ASSERT_TRUE(session);
  Voices heard;
  std::vector<double> ages_ms;
  const auto listen_for = [&](std::chrono::milliseconds call_time) {
    const auto until = heard.agent.size() + static_cast<std::size_t>(call_time.count()) * 8;
    while (heard.agent.size() < until) {
      const auto block = source->read(160);
      ASSERT_TRUE(block) << block.error().message;
      session->push(*block, live);
      const std::chrono::duration<double, std::milli> age =
          std::chrono::steady_clock::now() - source->captured_at();
      ages_ms.push_back(age.count());
      for (const Party party : kParties) {
        heard[party].insert(heard[party].end(), (*block)[party].begin(), (*block)[party].end());
      }
    }
  };
  listen_for(1s);
  auto player = server.play(call, "line");
  listen_for(std::chrono::milliseconds(kLengthMs) + 2s);
  EXPECT_EQ(player.wait(), 0);
  session->finish(live);

  const std::ptrdiff_t later = offset_of(original.customer, heard.customer);
  ASSERT_EQ(live.all.size(), expected.all.size());
  double worst_ms = 0.0;
  for (std::size_t i = 0; i < live.all.size(); ++i) {
    EXPECT_EQ(live.all[i].party, expected.all[i].party);
    const double difference_ms = static_cast<double>(live.all[i].start_ms) -
                                 static_cast<double>(later) / 8.0 -
                                 static_cast<double>(expected.all[i].start_ms);
    EXPECT_LE(std::abs(difference_ms), 50.0) << expected.all[i].start_ms;
    worst_ms = std::max(worst_ms, std::abs(difference_ms));
  }
  EXPECT_NEAR(static_cast<double>(offset_of(original.agent, heard.agent) - later), 0.0, 160.0)
      << "the parties lie within 20 ms of each other";
  for (const DeviceHealth& device : source->health()) {
    EXPECT_EQ(device.times_lost, 0) << device.name;
  }

  std::sort(ages_ms.begin(), ages_ms.end());
  const double median_ms = ages_ms[ages_ms.size() / 2];
  const double p99_ms = ages_ms[ages_ms.size() * 99 / 100];
  RecordProperty("worst_difference_ms", std::to_string(worst_ms));
  RecordProperty("capture_to_decision_median_ms", std::to_string(median_ms));
  RecordProperty("capture_to_decision_p99_ms", std::to_string(p99_ms));
  std::printf("worst difference %.1f ms; from capture to decision: median %.1f ms, p99 %.1f ms\n",
              worst_ms, median_ms, p99_ms);
}

}  // namespace
}  // namespace tonecue

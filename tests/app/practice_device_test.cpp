// The command as a person runs it: a microphone, a headset, Ctrl-C.

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <future>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/program_run.h"
#include "support/sound_server.h"
#include "tonecue/app/program.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/practice/practice_scenario.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): it is, between two signals.
using test::SoundServer;

/// The greeting of the bundled call's agent, then the room.
test::Signal greeting(int length_ms) {
  constexpr int kGreetingMs = 5200;
  auto source = FileSource::create(test::interrupted_call());
  EXPECT_TRUE(source) << source.error().message;
  const auto block = source->read(kGreetingMs * kSampleRateHz / 1000);
  test::Signal voice(block->agent.begin(), block->agent.end());
  return std::move(voice) + test::silence(length_ms - kGreetingMs);
}

/// How well `part` is found in `sound` where it fits best; 1: it is there.
double agreement(std::span<const float> sound, std::span<const float> part) {
  double best = 0.0;
  for (std::size_t from = 0; from + part.size() <= sound.size(); ++from) {
    double product = 0.0;
    double power = 1e-12;
    double part_power = 1e-12;
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto x = static_cast<double>(sound[from + i]);
      const auto y = static_cast<double>(part[i]);
      product += x * y;
      power += x * x;
      part_power += y * y;
    }
    best = std::max(best, product / std::sqrt(power * part_power));
  }
  return best;
}

TEST(PracticeCommand, TheCustomerAnswersIntoTheHeadsetAndTheCallIsTold) {
  if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  const test::TempFolder folder;
  SoundServer server({{"desk"}, {"headset"}}, {{"mic", "desk"}});
  const auto agent = folder / "agent.wav";
  test::write_recording(agent, test::kWav16, kSampleRateHz, {greeting(9500)});

  std::ostringstream out;
  std::ostringstream err;
  std::atomic<bool> stop{false};
  auto recording = server.record("headset", kSampleRateHz);
  auto status = std::async(std::launch::async, [&] {
    constexpr auto kCommand = std::to_array(
        {"tonecue", "practice", "interrupted", "--agent-device", "mic", "--output", "headset"});
    return run_program(static_cast<int>(kCommand.size()), kCommand.data(),
                       {.out = out, .err = err, .stop = stop});
  });
  EXPECT_EQ(server.play(agent, "desk").wait(), 0);
  stop = true;
  EXPECT_EQ(status.get(), kDone) << err.str();
  const auto played = recording.stop();

  const auto scenario = load_scenario(test::interrupted_call());
  ASSERT_TRUE(scenario) << scenario.error().message;
  const auto begin = std::span(scenario->clips.front()).first(kSampleRateHz / 2);
  EXPECT_GT(agreement(played, begin), 0.7) << "the headset plays the customer's first words";
  EXPECT_TRUE(test::contains(out.str(), "Greet them when you are ready")) << out.str();
  EXPECT_TRUE(test::contains(out.str(), "The call is over")) << out.str();
  EXPECT_TRUE(test::contains(out.str(), "too little to tell")) << "a few seconds of call";
}

}  // namespace
}  // namespace tonecue

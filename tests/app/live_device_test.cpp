// The command as an agent runs it: a microphone, what the headset plays, a headset, Ctrl-C.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/agent_page.h"
#include "app/calls.h"
#include "app/program_beside.h"
#include "app/program_run.h"
#include "support/sink_ear.h"
#include "support/sound_server.h"
#include "tonecue/alerts/alert_tone.h"
#include "tonecue/audio/file_source.h"

namespace tonecue {
namespace {

using Json = nlohmann::json;
using std::chrono::steady_clock;
using test::contains;
using test::ProgramBeside;
using test::SinkEar;
using test::SoundServer;
using test::operator+;  // NOLINT(misc-unused-using-decls): clang-tidy does not see operators used

const std::vector<test::MadeSink> kSinks = {{"line", 2}, {"headset"}};
const std::vector<test::MadeSource> kSources = {{"mic", "line", "front-left"},
                                                {"caller", "line", "front-right"}};

/// Part of a bundled call, and a moment of silence in which the last of it is heard.
void write_part(const std::filesystem::path& path, const std::string& call, int from_s, int to_s) {
  auto source = FileSource::create(TONECUE_SOURCE_DIR "/audio_samples/" + call);
  ASSERT_TRUE(source) << source.error().message;
  const auto block = source->read(to_s * kSampleRateHz);
  ASSERT_TRUE(block);
  std::vector<test::Signal> voices;
  for (const Party party : kParties) {
    const auto part = (*block)[party].subspan(static_cast<std::size_t>(from_s) * kSampleRateHz);
    voices.push_back(test::Signal(part.begin(), part.end()) + test::silence(2000));
  }
  test::write_recording(path, test::kWav16, kSampleRateHz, voices);
}

Json json_of(const std::filesystem::path& path) {
  return Json::parse(std::ifstream(path), nullptr, false);
}

/// Seconds at which the interruptions of a party began.
std::vector<double> interruptions(const Json& report, const std::string& party) {
  std::vector<double> starts;
  for (const Json& cue : report["cues"]) {
    if (cue["kind"] == "interruption" && cue["party"] == party) starts.push_back(cue["start_s"]);
  }
  return starts;
}

double first_word_s(const Json& report) { return report["segments"].at(0)["start_s"]; }

class LiveDevice : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
    test::write_bytes(config_, "[alerts]\nquiet_start_s = 0\n");
  }

  std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {
        "live",     "--agent-device", "mic",    "--customer-device", "caller",
        "--config", config_.string(), "--json", json_.string()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  const test::TempFolder folder_;
  const std::filesystem::path config_ = folder_ / "tonecue.toml";
  const std::filesystem::path json_ = folder_ / "live.json";
  const std::filesystem::path call_ = folder_ / "call.wav";
};

TEST_F(LiveDevice, ACallAtTheDeskTellsWhatItsRecordingTellsAndSoundsInTheHeadset) {
  write_part(call_, "distressed.flac", 40, 75);
  const auto analyzed = test::run({"analyze", call_.string(), "--quiet", "--json", "-"});
  const Json expected = Json::parse(analyzed.out);
  ASSERT_FALSE(interruptions(expected, "agent").empty()) << "nothing to compare";

  SoundServer server(kSinks, kSources);
  SinkEar ear(server, "headset");
  ProgramBeside live(command({"--output", "headset"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  auto player = server.play(call_, "line");
  const auto decided = live.out.await("(Interruption, agent)", std::chrono::seconds(60));
  EXPECT_EQ(player.wait(), 0);
  EXPECT_EQ(live.stop(), kDone);
  ear.stop();
  EXPECT_EQ(live.err.text(), "");

  const Json told = json_of(json_);
  const auto starts = interruptions(told, "agent");
  ASSERT_EQ(starts.size(), interruptions(expected, "agent").size());
  const double later_s = first_word_s(told) - first_word_s(expected);
  double worst_s = 0.0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const double off_s = std::abs(starts[i] - later_s - interruptions(expected, "agent")[i]);
    worst_s = std::max(worst_s, off_s);
  }
  EXPECT_LE(worst_s, 0.05);

  ASSERT_TRUE(decided) << live.out.text();
  // The agent speaks: the tone waits for their pause, 2 s at most.
  const auto tone = render_tone(ToneShape::conduct, SinkEar::kRateHz);
  const auto heard = ear.heard_at(tone, *decided - std::chrono::milliseconds(200),
                                  *decided + std::chrono::milliseconds(2500));
  EXPECT_TRUE(heard) << "no tone in the headset";

  const Json& facts = told["live"];
  ASSERT_EQ(facts["devices"].size(), 2U);
  for (const Json& device : facts["devices"]) {
    EXPECT_LE(device["gap_s"], 0.1) << device;
    EXPECT_EQ(device["times_lost"], 0) << device;
  }
  EXPECT_EQ(facts["devices"][0]["name"], "mic");
  EXPECT_EQ(facts["devices"][1]["parties"], Json::array({"customer"}));
  const auto wait_ms =
      std::chrono::duration<double, std::milli>(heard.value_or(*decided) - *decided);
  std::printf(
      "worst difference %.0f ms; microphone to decision: median %d ms, p99 %d ms; "
      "card to tone, with the wait for the agent's pause: %.0f ms\n",
      worst_s * 1000.0, facts["decision_median_ms"].get<int>(), facts["decision_p99_ms"].get<int>(),
      wait_ms.count());
}

TEST_F(LiveDevice, GoesOnWhenADeviceIsUnpluggedAndPluggedInAgain) {
  write_part(call_, "interrupted.flac", 30, 70);
  SoundServer server(kSinks, kSources);
  ProgramBeside live(command({"--no-sound"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  auto page = test::AgentPage(live.page_url()).events();
  auto player = server.play(call_, "line");
  while (page.read_event().name != "segment") ASSERT_TRUE(player.running()) << "nobody was heard";
  server.unplug("caller");
  ASSERT_TRUE(live.out.await("The caller's side gives no sound since")) << live.out.text();
  server.plug("caller");
  ASSERT_TRUE(live.out.await("The caller's side is back after")) << live.out.text();
  EXPECT_TRUE(live.out.await("(Interruption, agent)", std::chrono::seconds(60)))
      << "what comes after it is heard: " << live.out.text();
  EXPECT_EQ(live.stop(), kDone);

  const Json told = json_of(json_);
  const Json& mic = told["live"]["devices"].at(0);
  const Json& caller = told["live"]["devices"].at(1);
  EXPECT_EQ(caller["times_lost"], 1);
  EXPECT_GE(caller["gap_s"], 1.0);
  EXPECT_EQ(mic["times_lost"], 0);
  EXPECT_TRUE(contains(live.err.text(), "the device was gone once")) << live.err.text();
}

TEST_F(LiveDevice, TakesADeviceThatGoesAsSoonAsItIsOpened) {
  SoundServer server(kSinks, kSources);
  ProgramBeside live(command({"--no-sound"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  server.unplug("caller");
  ASSERT_TRUE(live.out.await("The caller's side gives no sound since")) << live.out.text();
  server.plug("caller");
  EXPECT_TRUE(live.out.await("The caller's side is back after")) << live.out.text();
  EXPECT_EQ(live.stop(), kDone);
}

TEST_F(LiveDevice, TellsThatTheHeadsetPlaysNoTonesAndThatItDoesAgain) {
  SoundServer server(kSinks, kSources);
  ProgramBeside live(command({"--output", "headset"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  server.unplug("headset");
  ASSERT_TRUE(live.out.await("The headset plays no tones since")) << live.out.text();
  server.plug("headset");
  EXPECT_TRUE(live.out.await("The headset plays tones again after")) << live.out.text();
  EXPECT_EQ(live.stop(), kDone);
}

TEST_F(LiveDevice, GoesOnWithoutTonesWhereThereIsNoSuchHeadset) {
  SoundServer server(kSinks, kSources);
  ProgramBeside live(command({"--output", "no such headset"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  EXPECT_EQ(live.stop(), kDone);
  EXPECT_TRUE(test::is_one_complaint(live.err.text())) << live.err.text();
  EXPECT_TRUE(contains(live.err.text(), "there will be no tones: ")) << live.err.text();
  EXPECT_TRUE(json_of(json_).contains("duration_s"));
}

TEST_F(LiveDevice, SaysInOneLineThatADeviceIsNotThereAtTheStart) {
  SoundServer server(kSinks, kSources);
  server.unplug("mic");
  const auto live = test::run(command());
  EXPECT_EQ(live.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(live.err)) << live.err;
  EXPECT_TRUE(contains(live.err, "mic")) << live.err;
  EXPECT_EQ(live.out, "");
}

TEST_F(LiveDevice, StopsAtOnceThoughEveryDeviceIsSilent) {
  SoundServer server(kSinks, kSources);
  ProgramBeside live(command({"--no-sound"}));
  ASSERT_NE(live.page_url(), "") << live.err.text();
  server.stall();
  const auto asked = steady_clock::now();
  const int status = live.stop();
  const auto took = steady_clock::now() - asked;
  server.go_on();
  EXPECT_EQ(status, kDone);
  EXPECT_LT(took, std::chrono::seconds(5)) << "a sound server that hangs";
}

}  // namespace
}  // namespace tonecue

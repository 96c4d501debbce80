// What the analysis thread of a live call does between two blocks of sound.

#include <sstream>

#include <gtest/gtest.h>

#include "app/agent_page.h"
#include "app/live/call_audience.h"
#include "app/live/live_call.h"
#include "app/made_line.h"
#include "support/heap_calls.h"
#include "tonecue/sinks/tone_player.h"
#include "tonecue/sinks/tone_sink.h"

namespace tonecue {
namespace {

/// Counts what the heap is asked for by all but the line itself.
class HeapWatch : public AudioSource {
 public:
  explicit HeapWatch(test::MadeLine& line) : line_(line) {}

  Result<CallBlock> read(int max_samples) override {
    if (reads_++ > 0) calls_ += test::heap_calls() - left_at_;
    auto block = line_.read(max_samples);
    left_at_ = test::heap_calls();
    return block;
  }
  std::span<const DeviceNotice> notices() noexcept override {
    const int before = test::heap_calls();
    const auto told = line_.notices();
    left_at_ += test::heap_calls() - before;
    return told;
  }

  int calls() const noexcept { return calls_; }
  int reads() const noexcept { return reads_; }

 private:
  test::MadeLine& line_;
  int reads_ = 0;
  int left_at_ = 0;
  int calls_ = 0;
};

TEST(LiveCallRt, TheAnalysisThreadLeavesTheHeapAloneWithTheWholeAudience) {
  auto desk = LiveDesk::create({.sound = false, .output = {}, .quiet_start_s = 0});
  ASSERT_TRUE(desk) << desk.error().message;
  const test::AgentPage page((*desk)->page()->url());
  const test::TempFolder folder;
  std::ostringstream out;
  constexpr int kRoomS = 10;
  SinkConfig sinks;
  sinks.json_lines = (folder / "events.jsonl").string();
  auto audience =
      CallAudience::create({.path = "made", .duration_ms = {}, .sample_rate_hz = kSampleRateHz},
                           sinks, kRoomS, **desk, out, {.live = true, .width_columns = {}});
  ASSERT_TRUE(audience) << audience.error().message;
  TonePlayer tones(48000);
  ToneSink tone(tones);  // The desk has one only where a headset is.
  (*audience)->add_direct(tone);

  test::MadeLine line;
  line.silence(1).call().meanwhile(
      8, [&] { EXPECT_EQ(page.post("/answers", R"({"alert": 1, "answer": "helpful"})"), 204); });
  line.meanwhile(4, [&] {
    line.tell({.kind = DeviceNotice::Kind::gap, .parties = {true, false}, .gap_ms = 120});
  });
  line.then([&] { EXPECT_EQ(page.post("/wake", ""), 204); }).silence(2);
  HeapWatch watched(line);
  SessionConfig session;
  session.alerts.quiet_start_s = 0;
  const std::atomic<bool> stop{false};
  const auto call = hear_call(
      watched, session,
      {.ends_by_silence = true, .captured_at = [] { return std::chrono::steady_clock::now(); }}, {},
      **audience, **desk, stop);
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(watched.calls(), 0) << "in " << watched.reads() << " blocks";
  ASSERT_FALSE(call->report.alerts.empty()) << "nothing was told";
  EXPECT_TRUE(call->report.alerts.front().answer) << "no wish was taken";
  EXPECT_GT(call->latency.count(), 4000);
}

}  // namespace
}  // namespace tonecue

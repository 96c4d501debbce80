#include "tonecue/pipeline/listener_thread.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/pipeline/call_broadcast.h"

namespace tonecue {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr Interest kEverything = {.hops = true, .frames = true, .turns = true};
constexpr milliseconds kPatience{10'000};

std::string entry(char kind, std::int64_t number) {
  std::string text(1, kind);
  return text += std::to_string(number);
}

/// Writes down what it is told, in order; can be held in the middle of its first event.
class Diary : public CallListener {
 public:
  void on_hop(const CallHop& hop) noexcept override {
    note(entry('h', static_cast<int>(hop.agent[0])));
  }
  void on_frame(const CallFrame& frame) noexcept override {
    note(entry('f', frame.voice.agent.index));
  }
  void on_turn(const TurnFrame& frame) noexcept override { note(entry('t', frame.index)); }
  void on_cue(const CueChange& change) noexcept override { note(entry('c', change.cue.start_ms)); }
  void on_alert(const Alert& alert) noexcept override {
    note(entry('a', alert.id) + std::string(alert.text));
  }
  void on_answer(const AlertAnswer& answer) noexcept override { note(entry('w', answer.alert_id)); }
  void on_notice(const DeviceNotice& notice) noexcept override { note(entry('n', notice.at_ms)); }

  void hold() { held_ = true; }
  void let_go() {
    held_ = false;
    held_.notify_all();
  }
  bool wait_until_told(int events) const {
    const auto deadline = steady_clock::now() + kPatience;
    while (told_.load() < events) {
      if (steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  /// After stop(), or wait_until_told() of all there are.
  const std::vector<std::string>& entries() const { return entries_; }
  std::thread::id thread() const { return thread_; }

 private:
  void note(std::string text) {
    entries_.push_back(std::move(text));
    thread_ = std::this_thread::get_id();
    ++told_;
    held_.wait(true);
  }
  std::vector<std::string> entries_;
  std::thread::id thread_;
  std::atomic<int> told_{0};
  std::atomic<bool> held_{false};
};

ListenerThread thread_of(CallListener& listener, const Interest& interest, int room_s = 10) {
  auto thread = ListenerThread::create(listener, interest, room_s);
  EXPECT_TRUE(thread) << thread.error().message;
  return std::move(*thread);
}

void tell_hop(CallListener& listener, int index) {
  CallHop hop{};
  hop.agent[0] = static_cast<float>(index);
  CallFrame frame;
  frame.voice.agent.index = index;
  TurnFrame turn;
  turn.index = index;
  listener.on_hop(hop);
  listener.on_frame(frame);
  listener.on_turn(turn);
}

void tell_alert(CallListener& listener, int id) {
  Alert alert;
  alert.id = id;
  alert.text = "!";
  listener.on_alert(alert);
}

void tell_cue(CallListener& listener, int start_ms) {
  CueChange change;
  change.cue.start_ms = start_ms;
  listener.on_cue(change);
}

TEST(ListenerThread, TellsEveryKindOfEventInItsOrderOnAThreadOfItsOwn) {
  Diary diary;
  auto thread = thread_of(diary, kEverything);
  CallListener& input = thread.input();
  tell_hop(input, 1);
  tell_cue(input, 5);
  tell_alert(input, 3);
  AlertAnswer answer;
  answer.alert_id = 3;
  input.on_answer(answer);
  DeviceNotice notice;
  notice.at_ms = 9;
  input.on_notice(notice);
  tell_hop(input, 2);

  EXPECT_TRUE(thread.stop());
  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"h1", "f1", "t1", "c5", "a3!", "w3", "n9",
                                                       "h2", "f2", "t2"}));
  EXPECT_NE(diary.thread(), std::this_thread::get_id());
}

TEST(ListenerThread, TellsOnlyWhatIsWanted) {
  Diary diary;
  auto thread = thread_of(diary, {});
  tell_hop(thread.input(), 1);
  tell_alert(thread.input(), 1);
  TurnFrame end;
  end.index = 2;
  end.ended_segment.agent = SpeechSegment{};
  thread.input().on_turn(end);
  EXPECT_TRUE(thread.stop());
  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"a1!"}));
}

TEST(ListenerThread, TellsWhoAsksForSegmentsTheFramesThatEndOne) {
  Diary diary;
  auto thread = thread_of(diary, {.segments = true});
  tell_hop(thread.input(), 1);
  TurnFrame segment;
  segment.index = 2;
  segment.ended_segment.agent = SpeechSegment{};
  thread.input().on_turn(segment);
  TurnFrame overlap;
  overlap.index = 3;
  overlap.ended_overlap.customer = Overlap{};
  thread.input().on_turn(overlap);
  EXPECT_TRUE(thread.stop());
  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"t2", "t3"}));
}

TEST(ListenerThread, TellsARareEventAtOnceAndTheStreamWithinTheNextHops) {
  Diary diary;
  auto thread = thread_of(diary, kEverything);
  tell_alert(thread.input(), 1);
  EXPECT_TRUE(diary.wait_until_told(1));
  for (int i = 0; i < 10; ++i) tell_hop(thread.input(), i);
  EXPECT_TRUE(diary.wait_until_told(1 + 28)) << "all but what comes after the tenth hop's samples";
}

TEST(ListenerThread, LosesNothingOfALongCallToldAsFastAsTheListenerCanTake) {
  constexpr int kHops = 60'000;  // Ten minutes.
  Diary diary;
  auto thread = thread_of(diary, kEverything);
  for (int i = 0; i < kHops; ++i) {
    tell_hop(thread.input(), i);
    if (i % 500 == 499) {  // Room is 10 s.
      ASSERT_TRUE(diary.wait_until_told(3 * (i - 5)));
    }
  }
  EXPECT_TRUE(thread.stop(kPatience));
  ASSERT_EQ(diary.entries().size(), 3U * kHops);
  for (std::size_t i = 0; i < kHops; ++i) {
    ASSERT_EQ(diary.entries()[3 * i], entry('h', static_cast<std::int64_t>(i)));
    ASSERT_EQ(diary.entries()[3 * i + 2], entry('t', static_cast<std::int64_t>(i)));
  }
  EXPECT_EQ(thread.dropped().hops + thread.dropped().frames + thread.dropped().turns, 0);
}

TEST(ListenerThread, DropsTheStreamBeforeAnyRareEventAndCountsItByKind) {
  constexpr int kHops = 3'000;
  Diary diary;
  diary.hold();
  auto thread = thread_of(diary, {.frames = true, .turns = true}, 1);
  tell_alert(thread.input(), 0);
  ASSERT_TRUE(diary.wait_until_told(1));
  for (int i = 0; i < kHops; ++i) tell_hop(thread.input(), i);
  constexpr int kRare = static_cast<int>(ListenerThread::kRareEvents);
  for (int i = 0; i < kRare; ++i) tell_alert(thread.input(), i);
  EXPECT_EQ(thread.dropped().rare, 0);
  for (int i = 0; i < kRare; ++i) tell_cue(thread.input(), i);
  const DroppedEvents dropped = thread.dropped();
  EXPECT_EQ(dropped.rare, kRare) << "that room is bounded too";
  EXPECT_EQ(dropped.hops, 0) << "not asked for";
  EXPECT_GT(dropped.frames, 0);

  diary.let_go();
  EXPECT_TRUE(thread.stop());
  const auto told = [&](char kind) {
    return std::count_if(diary.entries().begin(), diary.entries().end(),
                         [kind](const std::string& text) { return text[0] == kind; });
  };
  EXPECT_EQ(told('f') + dropped.frames, kHops);
  EXPECT_EQ(told('t') + dropped.turns, kHops);
  EXPECT_EQ(told('a'), 1 + kRare);
  EXPECT_GE(told('t'), 100) << "a second at least";
}

TEST(ListenerThread, LetsAListenerThatBlocksDelayNeitherTheOthersNorTheCall) {
  constexpr int kHops = 1'000;  // Ten seconds of a call, told in no time.
  Diary stuck;
  stuck.hold();
  Diary awake;
  auto stuck_thread = thread_of(stuck, kEverything, 1);
  auto awake_thread = thread_of(awake, kEverything, 20);
  const std::array<CallListener*, 2> inputs = {&stuck_thread.input(), &awake_thread.input()};
  CallBroadcast both(inputs);
  tell_alert(both, 0);
  ASSERT_TRUE(stuck.wait_until_told(1));

  std::vector<double> hop_us;
  for (int i = 0; i < kHops; ++i) {
    const auto begin = steady_clock::now();
    tell_hop(both, i);
    hop_us.push_back(
        std::chrono::duration<double, std::micro>(steady_clock::now() - begin).count());
  }
  tell_alert(both, 1);
  EXPECT_TRUE(awake.wait_until_told(3 * kHops + 2)) << "while the other still blocks";

  std::sort(hop_us.begin(), hop_us.end());
  RecordProperty("hop_us_p50", std::to_string(hop_us[kHops / 2]));
  RecordProperty("hop_us_p99", std::to_string(hop_us[kHops * 99 / 100]));
  EXPECT_LT(hop_us[kHops / 2], 1'000.0) << "a hop is 10 ms";
  stuck.let_go();
  EXPECT_TRUE(stuck_thread.stop());
}

TEST(ListenerThread, EndsWithinItsLimitAndTellsWhatItLeft) {
  class Slow : public CallListener {
   public:
    void on_alert(const Alert& /*alert*/) noexcept override {
      std::this_thread::sleep_for(milliseconds(20));  // What it does is to take time.
    }
  };
  Slow slow;
  auto thread = thread_of(slow, {});
  for (int i = 0; i < 100; ++i) tell_alert(thread.input(), i);
  const auto begin = steady_clock::now();
  EXPECT_FALSE(thread.stop(milliseconds(100)));
  EXPECT_LT(steady_clock::now() - begin, milliseconds(1'500)) << "all of them take 2 s";
  EXPECT_GT(thread.dropped().rare, 50);
}

TEST(ListenerThread, TakesNoMoreAfterItsEndAndMayBeStoppedTwice) {
  Diary diary;
  auto thread = thread_of(diary, {});
  EXPECT_TRUE(thread.stop());
  tell_alert(thread.input(), 1);
  EXPECT_TRUE(thread.stop());
  EXPECT_TRUE(diary.entries().empty());
  EXPECT_EQ(thread.dropped().rare, 1);
}

TEST(ListenerThread, DeliversWhatIsQueuedWhenItIsDestroyed) {
  Diary diary;
  {
    auto thread = thread_of(diary, kEverything);
    tell_hop(thread.input(), 7);
  }
  EXPECT_EQ(diary.entries().size(), 3U);
}

TEST(ListenerThread, RefusesARoomOutOfRange) {
  Diary diary;
  EXPECT_EQ(ListenerThread::create(diary, {}, 0).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(ListenerThread::create(diary, {}, 61).error().code, ErrorCode::invalid_argument);
}

double cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// At the pace of a call, four listeners: two of meters, two of alerts alone.
TEST(ListenerThread, CostsLittleAtThePaceOfACall) {
  constexpr int kHops = 150;
  std::array<CallListener, 4> listeners;
  std::vector<ListenerThread> threads;
  std::vector<CallListener*> inputs;
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    threads.push_back(thread_of(listeners.at(i), i < 2 ? kEverything : Interest{}));
    inputs.push_back(&threads.back().input());
  }
  CallBroadcast all(inputs);
  const double before_s = cpu_s();
  auto next = steady_clock::now();
  for (int i = 0; i < kHops; ++i) {
    tell_hop(all, i);
    next += milliseconds(10);
    std::this_thread::sleep_until(next);  // The pace itself is what is measured.
  }
  const double share_percent = 100.0 * (cpu_s() - before_s) / (kHops * 0.01);
  RecordProperty("cpu_percent", std::to_string(share_percent));
  EXPECT_LT(share_percent, 5.0) << "percent of a core; alone on a machine well under 1";
}

}  // namespace
}  // namespace tonecue

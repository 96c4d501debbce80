#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/made_call.h"
#include "store/temp_store.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

TEST(StoreThreads, ReadWholeStatesWhileOneWrites) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  const CallReport whole = test::MadeCall(1).report(120'000);
  auto writer = calls.begin(test::some_details(), test::some_makers(), {});
  ASSERT_TRUE(writer);
  const std::int64_t id = writer->call_id();

  std::atomic<bool> over = false;
  std::atomic<int> reads = 0;
  std::vector<std::thread> readers;
  readers.reserve(4);
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      const CallStore mine(store);
      std::int64_t last_ms = 0;
      while (!over) {
        const auto call = mine.load(kEverything, id);
        ASSERT_TRUE(call) << call.error().message;
        const CallReport expected = test::so_far(whole, call->report.duration_ms);
        EXPECT_GE(call->report.duration_ms, last_ms);
        EXPECT_EQ(call->report.track.agent.size(), expected.track.agent.size());
        EXPECT_EQ(call->report.cues.size(), expected.cues.size());
        EXPECT_EQ(call->report.segments.size(), expected.segments.size());
        last_ms = call->report.duration_ms;
        ++reads;
      }
    });
  }
  for (std::int64_t now_ms = 1000; now_ms <= 120'000; now_ms += 1000) {
    const auto done = writer->update(test::so_far(whole, now_ms));
    ASSERT_TRUE(done) << done.error().message;
  }
  while (reads < 8) std::this_thread::yield();
  over = true;
  for (auto& reader : readers) reader.join();
}

TEST(StoreThreads, WriteOneAfterAnother) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  Store other_process = test::open_store(folder.path());  // As another process would have it.
  constexpr int kThreads = 6;
  constexpr int kCalls = 8;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      CallStore calls(i % 2 == 0 ? store : other_process);
      for (int n = 0; n < kCalls; ++n) {
        const auto id =
            calls.add(test::some_details(), test::some_makers(), test::MadeCall(1).report(10'000));
        EXPECT_TRUE(id) << id.error().message;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  auto reading = store.impl().read();
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->connection().integer_of("SELECT count(*) FROM calls").value_or(-1),
            kThreads * kCalls);
}

}  // namespace
}  // namespace tonecue

#include <algorithm>

#include <gtest/gtest.h>

#include "store/calls/abandoned_calls.h"
#include "store/made_call.h"
#include "store/same_report.h"
#include "store/store_fixture.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using test::expect_same;
using test::kEverything;
using test::MadeCall;
using test::some_details;
using test::some_makers;

class CallWriterTest : public test::StoreFixture {};

TEST_F(CallWriterTest, BringsAnOpenCallToEachNewState) {
  const CallReport whole = MadeCall(4).report(130'000);
  auto writer = calls_.begin(some_details(), some_makers(), {});
  ASSERT_TRUE(writer) << writer.error().message;

  for (const std::int64_t now_ms : {1000, 2050, 59'950, 60'000, 61'000, 61'000, 129'000}) {
    SCOPED_TRACE(now_ms);
    const CallReport now = test::so_far(whole, now_ms);
    const auto done = writer->update(now);
    ASSERT_TRUE(done) << done.error().message;
    const auto kept = calls_.load(kEverything, writer->call_id());
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->entry.state, CallState::open);
    expect_same(kept->report, now);
  }
  ASSERT_TRUE(writer->finish(whole));
  const auto kept = calls_.load(kEverything, writer->call_id());
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->entry.state, CallState::done);
  expect_same(kept->report, whole);
}

TEST_F(CallWriterTest, KeepsTheIdsOfCuesThatGrow) {
  const CallReport whole = MadeCall(5).report(300'000);
  auto writer = calls_.begin(some_details(), some_makers(), test::so_far(whole, 100'000));
  ASSERT_TRUE(writer);
  const auto before = calls_.load(kEverything, writer->call_id());
  ASSERT_TRUE(before);
  ASSERT_GE(before->cue_ids.size(), 3U);

  ASSERT_TRUE(writer->finish(whole));

  const auto after = calls_.load(kEverything, writer->call_id());
  ASSERT_TRUE(after);
  ASSERT_GT(after->cue_ids.size(), before->cue_ids.size());
  EXPECT_TRUE(std::equal(before->cue_ids.begin(), before->cue_ids.end(), after->cue_ids.begin()));
}

TEST_F(CallWriterTest, FollowsAReportThatTakesThingsBack) {
  const CallReport whole = MadeCall(6).report(130'000);
  auto writer = calls_.begin(some_details(), some_makers(), whole);
  ASSERT_TRUE(writer);
  for (const std::int64_t now_ms : {61'000, 60'000, 300, 0}) {
    SCOPED_TRACE(now_ms);
    const CallReport less = test::so_far(whole, now_ms);
    ASSERT_TRUE(writer->update(less));
    const auto kept = calls_.load(kEverything, writer->call_id());
    ASSERT_TRUE(kept) << kept.error().message;
    expect_same(kept->report, less);
  }
}

TEST_F(CallWriterTest, TellsAWriterThatItsCallWasRemoved) {
  const CallReport report = MadeCall(9).report(5000);
  auto writer = calls_.begin(some_details(), some_makers(), report);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(calls_.remove(kEverything, writer->call_id()));

  const auto updated = writer->update(report);

  ASSERT_FALSE(updated);
  EXPECT_EQ(updated.error().code, ErrorCode::not_found);
  EXPECT_EQ(integer_of("SELECT count(*) FROM cues"), 0);
}

TEST_F(CallWriterTest, CallsACallCutShortWhenNobodyHasWrittenToItForAMinute) {
  const CallReport report = MadeCall(10).report(5000);
  auto fresh = calls_.begin(some_details(), some_makers(), report);
  auto stale = calls_.begin(some_details(), some_makers(), report);
  ASSERT_TRUE(fresh && stale);
  execute("UPDATE calls SET written_ms = written_ms - 60001 WHERE id = " +
          std::to_string(stale->call_id()));

  Store again = test::open_store(folder_.path());
  const CallStore calls(again);

  EXPECT_EQ(calls.entry(kEverything, fresh->call_id())->state, CallState::open);
  EXPECT_EQ(calls.entry(kEverything, stale->call_id())->state, CallState::cut_short);
  ASSERT_TRUE(stale->update(report));  // It was only slow.
  EXPECT_EQ(calls.entry(kEverything, stale->call_id())->state, CallState::open);
}

TEST_F(CallWriterTest, EndsAbandonedCallsOfAProgramThatRunsOn) {
  auto writer = calls_.begin(some_details(), some_makers(), {});
  ASSERT_TRUE(writer);
  ASSERT_TRUE(calls_.end_abandoned(unix_ms_now()));
  EXPECT_EQ(calls_.entry(kEverything, writer->call_id())->state, CallState::open);
  ASSERT_TRUE(calls_.end_abandoned(unix_ms_now() + kAbandonedMs + 1000));
  EXPECT_EQ(calls_.entry(kEverything, writer->call_id())->state, CallState::cut_short);
}

}  // namespace
}  // namespace tonecue

#include "app/serve/retention_job.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/kept_calls.h"
#include "audio/recordings.h"
#include "tonecue/audio/recording_writer.h"
#include "tonecue/pipeline/call_keeper.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/data_age.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kBeginMs = 1'795'339'800'000;  // 2026-11-22

class RetentionJobTest : public testing::Test {
 protected:
  /// A call of that day, with sound.
  std::int64_t add(int day) {
    CallDetails details;
    details.started_unix_ms = kBeginMs + day * kDayMs;
    details.origin = CallOrigin::uploaded;  // Of which the server tells the log.
    details.source = std::to_string(day);
    CallReport report;
    report.duration_ms = 1000;
    const auto id = CallStore(store_).add(details, {"test", "# settings"}, report);
    EXPECT_TRUE(id) << id.error().message;
    auto sound = RecordingWriter::create(folder_ / "store/incoming");
    EXPECT_TRUE(sound && sound->write({}));
    EXPECT_TRUE(keep_sound(store_, *id, details.started_unix_ms, *sound));
    return *id;
  }

  std::vector<std::string> days_left() {
    std::vector<std::string> days;
    for (const CallEntry& call : test::calls_in(store_)) days.push_back(call.details.source);
    return days;
  }

  int days_with_sound() {
    int count = 0;
    for (const CallEntry& call : test::calls_in(store_)) count += call.audio ? 1 : 0;
    return count;
  }

  std::vector<AuditEntry> log() {
    const auto entries = AuditLog(store_).list(0, 100);
    EXPECT_TRUE(entries);
    return entries ? *entries : std::vector<AuditEntry>{};
  }

  test::TempFolder folder_;
  Store store_ = test::store_in(folder_ / "store");
};

TEST_F(RetentionJobTest, EachKindGoesWhenItsTimeIsOver) {
  for (const int day : {0, 10, 20, 30}) add(day);
  const Retention retention{.audio_days = 10, .calls_days = 25, .audit_days = 0};
  const auto removed = remove_old(store_, retention, kBeginMs + 31 * kDayMs);
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed->audio, 3);
  EXPECT_EQ(removed->calls, 1);
  EXPECT_EQ(days_left(), (std::vector<std::string>{"10", "20", "30"}));
  EXPECT_EQ(days_with_sound(), 1);
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "store/recordings")) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(files, 1);
}

TEST_F(RetentionJobTest, ACallOfTheVeryDayStaysUntilItIsOver) {
  add(0);
  const Retention retention{.audio_days = 1, .calls_days = 1, .audit_days = 0};
  ASSERT_TRUE(remove_old(store_, retention, kBeginMs + kDayMs));
  EXPECT_EQ(days_left().size(), 1U);
  ASSERT_TRUE(remove_old(store_, retention, kBeginMs + kDayMs + 1));
  EXPECT_TRUE(days_left().empty());
}

TEST_F(RetentionJobTest, ZeroDaysAreForEver) {
  add(0);
  const Retention retention{.audio_days = 0, .calls_days = 0, .audit_days = 0};
  const auto removed = remove_old(store_, retention, kBeginMs + 30'000 * kDayMs);
  ASSERT_TRUE(removed);
  EXPECT_EQ(days_left().size(), 1U);
  EXPECT_TRUE(log().empty()) << "nothing went";
}

TEST_F(RetentionJobTest, ACallThatGoesOnIsNeverTooOld) {
  CallDetails details;
  details.started_unix_ms = kBeginMs;
  CallReport report;
  const auto writer = CallStore(store_).begin(details, {"test", "# settings"}, report);
  ASSERT_TRUE(writer) << writer.error().message;
  const Retention retention{.audio_days = 1, .calls_days = 1, .audit_days = 0};
  ASSERT_TRUE(remove_old(store_, retention, kBeginMs + 3 * kDayMs));
  EXPECT_EQ(test::calls_in(store_).size(), 1U);
}

TEST_F(RetentionJobTest, SoundWhoseFileIsGoneAlreadyIsForgotten) {
  const auto id = add(0);
  fs::remove(folder_ / "store" / recording_place(id, kBeginMs));
  const Retention retention{.audio_days = 1, .calls_days = 0, .audit_days = 0};
  const auto removed = remove_old(store_, retention, kBeginMs + 2 * kDayMs);
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed->audio, 1);
  EXPECT_EQ(days_with_sound(), 0);
}

TEST_F(RetentionJobTest, TheLogTellsWhatWentAndItsChainHolds) {
  for (int day = 0; day < 3; ++day) {
    add(day);
    ASSERT_TRUE(AuditLog(store_).add(
        {.at_unix_ms = kBeginMs + day * kDayMs, .who = "jo", .action = "call.view"}));
  }
  const Retention retention{.audio_days = 1, .calls_days = 184, .audit_days = 184};
  const auto removed = remove_old(store_, retention, kBeginMs + 185 * kDayMs + 1);
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed->calls, 2);
  EXPECT_EQ(removed->audit, 2);
  const auto newest = log().front();
  EXPECT_EQ(newest.event.action, "retention.run");
  EXPECT_NE(newest.event.detail.find("2 calls"), std::string::npos) << newest.event.detail;
  const auto check = AuditLog(store_).verify();
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->first_broken);
}

TEST_F(RetentionJobTest, TheJobRunsAtOnceAndSaysHowLongThingsAreKept) {
  add(-9000);  // Long ago by the true clock, too.
  auto job = RetentionJob::start(store_, {.audio_days = 30, .calls_days = 365, .audit_days = 730},
                                 [](const std::string& line) { ADD_FAILURE() << line; });
  ASSERT_TRUE(job) << job.error().message;
  EXPECT_TRUE(test::comes_true([&job] { return job->last_run_unix_ms().has_value(); }));
  job->stop();
  EXPECT_EQ(DataAge(store_).calls()->count, 0);
  EXPECT_EQ(log().back().event.action, "retention.begin");
  EXPECT_NE(log().back().event.detail.find("recordings 30 days"), std::string::npos);
}

TEST_F(RetentionJobTest, TheStockTellsWhatThereIs) {
  EXPECT_EQ(DataAge(store_).calls()->count, 0);
  EXPECT_FALSE(DataAge(store_).calls()->oldest_unix_ms);
  add(3);
  add(1);
  EXPECT_EQ(DataAge(store_).calls()->count, 2);
  EXPECT_EQ(DataAge(store_).calls()->oldest_unix_ms, kBeginMs + kDayMs);
  EXPECT_EQ(DataAge(store_).audio()->count, 2);
  EXPECT_EQ(DataAge(store_).audit()->count, 0);
}

}  // namespace
}  // namespace tonecue

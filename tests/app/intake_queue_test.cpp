#include "app/serve/intake_queue.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/kept_calls.h"
#include "support/disk_full.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using State = IntakeJob::State;
using test::operator+;  // NOLINT(misc-unused-using-decls): clang-tidy does not see operators used

class IntakeQueueTest : public testing::Test {
 protected:
  IntakeQueue& open(KeepingRules rules = {}, int threads = 2) {
    rules.makers = {"test", "# settings"};
    IntakeQueueConfig config{.rules = std::move(rules), .threads = threads};
    config.retry_after = std::chrono::milliseconds(100);
    auto queue = IntakeQueue::create(store_, std::move(config), [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      complaints_.push_back(line);
    });
    EXPECT_TRUE(queue) << queue.error().message;
    queue_.emplace(std::move(*queue));
    return *queue_;
  }

  /// Another call for each `pitch`.
  std::string recording(const std::string& name, float pitch_hz = 110.0F) {
    test::write_recording(folder_ / name, test::kWav16, kSampleRateHz,
                          {test::vowel(pitch_hz, 800, -20.0F) + test::silence(1200),
                           test::silence(1000) + test::vowel(210.0F, 1000, -22.0F)});
    return (folder_ / name).string();
  }

  static IntakeFile file(const std::string& path, CallOrigin origin = CallOrigin::uploaded) {
    IntakeFile file;
    file.path = path;
    file.details.origin = origin;
    file.details.source = fs::path(path).filename().string();
    file.by = "jo";
    return file;
  }

  static FileStamp stamp_of(const std::string& path) {
    std::error_code none;
    const auto size = fs::file_size(path, none);
    const auto written = fs::last_write_time(path, none);
    return {.path = path,
            .size_bytes = none ? 0 : static_cast<std::int64_t>(size),
            .written_unix_ns = none ? 0 : written.time_since_epoch().count()};
  }
  void watch(const IntakeFile& watched) { queue_->watch(watched, stamp_of(watched.path)); }
  void watch(const std::string& path) { watch(file(path, CallOrigin::watched)); }

  void work_off() {
    ASSERT_TRUE(test::comes_true([this] { return queue_->idle(); }));
  }

  std::size_t files_incoming() const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / "store/incoming", none), {}));
  }

  std::vector<std::string> complaints() {
    const std::lock_guard lock(mutex_);
    return complaints_;
  }

  test::TempFolder folder_;
  Store store_ = test::store_in(folder_ / "store");
  std::mutex mutex_;
  std::vector<std::string> complaints_;
  std::optional<IntakeQueue> queue_;  // Last: its threads use the rest.
};

TEST_F(IntakeQueueTest, AnUploadBecomesACallAndItsFileGoes) {
  open();
  IntakeFile upload = file(recording("call.wav"));
  upload.details.agent = "Jo";
  upload.details.started_unix_ms = 1'795'339'800'000;
  const auto job = queue_->submit(upload);
  ASSERT_TRUE(job) << job.error().message;
  EXPECT_FALSE(fs::exists(folder_ / "call.wav")) << "it is the queue's";
  work_off();
  const auto jobs = queue_->jobs();
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0].id, *job);
  EXPECT_EQ(jobs[0].state, State::done) << jobs[0].error;
  EXPECT_EQ(jobs[0].name, "call.wav");
  EXPECT_EQ(jobs[0].by, "jo");
  EXPECT_EQ(jobs[0].progress, 1.0F);
  const auto calls = test::calls_in(store_);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].id, jobs[0].call_id);
  EXPECT_EQ(calls[0].details.agent, "Jo");
  EXPECT_EQ(calls[0].details.started_unix_ms, 1'795'339'800'000);
  EXPECT_EQ(calls[0].details.origin, CallOrigin::uploaded);
  EXPECT_FALSE(calls[0].audio) << "no sound is kept unless asked";
  EXPECT_EQ(files_incoming(), 0U);
}

TEST_F(IntakeQueueTest, TheSameContentUnderTwoNamesAtTheSameTimeIsOneCall) {
  open({}, 4);
  const std::string first = recording("first.wav");
  const std::string second = recording("second.wav");
  const std::string third = recording("third.wav");
  for (const auto& path : {first, second, third}) ASSERT_TRUE(queue_->submit(file(path)));
  work_off();
  EXPECT_EQ(test::calls_in(store_).size(), 1U);
  std::vector<State> states;
  for (const IntakeJob& job : queue_->jobs()) {
    states.push_back(job.state);
    EXPECT_EQ(job.call_id, test::calls_in(store_).front().id);
  }
  EXPECT_EQ(std::count(states.begin(), states.end(), State::done), 1);
  EXPECT_EQ(std::count(states.begin(), states.end(), State::known), 2);
}

TEST_F(IntakeQueueTest, WhatIsNoRecordingFailsWithOneLineAndIsKnownFromThenOn) {
  open();
  test::write_bytes(folder_ / "notes.wav", "this is no sound");
  const std::string path = (folder_ / "notes.wav").string();
  EXPECT_FALSE(queue_->knows(stamp_of(path)));
  watch(path);
  work_off();
  const IntakeJob job = queue_->jobs().front();
  EXPECT_EQ(job.state, State::failed);
  EXPECT_NE(job.error, "");
  EXPECT_EQ(job.error.find('\n'), std::string::npos);
  EXPECT_EQ(job.progress, 0.0F);
  EXPECT_TRUE(fs::exists(path)) << "a watched file is never touched";
  EXPECT_EQ(complaints().size(), 1U);
  EXPECT_TRUE(queue_->knows(stamp_of(path)));

  queue_->stop();
  open();  // As after a restart.
  EXPECT_TRUE(queue_->knows(stamp_of(path)));
  const auto all_there = [](std::string_view /*path*/) { return true; };
  queue_->looked(all_there);
  queue_->looked(all_there);
  ASSERT_EQ(complaints().size(), 2U) << "what was refused before is told once, in one line";
  EXPECT_EQ(complaints()[1].find("1 watched file was refused before"), 0U) << complaints()[1];
  EXPECT_NE(complaints()[1].find(job.error), std::string::npos) << complaints()[1];

  test::write_bytes(folder_ / "notes.wav", "this is no sound either");
  EXPECT_FALSE(queue_->knows(stamp_of(path))) << "written anew, it is another file";
}

TEST_F(IntakeQueueTest, WhatAnotherVersionRefusedIsTriedAgain) {
  open();
  test::write_bytes(folder_ / "notes.wav", "this is no sound");
  const std::string path = (folder_ / "notes.wav").string();
  WatchedFile refused{.stamp = stamp_of(path),
                      .content_sha256 = std::string(64, 'a'),
                      .refusal = "cannot be read",
                      .program_version = "older"};
  ASSERT_TRUE(WatchedFiles(store_).remember({&refused, 1}));
  EXPECT_FALSE(queue_->knows(stamp_of(path)));
  refused.refusal.clear();
  ASSERT_TRUE(WatchedFiles(store_).remember({&refused, 1}));
  EXPECT_TRUE(queue_->knows(stamp_of(path))) << "a call that an older one stored is stored";
}

TEST_F(IntakeQueueTest, ADeletedCallDoesNotComeBackFromTheFolder) {
  open();
  const std::string path = recording("call.wav");
  watch(path);
  work_off();
  ASSERT_EQ(test::calls_in(store_).size(), 1U);
  ASSERT_TRUE(CallStore(store_).remove(test::everything(), test::calls_in(store_)[0].id));
  queue_->stop();
  open();
  EXPECT_TRUE(queue_->knows(stamp_of(path)));
}

TEST_F(IntakeQueueTest, OfFilesThatWentNothingIsKept) {
  open();
  const std::string path = recording("call.wav");
  watch(path);
  work_off();
  queue_->stop();
  open();
  queue_->looked([](std::string_view /*path*/) { return false; });
  EXPECT_FALSE(queue_->knows(stamp_of(path)));
}

TEST_F(IntakeQueueTest, ARenamedAndACopiedFileAreTheSameCall) {
  open();
  watch(recording("call.wav"));
  work_off();
  fs::copy_file(folder_ / "call.wav", folder_ / "copy.wav");
  fs::rename(folder_ / "call.wav", folder_ / "renamed.wav");
  for (const char* name : {"copy.wav", "renamed.wav"}) {
    const std::string path = (folder_ / name).string();
    EXPECT_FALSE(queue_->knows(stamp_of(path)));
    watch(path);
    work_off();
    EXPECT_TRUE(queue_->knows(stamp_of(path)));
  }
  EXPECT_EQ(test::calls_in(store_).size(), 1U);
  EXPECT_TRUE(complaints().empty());
}

TEST_F(IntakeQueueTest, AFileThatIsGoneWhenItsTurnComesFails) {
  open();
  watch((folder_ / "gone.wav").string());
  work_off();
  ASSERT_EQ(queue_->jobs().size(), 1U);
  EXPECT_EQ(queue_->jobs()[0].state, State::failed);
  EXPECT_EQ(complaints().size(), 1U);
  EXPECT_FALSE(queue_->knows(stamp_of((folder_ / "gone.wav").string())))
      << "that says nothing of what it holds";
}

TEST_F(IntakeQueueTest, AWatchedFileThatIsStoredAlreadyLeavesNoJob) {
  const std::string path = recording("call.wav");
  open();
  watch(path);
  work_off();
  ASSERT_EQ(queue_->jobs().size(), 1U);
  open();  // As after a restart.
  watch(path);
  work_off();
  EXPECT_TRUE(queue_->jobs().empty());
  EXPECT_EQ(test::calls_in(store_).size(), 1U);
  EXPECT_TRUE(fs::exists(path));
}

TEST_F(IntakeQueueTest, UploadsThatAStopLeftAreTakenUpByTheNextProgram) {
  {
    open({}, 1);
    for (int i = 0; i < 4; ++i) {
      IntakeFile upload = file(recording("call.wav", 100.0F + 10.0F * static_cast<float>(i)));
      upload.details.team = "billing";
      ASSERT_TRUE(queue_->submit(upload));
    }
    queue_->stop();
  }
  const std::size_t before = test::calls_in(store_).size();
  ASSERT_LT(before, 4U) << "the machine is too quick for this test";
  test::write_bytes(folder_ / "store/incoming/upload-Xabcde", "half an upload, without its note");
  open();
  queue_->resume();
  work_off();
  const auto calls = test::calls_in(store_);
  ASSERT_EQ(calls.size(), 4U);
  for (const CallEntry& call : calls) {
    EXPECT_EQ(call.details.team, "billing");
    EXPECT_EQ(call.details.source, "call.wav");
    EXPECT_EQ(call.details.origin, CallOrigin::uploaded);
  }
  EXPECT_EQ(files_incoming(), 0U);
}

TEST_F(IntakeQueueTest, WithoutRoomForItACallWaitsUntilThereIsSome) {
  open();
  const std::string path = recording("call.wav");
  {
    const test::DiskFull full;
    watch(path);
    ASSERT_TRUE(test::comes_true([this] { return !complaints().empty(); }));
    EXPECT_NE(complaints().front().find("put off"), std::string::npos) << complaints().front();
  }
  work_off();
  EXPECT_EQ(test::calls_in(store_).size(), 1U);
  EXPECT_EQ(queue_->jobs().front().state, State::done);
  EXPECT_EQ(queue_->jobs().front().error, "");
}

TEST_F(IntakeQueueTest, AnUploadThatCannotBeKeptIsRefused) {
  open();
  const std::string path = recording("call.wav");
  const test::DiskFull full;
  const auto job = queue_->submit(file(path));
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code, ErrorCode::unwritable);
  EXPECT_EQ(files_incoming(), 0U);
}

TEST_F(IntakeQueueTest, WhereNoticeIsRequiredOnlyAConsentReferenceLetsAVoiceBeJudged) {
  KeepingRules rules;
  rules.require_notice = true;
  open(rules);
  const fs::path calls = fs::path(TONECUE_SOURCE_DIR) / "audio_samples";
  IntakeFile untold = file((calls / "distressed.flac").string(), CallOrigin::watched);
  IntakeFile told = file((calls / "interrupted.flac").string(), CallOrigin::watched);
  told.details.consent_ref = "IVR 17";
  watch(untold);
  watch(told);
  work_off();
  for (const CallEntry& entry : test::calls_in(store_)) {
    const auto call = CallStore(store_).load(test::everything(), entry.id);
    ASSERT_TRUE(call) << call.error().message;
    const bool has_notice = !entry.details.consent_ref.empty();
    EXPECT_EQ(call->report.distress.judged_s > 0.0F, has_notice);
    EXPECT_EQ(call->report.distress.withheld(), !has_notice);
  }
}

TEST_F(IntakeQueueTest, TheSoundIsKeptWhenTheRulesSaySo) {
  KeepingRules rules;
  rules.keep_audio = true;
  open(rules);
  ASSERT_TRUE(queue_->submit(file(recording("call.wav"))));
  work_off();
  const auto calls = test::calls_in(store_);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_TRUE(calls[0].audio);
  EXPECT_EQ(files_incoming(), 0U);
}

TEST_F(IntakeQueueTest, TellsTheNewestHundredJobs) {
  open({}, 4);
  for (int i = 0; i < 130; ++i) {
    watch((folder_ / ("gone" + std::to_string(i))).string());
  }
  work_off();
  const auto jobs = queue_->jobs();
  ASSERT_EQ(jobs.size(), IntakeQueue::kMostJobs);
  EXPECT_EQ(jobs.front().id, 130);
  EXPECT_EQ(jobs.back().id, 31);
}

}  // namespace
}  // namespace tonecue

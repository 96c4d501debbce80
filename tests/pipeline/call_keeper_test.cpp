#include "tonecue/pipeline/call_keeper.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"
#include "support/disk_full.h"
#include "tonecue/audio/file_hash.h"
#include "tonecue/pipeline/call_broadcast.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

CallBlock part_of(const PerParty<test::Signal>& voices, std::size_t from, std::size_t length) {
  return {std::span(voices.agent).subspan(from, length),
          std::span(voices.customer).subspan(from, length)};
}

constexpr std::chrono::milliseconds kNowAndThen{20};  // A few times in a call that passes quickly.
constexpr int kUntilCues = 90;                        // Seconds of the bundled call.

/// A call, heard by a keeper, as far as it is told.
class CallKeeperTest : public testing::Test {
 protected:
  void SetUp() override {
    auto source =
        FileSource::create(fs::path(TONECUE_SOURCE_DIR) / "audio_samples" / "interrupted.flac");
    ASSERT_TRUE(source) << source.error().message;
    voices_ = test::read_all(*source, 8000);
    auto store = Store::open({.folder = (folder_ / "store").string()});
    ASSERT_TRUE(store) << store.error().message;
    store_.emplace(std::move(*store));
    auto session = CallSession::create({});
    ASSERT_TRUE(session);
    session_.emplace(std::move(*session));
  }

  CallKeeper& keep(bool audio, std::chrono::milliseconds update_every = {}) {
    CallKeeperConfig config;
    config.details = {.started_unix_ms = 1'795'339'800'000, .agent = "Jo", .team = "billing"};
    config.details.origin = CallOrigin::live;
    config.makers = {"test", "# settings"};
    config.info = {.path = "made", .sample_rate_hz = kSampleRateHz};
    config.keep_audio = audio;
    config.update_every = update_every;
    keeper_.emplace(*store_, config,
                    [this](const std::string& line) { complaints_.push_back(line); });
    listeners_ = {&*keeper_, &recorder_};
    return *keeper_;
  }

  void hear(int seconds) {
    CallBroadcast all(listeners_);
    const auto length = static_cast<std::size_t>(seconds) * kSampleRateHz;
    ASSERT_LE(heard_ + length, voices_.agent.size());
    session_->push(part_of(voices_, heard_, length), all);
    heard_ += length;
  }

  CallReport end() {
    CallBroadcast all(listeners_);
    session_->finish(all);
    return recorder_.report(*session_, static_cast<std::int64_t>(heard_));
  }

  CallEntry only_call() {
    const auto page = CallStore(*store_).list(kEverything, {}, 10, "");
    EXPECT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->calls.size(), 1U);
    return page->calls.empty() ? CallEntry{} : page->calls.front();
  }

  std::size_t files_of_sound() const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / "store/incoming", none), {}));
  }

  test::TempFolder folder_;
  PerParty<test::Signal> voices_;
  std::optional<Store> store_;
  std::optional<CallSession> session_;
  CallRecorder recorder_{{.path = "made", .sample_rate_hz = kSampleRateHz}};
  std::optional<CallKeeper> keeper_;
  std::vector<CallListener*> listeners_;
  std::vector<std::string> complaints_;
  std::size_t heard_ = 0;
};

TEST_F(CallKeeperTest, ACallIsInTheStoreWhileItLasts) {
  keep(false);
  hear(2);
  EXPECT_EQ(only_call().state, CallState::open);
  EXPECT_EQ(only_call().details.agent, "Jo");
  const auto before_ms = only_call().duration_ms;
  hear(3);
  EXPECT_EQ(only_call().duration_ms - before_ms, 3000);
  EXPECT_TRUE(complaints_.empty());
}

TEST_F(CallKeeperTest, AtTheEndTheStoreHasWhatTheReportTells) {
  CallKeeper& keeper = keep(false, kNowAndThen);
  hear(kUntilCues);
  const CallReport report = end();
  ASSERT_FALSE(report.cues.empty());
  const auto id = keeper.finish(report);
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = CallStore(*store_).load(kEverything, *id);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->entry.state, CallState::done);
  EXPECT_EQ(kept->report.duration_ms, report.duration_ms);
  ASSERT_EQ(kept->report.cues.size(), report.cues.size());
  for (std::size_t i = 0; i < report.cues.size(); ++i) {
    EXPECT_EQ(kept->report.cues[i].kind, report.cues[i].kind);
    EXPECT_EQ(kept->report.cues[i].end_ms, report.cues[i].end_ms);
  }
  EXPECT_EQ(kept->report.segments.size(), report.segments.size());
  EXPECT_EQ(kept->report.alerts.size(), report.alerts.size());
  EXPECT_EQ(kept->report.track.agent.size(), report.track.agent.size());
  EXPECT_FLOAT_EQ(kept->report.parties.agent.talk_s, report.parties.agent.talk_s);
  EXPECT_FALSE(kept->recording) << "no sound was asked for";
}

TEST_F(CallKeeperTest, TheSoundIsKeptBesideItWhenThatIsAskedFor) {
  CallKeeper& keeper = keep(true);
  hear(5);
  const auto id = keeper.finish(end());
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = CallStore(*store_).load(kEverything, *id);
  ASSERT_TRUE(kept && kept->recording);
  EXPECT_EQ(kept->recording->path, recording_place(*id, 1'795'339'800'000));
  const auto hash = hash_file(folder_ / "store" / kept->recording->path);
  ASSERT_TRUE(hash) << hash.error().message;
  EXPECT_EQ(hash->sha256, kept->recording->sha256);
  EXPECT_EQ(files_of_sound(), 0U);
}

TEST_F(CallKeeperTest, AFullDiskIsToldOnceAndTheCallIsStoredWhenThereIsRoomAgain) {
  CallKeeper& keeper = keep(false);
  hear(2);
  {
    const test::DiskFull full;
    hear(4);
  }
  ASSERT_EQ(complaints_.size(), 1U);
  EXPECT_NE(complaints_.front().find("cannot be stored now"), std::string::npos);
  hear(1);
  EXPECT_EQ(complaints_.size(), 2U) << "it is stored again";
  const CallReport report = end();
  ASSERT_TRUE(keeper.finish(report));
  EXPECT_EQ(only_call().duration_ms, report.duration_ms);
}

TEST_F(CallKeeperTest, AFullDiskFromTheStartCostsNothingWhenThereIsRoomBeforeTheEnd) {
  CallKeeper& keeper = keep(false);
  {
    const test::DiskFull full;
    hear(2);
  }
  const CallReport report = end();
  ASSERT_TRUE(keeper.finish(report));
  EXPECT_EQ(only_call().state, CallState::done);
}

TEST_F(CallKeeperTest, AFullDiskEndsTheSoundAndNotTheCall) {
  CallKeeper& keeper = keep(true);
  hear(2);
  {
    const test::DiskFull full;
    hear(10);
  }
  hear(1);
  const auto told = std::count_if(complaints_.begin(), complaints_.end(), [](const auto& line) {
    return line.find("cannot keep the sound") != std::string::npos;
  });
  EXPECT_EQ(told, 1);
  const auto id = keeper.finish(end());
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_FALSE(CallStore(*store_).load(kEverything, *id)->recording);
  EXPECT_EQ(files_of_sound(), 0U);
}

TEST_F(CallKeeperTest, AStoreThatStaysFullIsToldAtTheEnd) {
  CallKeeper& keeper = keep(false);
  hear(2);
  const CallReport report = end();
  const test::DiskFull full;
  const auto id = keeper.finish(report);
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().message.find('\n'), std::string::npos);
}

TEST_F(CallKeeperTest, AnAnswerThatComesAfterTheCallIsStillStored) {
  CallKeeper& keeper = keep(false, kNowAndThen);
  hear(kUntilCues);
  CallReport report = end();
  const auto delivered =
      std::find_if(report.alerts.begin(), report.alerts.end(),
                   [](const AlertRecord& a) { return a.delivery == Delivery::delivered; });
  ASSERT_NE(delivered, report.alerts.end());
  const auto id = keeper.finish(report);
  ASSERT_TRUE(id);
  delivered->answer = AlertAnswer{.alert_id = delivered->id, .answer = Answer::helpful};
  ASSERT_TRUE(keeper.finish(report));
  const auto kept = CallStore(*store_).load(kEverything, *id);
  ASSERT_TRUE(kept);
  const auto same = std::find_if(kept->report.alerts.begin(), kept->report.alerts.end(),
                                 [&](const AlertRecord& a) { return a.id == delivered->id; });
  ASSERT_TRUE(same != kept->report.alerts.end() && same->answer);
  EXPECT_EQ(same->answer->answer, Answer::helpful);
}

TEST(RecordingPlace, IsByYearAndMonthOfTheBegin) {
  EXPECT_EQ(recording_place(12, 1'795'339'800'000), "recordings/2026/11/12.flac");
  EXPECT_EQ(recording_place(7, 0), "recordings/1970/01/7.flac");
}

}  // namespace
}  // namespace tonecue

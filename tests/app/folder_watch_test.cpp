#include "app/serve/folder_watch.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "app/kept_calls.h"
#include "audio/recordings.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class FolderWatchTest : public testing::Test {
 protected:
  Result<FolderWatch> start(std::vector<std::string> folders) {
    FolderWatchConfig config;
    config.folders = std::move(folders);
    config.whole.settled_after = 50ms;
    config.look_every = 1h;  // News alone.
    config.look_again = 20ms;
    return FolderWatch::start(
        std::move(config),
        {.found =
             [this](const IntakeFile& file, const FileStamp& stamp) {
               const std::lock_guard lock(mutex_);
               found_.push_back(file);
               known_.push_back(stamp);
             },
         .complain = [](const std::string& /*line*/) {},
         .knows =
             [this](const FileStamp& stamp) {
               const std::lock_guard lock(mutex_);
               return std::find(known_.begin(), known_.end(), stamp) != known_.end();
             },
         .looked =
             [this](const std::function<bool(std::string_view)>& may_be_there) {
               const std::lock_guard lock(mutex_);
               ++looks_;
               std::erase_if(known_, [&](const auto& each) { return !may_be_there(each.path); });
             }});
  }
  std::vector<FileStamp> known() {
    const std::lock_guard lock(mutex_);
    return known_;
  }
  int looks() {
    const std::lock_guard lock(mutex_);
    return looks_;
  }
  std::vector<IntakeFile> found() {
    const std::lock_guard lock(mutex_);
    return found_;
  }

  test::TempFolder folder_;
  std::mutex mutex_;
  std::vector<IntakeFile> found_;
  std::vector<FileStamp> known_;
  int looks_ = 0;  // That may have shown that something went.
};

TEST_F(FolderWatchTest, TellsWhatIsThereAndWhatComesLaterInNewFoldersToo) {
  test::write_bytes(folder_ / "first.wav", "RIFF");
  test::write_bytes(folder_ / "first.json", R"({"queue": "invoices"})");
  auto watch = start({(folder_ / ".").string()});
  ASSERT_TRUE(watch) << watch.error().message;
  ASSERT_TRUE(test::comes_true([this] { return found().size() == 1; }));
  EXPECT_EQ(found()[0].details.source, "first.wav");
  EXPECT_EQ(found()[0].details.queue, "invoices");
  EXPECT_EQ(found()[0].details.origin, CallOrigin::watched);

  fs::create_directory(folder_ / "2026");
  test::write_bytes(folder_ / "2026" / "second.wav", "RIFF");
  ASSERT_TRUE(test::comes_true([this] { return found().size() == 2; }));
  EXPECT_EQ(found()[1].path, (folder_ / "." / "2026" / "second.wav").string());

  fs::rename(folder_ / "first.wav", folder_ / "2026" / "third.wav");
  ASSERT_TRUE(test::comes_true([this] { return found().size() == 3; }));
}

TEST_F(FolderWatchTest, TellsAfterARestartOnlyWhatIsNotKnownAndThatWhatWentIsGone) {
  test::write_bytes(folder_ / "one.wav", "RIFF");
  test::write_bytes(folder_ / "two.wav", "RIFF");
  {
    auto watch = start({(folder_ / ".").string()});
    ASSERT_TRUE(watch) << watch.error().message;
    ASSERT_TRUE(test::comes_true([this] { return found().size() == 2; }));
  }
  found_.clear();
  looks_ = 0;
  fs::remove(folder_ / "two.wav");
  test::write_bytes(folder_ / "three.wav", "RIFF");

  auto watch = start({(folder_ / ".").string()});
  ASSERT_TRUE(watch) << watch.error().message;
  ASSERT_TRUE(test::comes_true([this] { return found().size() == 1; }));
  EXPECT_EQ(found()[0].details.source, "three.wav");
  ASSERT_EQ(known().size(), 2U);
  EXPECT_EQ(known()[0].path, (folder_ / "one.wav").string());
  EXPECT_EQ(known()[0].size_bytes, 4);

  fs::rename(folder_ / "one.wav", folder_ / "moved.wav");
  ASSERT_TRUE(test::comes_true([this] { return looks() == 2; }));
  EXPECT_EQ(known().size(), 1U) << "under its old name it is gone";
}

TEST_F(FolderWatchTest, StopsAtOnce) {
  auto watch = start({(folder_ / ".").string()});
  ASSERT_TRUE(watch);
  const auto begin = std::chrono::steady_clock::now();
  watch->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST_F(FolderWatchTest, RefusesAFolderThatIsNotThere) {
  const auto watch = start({(folder_ / "none").string()});
  ASSERT_FALSE(watch);
  EXPECT_EQ(watch.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace tonecue

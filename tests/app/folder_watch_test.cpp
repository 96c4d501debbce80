#include "app/serve/folder_watch.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
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
        [this](const IntakeFile& file) {
          const std::lock_guard lock(mutex_);
          found_.push_back(file);
        },
        [](const std::string& /*line*/) {});
  }
  std::vector<IntakeFile> found() {
    const std::lock_guard lock(mutex_);
    return found_;
  }

  test::TempFolder folder_;
  std::mutex mutex_;
  std::vector<IntakeFile> found_;
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

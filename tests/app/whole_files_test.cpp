#include "app/serve/whole_files.h"

#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audio/recordings.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class WholeFilesTest : public testing::Test {
 protected:
  /// Names of what became whole by then.
  std::vector<std::string> names_after(std::chrono::milliseconds passed) {
    now_ += passed;
    std::vector<std::string> names;
    last_ = files_.look(now_);
    for (const WholeFile& file : last_) names.push_back(file.path.filename().string());
    return names;
  }
  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    test::write_bytes(folder_ / name, bytes);
  }
  using Names = std::vector<std::string>;

  test::TempFolder folder_;
  std::vector<std::string> complaints_;
  WholeFiles files_{
      folder_ / ".", {}, [this](const std::string& line) { complaints_.push_back(line); }};
  WholeFiles::Clock::time_point now_ = WholeFiles::Clock::now();
  std::vector<WholeFile> last_;
};

TEST_F(WholeFilesTest, ARecordingIsToldOnceWhenItHasStayedAsItIs) {
  write("call.wav", "RIFF");
  EXPECT_EQ(names_after(0s), Names{});
  EXPECT_TRUE(files_.expecting());
  EXPECT_EQ(names_after(2900ms), Names{});
  EXPECT_EQ(names_after(100ms), Names{"call.wav"});
  EXPECT_FALSE(files_.expecting());
  EXPECT_EQ(names_after(60s), Names{});
  EXPECT_TRUE(complaints_.empty());
}

TEST_F(WholeFilesTest, OneThatGrowsIsWaitedFor) {
  write("call.wav", "RIFF");
  names_after(0s);
  for (int i = 0; i < 5; ++i) {
    std::ofstream(folder_ / "call.wav", std::ios::app) << "more";
    EXPECT_EQ(names_after(2s), Names{});
  }
  EXPECT_EQ(names_after(3s), Names{"call.wav"});
}

TEST_F(WholeFilesTest, OneWithNothingInItIsWaitedFor) {
  write("call.wav", "");
  names_after(0s);
  EXPECT_EQ(names_after(60s), Names{});
  EXPECT_TRUE(files_.expecting());
}

TEST_F(WholeFilesTest, OneThatIsWrittenAnewIsToldAgain) {
  write("call.wav", "RIFF");
  names_after(0s);
  EXPECT_EQ(names_after(3s), Names{"call.wav"});
  write("call.wav", "another call");
  EXPECT_EQ(names_after(1s), Names{});
  EXPECT_EQ(names_after(3s), Names{"call.wav"});
}

TEST_F(WholeFilesTest, FoldersWithinAreLookedAtAndHiddenAndOtherFilesAreNot) {
  write("2026/11/call.flac", "fLaC");
  write(".call.wav.tmp", "RIFF");
  write("notes.txt", "hello");
  names_after(0s);
  EXPECT_EQ(names_after(3s), Names{"call.flac"});
}

TEST_F(WholeFilesTest, TheSidecarSaysWhatIsKnown) {
  write("call.wav", "RIFF");
  write("call.json", R"({"agent": "Jo", "agent_channel": "right"})");
  names_after(0s);
  ASSERT_EQ(names_after(3s), Names{"call.wav"});
  EXPECT_EQ(last_.front().sidecar.details.agent, "Jo");
  EXPECT_EQ(last_.front().sidecar.agent_channel, "right");
}

TEST_F(WholeFilesTest, ABadSidecarIsToldOnceAndAGoodOneWaitedFor) {
  write("call.wav", "RIFF");
  write("call.json", R"({"agent": )");
  names_after(0s);
  EXPECT_EQ(names_after(3s), Names{});
  EXPECT_EQ(names_after(20s), Names{});
  ASSERT_EQ(complaints_.size(), 1U);
  EXPECT_NE(complaints_.front().find("call.json"), std::string::npos) << complaints_.front();
  EXPECT_NE(complaints_.front().find("60 s"), std::string::npos) << complaints_.front();
  write("call.json", R"({"agent": "Jo"})");
  ASSERT_EQ(names_after(1s), Names{"call.wav"});
  EXPECT_EQ(last_.front().sidecar.details.agent, "Jo");
}

TEST_F(WholeFilesTest, AfterAMinuteARecordingWithABadSidecarIsTakenWithout) {
  write("call.wav", "RIFF");
  write("call.json", R"({"agent": 7})");
  names_after(0s);
  EXPECT_EQ(names_after(3s), Names{});
  EXPECT_EQ(names_after(59s), Names{});
  ASSERT_EQ(names_after(1s), Names{"call.wav"});
  EXPECT_EQ(last_.front().sidecar.details.agent, "");
  EXPECT_EQ(complaints_.size(), 1U);
}

TEST(WholeFiles, WhatIsKnownIsNotWaitedForNorTold) {
  const test::TempFolder folder;
  test::write_bytes(folder / "call.wav", "RIFF");
  std::vector<FileStamp> asked;
  WholeFiles files(
      folder / "", {}, [](const std::string& /*line*/) {},
      [&](const FileStamp& stamp) {
        asked.push_back(stamp);
        return stamp.size_bytes == 4;
      });
  const auto start = WholeFiles::Clock::now();
  EXPECT_TRUE(files.look(start).empty());
  EXPECT_FALSE(files.expecting());
  EXPECT_TRUE(files.look(start + 60s).empty());
  ASSERT_EQ(asked.size(), 1U) << "asked once, as long as it is the same";
  EXPECT_EQ(asked[0].path, (folder / "call.wav").string());

  test::write_bytes(folder / "call.wav", "another call");
  EXPECT_TRUE(files.look(start + 61s).empty());
  const auto whole = files.look(start + 64s);
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole[0].stamp.size_bytes, 12);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(whole[0].stamp, asked[1]);
}

TEST(WholeFiles, AStampTellsTheNanosecondsOfTheLastChange) {
  const test::TempFolder folder;
  test::write_bytes(folder / "call.wav", "RIFF");
  const std::array<timespec, 2> times = {
      {{1'795'339'800, 123'456'789}, {1'795'339'800, 987'654'321}}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder / "call.wav").c_str(), times.data(), 0), 0);
  WholeFiles files(folder / "", {}, [](const std::string& /*line*/) {});
  const auto start = WholeFiles::Clock::now();
  files.look(start);
  const auto whole = files.look(start + 3s);
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole[0].stamp.written_unix_ns, 1'795'339'800'987'654'321);
}

TEST(WholeFiles, OnlyAFolderThatShowsItsFilesSaysThatOneWent) {
  const test::TempFolder folder;
  const fs::path drive = folder / "drive";
  fs::create_directory(drive);
  test::write_bytes(drive / "one.wav", "RIFF");
  test::write_bytes(drive / "two.wav", "RIFF");
  const std::string one = (drive / "one.wav").string();
  const std::string other = (folder / "other.wav").string();
  WholeFiles files(drive, {}, [](const std::string& /*line*/) {});
  EXPECT_TRUE(files.may_hold(one)) << "nobody has looked yet";
  EXPECT_FALSE(files.may_hold(other));
  files.look({});
  EXPECT_TRUE(files.may_hold(one));
  fs::remove(drive / "one.wav");
  files.look({});
  EXPECT_TRUE(files.some_went());
  EXPECT_FALSE(files.may_hold(one));

  fs::rename(drive, folder / "away");
  files.look({});
  EXPECT_FALSE(files.some_went());
  EXPECT_TRUE(files.may_hold((drive / "two.wav").string())) << "the folder is away";
  fs::create_directory(drive);
  files.look({});
  EXPECT_TRUE(files.may_hold((drive / "two.wav").string())) << "as of a drive that is not mounted";
  EXPECT_FALSE(files.may_hold((folder / "drive2" / "two.wav").string()));
}

TEST(WholeFiles, AFolderThatGoesIsToldOnceAndItsFilesAreNotToldAgainWhenItIsBack) {
  const test::TempFolder folder;
  const fs::path drive = folder / "drive";
  fs::create_directory(drive);
  test::write_bytes(drive / "call.wav", "RIFF");
  std::vector<std::string> complaints;
  WholeFiles files(drive, {}, [&](const std::string& line) { complaints.push_back(line); });
  const auto start = WholeFiles::Clock::now();
  files.look(start);
  ASSERT_EQ(files.look(start + 3s).size(), 1U);
  fs::rename(drive, folder / "away");
  EXPECT_TRUE(files.look(start + 4s).empty());
  EXPECT_TRUE(files.look(start + 5s).empty());
  ASSERT_EQ(complaints.size(), 1U);
  fs::rename(folder / "away", drive);
  EXPECT_TRUE(files.look(start + 6s).empty());
  EXPECT_TRUE(files.look(start + 60s).empty());
  EXPECT_EQ(complaints.size(), 2U) << "it can be watched again";
}

}  // namespace
}  // namespace tonecue

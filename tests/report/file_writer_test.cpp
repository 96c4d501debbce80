#include "tonecue/report/file_writer.h"

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;

class WriteFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tonecue_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

TEST_F(WriteFile, WritesTheTextAndLeavesNothingElse) {
  ASSERT_TRUE(write_file(folder_ / "a.json", "one\n", false));
  EXPECT_EQ(read(folder_ / "a.json"), "one\n");
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFile, RefusesToReplaceUnlessForced) {
  ASSERT_TRUE(write_file(folder_ / "a.json", "one", false));
  const auto refused = write_file(folder_ / "a.json", "two", false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::exists);
  EXPECT_NE(refused.error().message.find("a.json"), std::string::npos);
  EXPECT_EQ(read(folder_ / "a.json"), "one");

  ASSERT_TRUE(write_file(folder_ / "a.json", "two", true));
  EXPECT_EQ(read(folder_ / "a.json"), "two");
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFile, ReplacesAnEmptyFileUnasked) {
  std::ofstream(folder_ / "a.json").close();
  EXPECT_TRUE(expect_writable(folder_ / "a.json", false));
  ASSERT_TRUE(write_file(folder_ / "a.json", "one", false));
  EXPECT_EQ(read(folder_ / "a.json"), "one");
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFile, TellsBeforehandWhatItWouldRefuse) {
  ASSERT_TRUE(write_file(folder_ / "a.json", "one", false));
  EXPECT_TRUE(expect_writable(folder_ / "b.json", false));
  EXPECT_TRUE(expect_writable(folder_ / "a.json", true));
  EXPECT_TRUE(expect_writable("/dev/null", false));
  for (const auto& path : {folder_ / "a.json", folder_, folder_ / "none" / "b.json"}) {
    const auto refused = expect_writable(path, false);
    const auto written = write_file(path, "two", false);
    ASSERT_FALSE(refused) << path;
    ASSERT_FALSE(written) << path;
    EXPECT_EQ(refused.error().message, written.error().message);
  }
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFile, ReplacesWhatALinkPointsTo) {
  ASSERT_TRUE(write_file(folder_ / "a.json", "one", false));
  fs::create_symlink(folder_ / "a.json", folder_ / "link.json");
  ASSERT_TRUE(write_file(folder_ / "link.json", "two", true));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_EQ(read(folder_ / "a.json"), "two");
}

TEST_F(WriteFile, NamesTheMissingFolder) {
  const auto failed = write_file(folder_ / "not" / "there.json", "one", false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::unwritable);
  EXPECT_NE(failed.error().message.find("there.json"), std::string::npos);
  EXPECT_NE(failed.error().message.find("make the folder"), std::string::npos);
}

TEST_F(WriteFile, DoesNotTakeAFolderForAFile) {
  const auto failed = write_file(folder_, "one", true);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::unwritable);
}

TEST_F(WriteFile, ReportsAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "skipped: no /dev/full";
  const auto failed = write_file("/dev/full", "one", false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::unwritable);
  EXPECT_NE(failed.error().message.find("free some space"), std::string::npos);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(WriteFile, WritesToADeviceThatIsThere) {
  EXPECT_TRUE(write_file("/dev/null", "one", false));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

// A limit on the size of files stands in for a disk that fills up half way.
TEST_F(WriteFile, KeepsTheOldFileWhenTheNewOneDoesNotFit) {
  ASSERT_TRUE(write_file(folder_ / "a.json", "old", false));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{100, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto failed = write_file(folder_ / "a.json", std::string(1000, 'x'), true);
  setrlimit(RLIMIT_FSIZE, &before);
  (void)std::signal(SIGXFSZ, handler);

  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::unwritable);
  EXPECT_EQ(read(folder_ / "a.json"), "old");
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/store/watched_files.h"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "store/store_fixture.h"

namespace tonecue {
namespace {

class WatchedFilesTest : public test::StoreFixture {
 protected:
  static WatchedFile file(const std::string& path, const std::string& refusal = {}) {
    return {.stamp = {.path = path, .size_bytes = 7, .written_unix_ns = 1'795'339'800'123'456'789},
            .content_sha256 = std::string(64, 'a'),
            .refusal = refusal,
            .program_version = "1.0"};
  }
  bool finds(const FileStamp& stamp) {
    const auto found = files_.find(stamp);
    EXPECT_TRUE(found) << found.error().message;
    return found && found->has_value();
  }

  WatchedFiles files_{store_};
};

TEST_F(WatchedFilesTest, AFileIsFoundAsLongAsPathSizeAndTimeAreTheSame) {
  const std::array some = {file("/rec/\xFF.wav"), file("/rec/b.wav", "is no sound")};
  ASSERT_TRUE(files_.remember(some));
  EXPECT_TRUE(finds(some[0].stamp)) << "a name need not be UTF-8";
  const auto refused = files_.find(some[1].stamp);
  ASSERT_TRUE(refused && *refused);
  EXPECT_EQ((*refused)->refusal, "is no sound");
  EXPECT_EQ((*refused)->content_sha256, std::string(64, 'a'));
  EXPECT_EQ((*refused)->program_version, "1.0");
  FileStamp later = some[0].stamp;
  ++later.written_unix_ns;
  EXPECT_FALSE(finds(later));
  FileStamp longer = some[0].stamp;
  ++longer.size_bytes;
  EXPECT_FALSE(finds(longer));
  EXPECT_FALSE(finds({.path = "/rec/B.wav", .size_bytes = 7}));
}

TEST_F(WatchedFilesTest, AFileThatChangedTakesTheOldOnesPlace) {
  WatchedFile one = file("/rec/a.wav");
  ASSERT_TRUE(files_.remember({&one, 1}));
  const FileStamp before = one.stamp;
  one.stamp.size_bytes = 8;
  ASSERT_TRUE(files_.remember({&one, 1}));
  EXPECT_TRUE(finds(one.stamp));
  EXPECT_FALSE(finds(before));
  EXPECT_EQ(integer_of("SELECT count(*) FROM watched_files"), 1);
}

TEST_F(WatchedFilesTest, ThoseThatWentAreForgotten) {
  const std::array some = {file("/rec/a.wav"), file("/rec/b.wav"), file("/rec/c.wav")};
  ASSERT_TRUE(files_.remember(some));
  const auto gone = files_.forget_if([](std::string_view path) { return path != "/rec/b.wav"; });
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ(*gone, 2);
  EXPECT_FALSE(finds(some[0].stamp));
  EXPECT_TRUE(finds(some[1].stamp));
}

}  // namespace
}  // namespace tonecue

#include "tonecue/store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/database/store_impl.h"
#include "store/temp_store.h"

namespace tonecue {
namespace {

using test::open_store;
using test::TempFolder;

constexpr const char* kAddSettings = "INSERT INTO settings (sha256, toml) VALUES (?1, '')";

Result<void> add_settings(Store& store, std::string_view sha256) {
  auto writing = store.impl().write();
  if (!writing) return tl::unexpected(writing.error());
  Statement insert = writing->prepare(kAddSettings);
  insert.bind_all(sha256);
  if (auto ok = insert.run(); !ok) return ok;
  return writing->commit();
}

std::int64_t count_settings(Store& store) {
  auto reading = store.impl().read();
  if (!reading) return -1;
  return reading->connection().integer_of("SELECT count(*) FROM settings").value_or(-1);
}

TEST(Store, MakesAFolderThatIsItsOwnersAlone) {
  const TempFolder folder;
  const Store store = open_store(folder.path("calls"));

  struct stat status {};
  ASSERT_EQ(::stat(folder.path("calls").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  for (const char* file : {"calls/tonecue.db", "calls/tonecue.db-wal"}) {
    ASSERT_EQ(::stat(folder.path(file).c_str(), &status), 0) << file;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << file;
  }
}

TEST(Store, MakesAFolderItsOwnersAloneAlsoWhenItIsNamedWithASlash) {
  const TempFolder folder;
  const Store store = open_store(folder.path("house/calls/"));

  struct stat status {};
  ASSERT_EQ(::stat(folder.path("house/calls").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST(Store, RefusesToMakeAFolderThatMustExist) {
  const TempFolder folder;
  const auto store = Store::open({.folder = folder.path("calls"), .must_exist = true});

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder.path("calls")));
}

TEST(Store, KeepsWhatWasCommittedAndNothingElse) {
  const TempFolder folder;
  {
    Store store = open_store(folder.path());
    ASSERT_TRUE(add_settings(store, "a"));
    auto writing = store.impl().write();
    ASSERT_TRUE(writing);
    Statement insert = writing->prepare(kAddSettings);
    insert.bind_all("b");
    ASSERT_TRUE(insert.run());
  }
  Store store = open_store(folder.path());
  EXPECT_EQ(count_settings(store), 1);
}

TEST(Store, ReadsTheStateInWhichReadingBegan) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  ASSERT_TRUE(add_settings(store, "a"));
  auto reading = store.impl().read();
  ASSERT_TRUE(reading);
  const char* count = "SELECT count(*) FROM settings";
  ASSERT_EQ(reading->connection().integer_of(count).value_or(-1), 1);

  ASSERT_TRUE(add_settings(store, "b"));

  EXPECT_EQ(reading->connection().integer_of(count).value_or(-1), 1);
  EXPECT_EQ(count_settings(store), 2);
}

TEST(Store, TellsTheFirstFailureOfAStatement) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  ASSERT_TRUE(add_settings(store, "a"));

  const auto again = add_settings(store, "a");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::exists);

  auto reading = store.impl().read();
  ASSERT_TRUE(reading);
  Statement wrong = reading->prepare("SELECT toml FROM nowhere");
  wrong.bind_all(1, "x", 2.0);
  EXPECT_FALSE(wrong.step());
  ASSERT_FALSE(wrong.result());
  EXPECT_NE(wrong.result().error().message.find("nowhere"), std::string::npos)
      << wrong.result().error().message;
}

TEST(Store, CannotBeWrittenThroughAReader) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  auto reading = store.impl().read();
  ASSERT_TRUE(reading);

  Statement insert = reading->prepare(kAddSettings);
  insert.bind_all("a");

  EXPECT_FALSE(insert.run());
}

}  // namespace
}  // namespace tonecue

#include "store/migrations.h"

#include <gtest/gtest.h>

#include "store/temp_store.h"

namespace tonecue {
namespace {

using test::TempFolder;

TEST(Migrations, RefuseADatabaseOfANewerTonecue) {
  const TempFolder folder;
  {
    auto newer = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
    ASSERT_TRUE(newer) << newer.error().message;
    ASSERT_TRUE(migrate(**newer, "tonecue.db"));
    ASSERT_TRUE((*newer)->execute("PRAGMA user_version = 999"));
  }
  const auto store = Store::open({.folder = folder.path()});

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);
  EXPECT_NE(store.error().message.find("newer tonecue"), std::string::npos);
}

}  // namespace
}  // namespace tonecue

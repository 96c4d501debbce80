#include <string>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/temp_store.h"
#include "tonecue/store/sessions.h"

namespace tonecue {
namespace {

using test::open_store;
using test::TempFolder;

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kDayMs = 86'400'000;

class TokensOfAStore : public testing::Test {
 protected:
  static MachineToken recorder() {
    return {.name = "recorder",
            .right = TokenRight::read,
            .teams = {"north", "south"},
            .created_unix_ms = kNow,
            .expires_unix_ms = kNow + kDayMs};
  }

  TempFolder folder_;
  Store store_ = open_store(folder_.path());
  MachineTokens tokens_{store_};
};

TEST_F(TokensOfAStore, AreFoundByTheirKeyUntilTheyExpire) {
  const auto made = tokens_.create(recorder());
  ASSERT_TRUE(made) << made.error().message;
  const std::string& key = made->key;
  EXPECT_TRUE(key.starts_with("tonecue_"));

  const auto found = tokens_.find(key, kNow).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "recorder");
  EXPECT_EQ(found->right, TokenRight::read);
  EXPECT_EQ(found->teams, (std::vector<std::string>{"north", "south"}));
  EXPECT_TRUE(tokens_.find(key, kNow + kDayMs - 1).value());
  EXPECT_FALSE(tokens_.find(key, kNow + kDayMs).value());
  EXPECT_FALSE(tokens_.find(key.substr(8), kNow).value());
  EXPECT_FALSE(tokens_.find("tonecue_" + std::string(64, '0'), kNow).value());
  EXPECT_FALSE(tokens_.find("", kNow).value());
}

TEST_F(TokensOfAStore, AreListedWithWhenTheyWereUsed) {
  const std::string key = tokens_.create(recorder()).value().key;
  EXPECT_FALSE(tokens_.list()->front().last_used_unix_ms);
  ASSERT_TRUE(tokens_.find(key, kNow + 5).value());
  const MachineToken listed = tokens_.list()->front();
  EXPECT_EQ(listed.last_used_unix_ms, kNow + 5);
  EXPECT_EQ(listed.expires_unix_ms, kNow + kDayMs);
  EXPECT_EQ(listed.teams.size(), 2U);
}

TEST_F(TokensOfAStore, AreKeptWithoutTheirKey) {
  const std::string key = tokens_.create(recorder()).value().key;
  auto reading = store_.impl().read();
  Statement row = reading->prepare("SELECT key_sha256 FROM tokens");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(key.find(row.text(0)), std::string::npos);
}

TEST_F(TokensOfAStore, AreNotFoundOnceRevoked) {
  const std::string key = tokens_.create(recorder()).value().key;
  const auto id = tokens_.list()->front().id;
  ASSERT_TRUE(tokens_.revoke(id));
  EXPECT_FALSE(tokens_.find(key, kNow).value());
  EXPECT_EQ(tokens_.revoke(id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(tokens_.create(recorder()));
  EXPECT_NE(tokens_.list()->front().id, id) << "a number is not given twice";
}

TEST_F(TokensOfAStore, MustMakeSense) {
  const auto refused = [&](const MachineToken& token) {
    const auto key = tokens_.create(token);
    return !key && key.error().code == ErrorCode::invalid_argument;
  };
  MachineToken token = recorder();
  token.name = "";
  EXPECT_TRUE(refused(token));
  token.name = "a\nb";
  EXPECT_TRUE(refused(token));
  token = recorder();
  token.teams = {""};
  EXPECT_TRUE(refused(token));
  token = recorder();
  token.expires_unix_ms = token.created_unix_ms;
  EXPECT_TRUE(refused(token));
}

TEST(ScopeOfAToken, IsItsTeamsAndNothingForAnUploader) {
  MachineToken token{.right = TokenRight::read};
  EXPECT_EQ(scope_of(token).reach, Scope::Reach::everything);
  token.teams = {"north"};
  EXPECT_EQ(scope_of(token).reach, Scope::Reach::teams);
  EXPECT_EQ(scope_of(token).teams, token.teams);
  token.right = TokenRight::upload;
  EXPECT_EQ(scope_of(token).reach, Scope::Reach::own);
  EXPECT_TRUE(scope_of(token).agent.empty());
}

}  // namespace
}  // namespace tonecue

#include "tonecue/store/audit_log.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/audit/audit_log_hash.h"
#include "store/database/store_impl.h"
#include "store/temp_store.h"

namespace tonecue {
namespace {

using test::open_store;
using test::TempFolder;

constexpr std::int64_t kNow = 1'800'000'000'000;

AuditEvent view_of(std::int64_t call, std::int64_t at = kNow) {
  return {.at_unix_ms = at,
          .who = "ann",
          .address = "127.0.0.1",
          .action = "call.view",
          .target = "call/" + std::to_string(call),
          .detail = ""};
}

class AuditLogOfAStore : public testing::Test {
 protected:
  void SetUp() override {
    for (int call = 1; call <= kEntries; ++call)
      ASSERT_TRUE(audit_.add(view_of(call, kNow + call)));
    head_ = audit_.verify()->head_sha256;
  }

  // As somebody with the file in hand does.
  void tamper(const std::string& sql) {
    auto writing = store_.impl().write();
    const auto done = writing->connection().execute(sql);
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_TRUE(writing->commit());
  }
  std::optional<std::int64_t> first_broken(std::string_view head = {}) {
    const auto check = audit_.verify(head);
    EXPECT_TRUE(check) << check.error().message;
    return check->first_broken;
  }

  static constexpr int kEntries = 10;
  TempFolder folder_;
  Store store_ = open_store(folder_.path());
  AuditLog audit_{store_};
  std::string head_;
};

TEST_F(AuditLogOfAStore, IsWholeWhenNobodyTouchedIt) {
  const auto check = audit_.verify(head_);
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_EQ(check->entries, kEntries);
  EXPECT_FALSE(check->first_broken);
  EXPECT_EQ(check->head_sha256.size(), 64U);
  ASSERT_TRUE(audit_.add(view_of(11)));
  EXPECT_FALSE(first_broken(head_)) << "an older head is in it";
}

TEST_F(AuditLogOfAStore, ListsTheNewestFirst) {
  const auto newest = audit_.list(0, 3).value();
  ASSERT_EQ(newest.size(), 3U);
  EXPECT_EQ(newest[0].number, 10);
  EXPECT_EQ(newest[0].event.target, "call/10");
  EXPECT_EQ(newest[0].event.who, "ann");
  EXPECT_EQ(newest[0].event.address, "127.0.0.1");
  EXPECT_EQ(newest[0].sha256, head_);
  const auto older = audit_.list(newest[2].number, 100).value();
  EXPECT_EQ(older.size(), 7U);
  EXPECT_EQ(older[0].number, 7);
}

TEST_F(AuditLogOfAStore, ListsWhatOnePersonDidAndWhatWasDoneWithOneCall) {
  AuditEvent of_bob = view_of(4);
  of_bob.who = "bob";
  ASSERT_TRUE(audit_.add(of_bob));
  EXPECT_EQ(audit_.list(0, 100, {.who = "bob"})->size(), 1U);
  EXPECT_EQ(audit_.list(0, 100, {.who = "ann"})->size(), 10U);
  EXPECT_EQ(audit_.list(0, 100, {.target = "call/4"})->size(), 2U);
  EXPECT_EQ(audit_.list(11, 100, {.target = "call/4"})->size(), 1U);
  EXPECT_EQ(audit_.list(0, 100, {.who = "ann", .target = "call/4"})->size(), 1U);
  EXPECT_TRUE(audit_.list(0, 100, {.who = "ann' OR '1'='1"})->empty());
}

TEST_F(AuditLogOfAStore, ShowsAChangeOfAnyField) {
  for (const char* change :
       {"at_ms = at_ms + 1", "who = 'eve'", "address = ''", "action = 'call.play'",
        "target = 'call/6'", "detail = 'x'", "sha256 = lower(hex(zeroblob(32)))"}) {
    const auto before = audit_.list(6, 1)->front();
    tamper(std::string("UPDATE audit SET ") + change + " WHERE number = 5");
    EXPECT_EQ(first_broken(), 5) << change;
    tamper("UPDATE audit SET at_ms = " + std::to_string(before.event.at_unix_ms) +
           ", who = 'ann', address = '127.0.0.1', action = 'call.view', target = 'call/5', "
           "detail = '', sha256 = '" +
           before.sha256 + "' WHERE number = 5");
    ASSERT_FALSE(first_broken());
  }
}

TEST_F(AuditLogOfAStore, ShowsThatTextMovedFromOneFieldToTheNext) {
  tamper("UPDATE audit SET who = 'an', address = 'n127.0.0.1' WHERE number = 5");
  EXPECT_EQ(first_broken(), 5);
}

TEST_F(AuditLogOfAStore, ShowsWhatWasTakenOut) {
  tamper("DELETE FROM audit WHERE number = 4");
  EXPECT_EQ(first_broken(), 4);
}

TEST_F(AuditLogOfAStore, ShowsThatTheRestMovedUpAfterwards) {
  tamper("DELETE FROM audit WHERE number = 4");
  for (int number = 5; number <= kEntries; ++number) {
    tamper("UPDATE audit SET number = number - 1 WHERE number = " + std::to_string(number));
  }
  EXPECT_EQ(first_broken(), 4);
}

TEST_F(AuditLogOfAStore, ShowsThatItsBeginningWasCutOff) {
  tamper("DELETE FROM audit WHERE number <= 3");
  EXPECT_EQ(first_broken(), 1);
  tamper("INSERT INTO audit_start SELECT 1, 3, '" + std::string(64, 'a') + "'");
  EXPECT_EQ(first_broken(), 4);
}

// Whose beginning was cut off with the right hash, but not by forget_before().
TEST_F(AuditLogOfAStore, ShowsABeginningThatNoEntryTellsOf) {
  tamper("INSERT INTO audit_start SELECT 1, 3, sha256 FROM audit WHERE number = 3");
  tamper("DELETE FROM audit WHERE number <= 3");
  EXPECT_EQ(first_broken(), 4);
}

TEST_F(AuditLogOfAStore, ShowsWhatWasPutIn) {
  tamper("UPDATE audit SET number = number + 100 WHERE number > 5");
  tamper("UPDATE audit SET number = number - 99 WHERE number > 100");
  tamper(
      "INSERT INTO audit SELECT 6, at_ms, who, address, action, target, detail, sha256 "
      "FROM audit WHERE number = 5");
  EXPECT_EQ(first_broken(), 6);
}

TEST_F(AuditLogOfAStore, ShowsThatTwoChangedPlaces) {
  tamper("UPDATE audit SET number = 99 WHERE number = 3");
  tamper("UPDATE audit SET number = 3 WHERE number = 4");
  tamper("UPDATE audit SET number = 4 WHERE number = 99");
  EXPECT_EQ(first_broken(), 3);
}

TEST_F(AuditLogOfAStore, ShowsThatItsEndWasCutOffToWhoWroteItsHeadDown) {
  tamper("DELETE FROM audit WHERE number > 8");
  EXPECT_FALSE(first_broken()) << "nothing else can tell";
  EXPECT_EQ(first_broken(head_), 9);
}

TEST_F(AuditLogOfAStore, ShowsThatItWasWrittenAnewToWhoWroteItsHeadDown) {
  tamper("DELETE FROM audit");
  for (int call = 1; call <= kEntries; ++call) ASSERT_TRUE(audit_.add(view_of(call)));
  EXPECT_FALSE(first_broken());
  EXPECT_TRUE(first_broken(head_));
}

TEST_F(AuditLogOfAStore, ForgetsWhatIsOldAndSaysSo) {
  const auto gone = audit_.forget_before(kNow + 5, kNow + 100);
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ(*gone, 4);
  EXPECT_FALSE(first_broken(head_));
  const auto entries = audit_.list(0, 100).value();
  EXPECT_EQ(entries.size(), 7U);
  EXPECT_EQ(entries.front().event.action, "audit.forget");
  EXPECT_EQ(entries.back().number, 5);

  EXPECT_EQ(audit_.forget_before(kNow + 5, kNow + 101), 0) << "nothing is left to forget";
  EXPECT_EQ(audit_.forget_before(kNow + 8, kNow + 102), 3);
  EXPECT_FALSE(first_broken(head_));
  tamper("UPDATE audit SET who = 'eve' WHERE number = 8");
  EXPECT_EQ(first_broken(head_), 8);
}

TEST_F(AuditLogOfAStore, NeverForgetsItsNewest) {
  EXPECT_EQ(audit_.forget_before(kNow + 1000, kNow + 1000), 9);
  EXPECT_FALSE(first_broken(head_));
  EXPECT_EQ(audit_.list(0, 100)->size(), 2U);
}

TEST_F(AuditLogOfAStore, KeepsTextsOnOneShortLine) {
  ASSERT_TRUE(audit_.add({.at_unix_ms = kNow,
                          .who = "a\r\nb\x7F"
                                 "c\xC3",
                          .detail = std::string(499, 'x') + "ä" + std::string(5000, 'y')}));
  const auto entry = audit_.list(0, 1)->front();
  EXPECT_EQ(entry.event.who, "a??b?c?");
  EXPECT_EQ(entry.event.detail, std::string(499, 'x'));
  EXPECT_FALSE(first_broken());
}

TEST(AuditChain, StaysWholeWhenTwoProcessesAddAtOnce) {
  constexpr int kEach = 100;
  const TempFolder folder;
  { const Store made = open_store(folder.path()); }
  std::vector<pid_t> children;
  for (int process = 0; process < 2; ++process) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Store store = open_store(folder.path());
      AuditLog audit(store);
      bool all = true;
      for (int i = 0; i < kEach; ++i) all = all && audit.add(view_of(i)).has_value();
      _exit(all ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  Store store = open_store(folder.path());
  const auto check = AuditLog(store).verify();
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_EQ(check->entries, 2 * kEach);
  EXPECT_FALSE(check->first_broken);
}

TEST(AuditChain, StaysWholeWhenThreadsAddAtOnce) {
  constexpr int kEach = 50;
  const TempFolder folder;
  Store store = open_store(folder.path());
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&store] {
      for (int k = 0; k < kEach; ++k) EXPECT_TRUE(AuditLog(store).add(view_of(k)));
    });
  }
  threads.clear();
  const auto check = AuditLog(store).verify().value();
  EXPECT_EQ(check.entries, 4 * kEach);
  EXPECT_FALSE(check.first_broken);
}

// The chain outlives the program that wrote it: its hash may never change its mind.
TEST(AuditChain, HasTheHashThatItAlwaysHad) {
  EXPECT_EQ(audit_sha256(kAuditStart, 1, view_of(12)),
            "ae481cf4a3485478cb215d61b9fcbbe031c9343435aa8b31785102175cbbddf9");
}

}  // namespace
}  // namespace tonecue

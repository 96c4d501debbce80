#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "store/database/store_impl.h"
#include "store/made_call.h"
#include "store/same_report.h"
#include "store/temp_store.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

/// A call of which half was stored when the room ended.
class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    auto writer = calls_.begin(test::some_details(), test::some_makers(), half_);
    ASSERT_TRUE(writer) << writer.error().message;
    writer_.emplace(std::move(*writer));
  }

  // SQLite's own bound on the size of the file, in pages.
  void bound_pages(std::int64_t more) {
    auto writing = store_.impl().write();
    ASSERT_TRUE(writing);
    const auto pages = writing->connection().integer_of("PRAGMA page_count").value_or(0) + more;
    ASSERT_TRUE(writing->connection().execute("PRAGMA max_page_count = " + std::to_string(pages)));
  }

  void expect_half_kept() {
    const auto kept = calls_.load(kEverything, writer_->call_id());
    ASSERT_TRUE(kept) << kept.error().message;
    test::expect_same(kept->report, half_);
  }

  const test::TempFolder folder_;
  Store store_ = test::open_store(folder_.path());
  CallStore calls_{store_};
  const CallReport whole_ = test::MadeCall(1).report(1'200'000);
  const CallReport half_ = test::so_far(whole_, 600'000);
  std::optional<CallWriter> writer_;
};

void expect_told(const Result<void>& result, const char* what_to_do) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::unwritable);
  EXPECT_NE(result.error().message.find(what_to_do), std::string::npos) << result.error().message;
  EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
}

TEST_F(FullDisk, IsToldInOneLineAndTheNextUpdateBringsAllThatIsMissing) {
  bound_pages(0);
  expect_told(writer_->update(test::so_far(whole_, 1'150'000)), "free some space");
  expect_told(writer_->update(test::so_far(whole_, 1'151'000)), "free some space");
  expect_half_kept();

  bound_pages(1'000'000);
  const auto done = writer_->finish(whole_);
  ASSERT_TRUE(done) << done.error().message;
  const auto kept = calls_.load(kEverything, writer_->call_id());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->entry.state, CallState::done);
  test::expect_same(kept->report, whole_);
}

TEST_F(FullDisk, LeavesTheStoreAsItWasWhenANewCallHasNoRoom) {
  bound_pages(0);
  const auto id = calls_.add(test::some_details(), test::some_makers(), whole_);
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().code, ErrorCode::unwritable);
  expect_half_kept();
  EXPECT_FALSE(calls_.load(kEverything, writer_->call_id() + 1));
}

// The system's bound on the size of any file that this process writes.
TEST_F(FullDisk, OfTheSystemIsToldToo) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit tight = before;
  tight.rlim_cur = std::filesystem::file_size(folder_.path("tonecue.db-wal")) + 4096;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto refused = writer_->update(test::so_far(whole_, 900'000));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_DFL);

  expect_told(refused, "free space");
  expect_half_kept();
  const CallReport now = test::so_far(whole_, 901'000);
  const auto updated = writer_->update(now);
  ASSERT_TRUE(updated) << updated.error().message;
  const auto kept = calls_.load(kEverything, writer_->call_id());
  ASSERT_TRUE(kept);
  test::expect_same(kept->report, now);
}

}  // namespace
}  // namespace tonecue

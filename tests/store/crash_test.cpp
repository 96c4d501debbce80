#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/calls/abandoned_calls.h"
#include "store/database/store_impl.h"
#include "store/made_call.h"
#include "store/temp_store.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kWriters = 20;
constexpr int kRoundsInOneFolder = 20;
constexpr int kLongestRoundMs = 300;
const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

/// What the child says after a function has returned; written whole or not at all.
struct Acknowledged {
  std::int64_t call_id = 0;
  std::int64_t duration_ms = 0;
  std::int64_t cues = 0;
  std::int64_t done = 0;     // 1: finished.
  std::int64_t audited = 0;  // 1: an entry of the audit log before this.
};

// --- The child

class Writers {
 public:
  Writers(const std::string& folder, const CallReport& whole, int acknowledge_fd)
      : store_(test::open_store(folder)), whole_(&whole), fd_(acknowledge_fd) {}

  [[noreturn]] void write_for_ever() {
    std::vector<std::thread> threads;
    threads.reserve(kWriters);
    for (int i = 0; i < kWriters; ++i) {
      threads.emplace_back([this, i] {
        for (;;) write_calls(i);
      });
    }
    for (auto& thread : threads) thread.join();
    ::_exit(1);
  }

 private:
  static void expect(bool good) {
    if (!good) ::_exit(2);
  }

  void acknowledge(std::int64_t id, const CallReport& report, bool done,
                   bool audited = false) const {
    const Acknowledged told{.call_id = id,
                            .duration_ms = report.duration_ms,
                            .cues = static_cast<std::int64_t>(report.cues.size()),
                            .done = done ? 1 : 0,
                            .audited = audited ? 1 : 0};
    expect(::write(fd_, &told, sizeof told) == sizeof told);
  }

  // A call that is written while it lasts, an entry of the log, and a call at once.
  void write_calls(int thread) {
    constexpr int kUpdates = 8;
    CallStore calls(store_);
    auto writer = calls.begin(test::some_details(), test::some_makers(), {});
    expect(writer.has_value());
    acknowledge(writer->call_id(), {}, false);
    for (int i = 1; i <= kUpdates; ++i) {
      std::this_thread::sleep_for(milliseconds(50));  // The pace of real calls, times twenty.
      const CallReport now = test::so_far(*whole_, 7000 * i + 100 * thread);
      expect(writer->update(now).has_value());
      acknowledge(writer->call_id(), now, false);
    }
    expect(writer->finish(*whole_).has_value());
    acknowledge(writer->call_id(), *whole_, true);
    AuditLog log(store_);
    expect(log.add({.at_unix_ms = unix_ms_now(), .who = "tonecue", .action = "call.store"})
               .has_value());
    const CallReport part = test::so_far(*whole_, 20'000);
    const auto id = calls.add(test::some_details(), test::some_makers(), part);
    expect(id.has_value());
    acknowledge(*id, part, true, true);
  }

  Store store_;
  const CallReport* whole_;
  int fd_;
};

// --- The parent

/// A process that writes until it is killed.
class Victim {
 public:
  Victim(const std::string& folder, const CallReport& whole) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      Writers(folder, whole, ends[1]).write_for_ever();
    }
    ::close(ends[1]);
    fd_ = ends[0];
  }
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;
  ~Victim() {
    if (fd_ >= 0) ::close(fd_);
  }

  /// Lets it write for so long from its first word on. @return All that it had acknowledged.
  std::vector<Acknowledged> kill_after(milliseconds time) {
    std::vector<Acknowledged> all;
    if (!read_one(all)) ADD_FAILURE() << "nothing was written";
    const auto end = Clock::now() + time;
    for (auto left = time; left.count() > 0;
         left = std::chrono::duration_cast<milliseconds>(end - Clock::now())) {
      pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
      if (::poll(&waiting, 1, static_cast<int>(left.count())) > 0 && !read_one(all)) break;
    }
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
    while (read_one(all)) {
    }
    return all;
  }

 private:
  bool read_one(std::vector<Acknowledged>& all) const {
    Acknowledged one;
    if (::read(fd_, &one, sizeof one) != sizeof one) return false;
    all.push_back(one);
    return true;
  }

  pid_t pid_ = -1;
  int fd_ = -1;
};

void expect_whole_file(Store& store) {
  auto reading = store.impl().read();
  ASSERT_TRUE(reading) << reading.error().message;
  Statement check = reading->prepare("PRAGMA integrity_check");
  ASSERT_TRUE(check.step()) << check.result().error().message;
  EXPECT_EQ(check.text(0), "ok");
  const auto broken =
      reading->connection().integer_of("SELECT count(*) FROM pragma_foreign_key_check");
  EXPECT_EQ(broken.value_or(-1), 0);
}

void expect_all_there(Store& store, const std::vector<Acknowledged>& all) {
  const CallStore calls(store);
  std::map<std::int64_t, Acknowledged> newest;
  for (const Acknowledged& one : all) newest[one.call_id] = one;
  for (const auto& [id, told] : newest) {
    const auto call = calls.load(kEverything, id);
    ASSERT_TRUE(call) << call.error().message;
    EXPECT_GE(call->report.duration_ms, told.duration_ms);
    EXPECT_GE(static_cast<std::int64_t>(call->report.cues.size()), told.cues);
    EXPECT_EQ(static_cast<std::int64_t>(call->report.track.customer.size()),
              call->report.duration_ms / kTrackStepMs);
    if (told.done == 1) {
      EXPECT_EQ(call->entry.state, CallState::done);
    }
  }
}

void expect_open_calls_end(Store& store) {
  ASSERT_TRUE(CallStore(store).end_abandoned(unix_ms_now() + 2 * kAbandonedMs));
  auto reading = store.impl().read();
  ASSERT_TRUE(reading);
  const char* open = "SELECT count(*) FROM calls WHERE state = 'open'";
  EXPECT_EQ(reading->connection().integer_of(open).value_or(-1), 0);
}

TEST(StoreCrash, LosesNothingThatWasAcknowledgedWhenTheProcessIsKilled) {
  const CallReport whole = test::MadeCall(1).report(60'000);
  std::mt19937 random(20'261'122);
  std::uniform_int_distribution<int> moment_ms(0, kLongestRoundMs);
  std::size_t acknowledged = 0;
  for (int round = 0; round < TONECUE_CRASH_ROUNDS && !testing::Test::HasFailure();) {
    const test::TempFolder folder;
    std::int64_t audited = 0;
    for (int i = 0; i < kRoundsInOneFolder && round < TONECUE_CRASH_ROUNDS; ++i, ++round) {
      SCOPED_TRACE(testing::Message() << "round " << round);
      Victim victim(folder.path(), whole);
      const auto all = victim.kill_after(milliseconds(moment_ms(random)));
      acknowledged += all.size();
      audited +=
          std::count_if(all.begin(), all.end(), [](const auto& one) { return one.audited == 1; });

      Store store = test::open_store(folder.path());
      expect_whole_file(store);
      expect_all_there(store, all);
      expect_open_calls_end(store);
      const auto chain = AuditLog(store).verify();
      ASSERT_TRUE(chain) << chain.error().message;
      EXPECT_FALSE(chain->first_broken);
      EXPECT_GE(chain->entries, audited);
    }
  }
  std::printf("%d kills, %zu acknowledged writes, none lost\n", TONECUE_CRASH_ROUNDS, acknowledged);
}

}  // namespace
}  // namespace tonecue

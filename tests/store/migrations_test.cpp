#include "store/database/migrations.h"

#include <barrier>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/database/store_impl.h"
#include "store/made_call.h"
#include "store/temp_store.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using test::TempFolder;

// What a call of the first version looks like: its rows were written by hand, and stay so.
constexpr const char* kOldCall =
    "INSERT INTO settings VALUES (1, 'abc', 'x = 1');"
    "INSERT INTO calls (id, started_ms, duration_ms, state, agent, team, queue, caller_ref,"
    " consent_ref, origin, source, content_sha256, file, sample_rate_hz, line_delay_ms,"
    " settings_id, program, model, model_sha256, site_calibrated, distressed_s, judged_s,"
    " unknown_s, unknown_baseline_forming_s, unknown_too_little_voice_s, unknown_noisy_s,"
    " unknown_bleed_s, unknown_out_of_range_s, peak_distress, either_s, sum_s, both_s,"
    " overtalk_ratio, overtalk_incidents, agent_overtalk_incidents, non_talk_s,"
    " non_talk_incidents, need_customer, need_agent, written_ms) VALUES"
    " (7, 1000, 5000, 'done', 'Kim', 'north', '', '', '', 'recording', 'a.wav', NULL, 'a.wav',"
    "  8000, 0, 1, '0.1', 'research', 'abc', 0, 2.5, 4, 1, 0, 0, 0, 0, 0, 0.75, 3, 3, 0, 0, 0, 0,"
    "  0, 0, 5, 1, 2000);"
    "INSERT INTO parties (call_id, party, present, talk_s, talk_share, syllables, interruptions,"
    " given_back, backchannels, longest_turn_s, bleed, baseline_ready) VALUES"
    " (7, 0, 1, 1.5, 0.5, 9, 2, 0, 0, 1, 0, 0), (7, 1, 1, 1.5, 0.5, 9, 0, 0, 0, 1, 0, 0);"
    "INSERT INTO cues VALUES (70, 7, 6, 1, 100, 900, 500, 0.5, '{\"level_db\":6.5}');"
    "INSERT INTO alerts VALUES (7, 0, 600, 6, 1, 'Softly.', 0, 1, 0, NULL, 0, 0, 500, 0.5);";

void make_version(const std::string& path, std::size_t version) {
  auto old = Connection::open(path, Connection::Access::write);
  ASSERT_TRUE(old) << old.error().message;
  const auto made = migrate(**old, path, schema_steps().first(version));
  ASSERT_TRUE(made) << made.error().message;
  const auto filled = (*old)->execute(kOldCall);
  ASSERT_TRUE(filled) << filled.error().message;
}

/// Opens a store that must not open, and gives the one line.
Error refused(const StoreConfig& config) {
  const auto store = Store::open(config);
  EXPECT_FALSE(store);
  Error error = store ? Error{} : store.error();
  EXPECT_EQ(error.message.find('\n'), std::string::npos) << error.message;
  EXPECT_NE(error.message.find(config.folder), std::string::npos) << error.message;
  return error;
}

class EveryVersion : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryVersion, OpensAndKeepsItsRows) {
  const TempFolder folder;
  make_version(folder.path("tonecue.db"), GetParam());

  Store store = test::open_store(folder.path());
  const CallStore calls(store);

  const Scope everything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};
  const auto call = calls.load(everything, 7);
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->entry.details.agent, "Kim");
  EXPECT_EQ(call->entry.need, 6.0F);
  EXPECT_EQ(call->makers.settings_toml, "x = 1");
  EXPECT_EQ(call->report.parties.agent.interruptions, 2);
  ASSERT_EQ(call->report.cues.size(), 1U);
  EXPECT_EQ(call->cue_ids[0], 70);
  EXPECT_EQ(call->report.cues[0].evidence.items()[0].value, 6.5F);
  EXPECT_EQ(call->report.alerts[0].text, "Softly.");
  const auto list = calls.list(everything, {.kinds = {CueKind::distress}}, 10, "");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->total, 1);  // What is kept beside its rows was made up for.
}

INSTANTIATE_TEST_SUITE_P(Migrations, EveryVersion,
                         testing::Range<std::size_t>(1, schema_steps().size() + 1));

TEST(Migrations, TakeNothingTwice) {
  const TempFolder folder;
  test::open_store(folder.path());
  auto connection = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
  ASSERT_TRUE(connection);
  const auto again = migrate(**connection, "x");
  EXPECT_TRUE(again) << again.error().message;
  EXPECT_EQ((*connection)->integer_of("PRAGMA user_version").value(),
            static_cast<std::int64_t>(schema_steps().size()));
}

TEST(Migrations, LeaveADatabaseAsItWasWhenAStepFails) {
  const TempFolder folder;
  auto connection = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
  ASSERT_TRUE(connection);
  const std::vector<std::string_view> steps = {
      "CREATE TABLE a (x INTEGER)", "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1)"};

  EXPECT_FALSE(migrate(**connection, "x", steps));

  EXPECT_EQ((*connection)->integer_of("PRAGMA user_version").value(), 1);
  EXPECT_EQ((*connection)->integer_of("SELECT count(*) FROM sqlite_schema").value(), 1);
}

TEST(Migrations, RefuseAStepThatLeavesRowsPointingNowhere) {
  const TempFolder folder;
  auto connection = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
  ASSERT_TRUE(connection);
  const std::vector<std::string_view> steps = {
      "CREATE TABLE a (x INTEGER PRIMARY KEY); CREATE TABLE b (x INTEGER REFERENCES a (x));"
      "INSERT INTO b VALUES (1)"};
  const auto done = migrate(**connection, "x", steps);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::corrupt);
}

TEST(StoreOpen, TakesManyWhoMakeANewStoreAtOnce) {
  constexpr int kOpeners = 8;
  for (int round = 0; round < 20; ++round) {
    const TempFolder folder;
    std::barrier begin(kOpeners);
    std::vector<std::string> trouble(kOpeners);
    std::vector<std::thread> openers;
    openers.reserve(kOpeners);
    for (std::string& told : trouble) {
      openers.emplace_back([&] {
        begin.arrive_and_wait();
        const auto store = Store::open({.folder = folder.path()});
        if (!store) told = store.error().message;
      });
    }
    for (std::thread& opener : openers) opener.join();
    for (const std::string& told : trouble) ASSERT_EQ(told, "") << "round " << round;
  }
}

TEST(StoreOpen, RefusesADatabaseOfANewerTonecue) {
  const TempFolder folder;
  test::open_store(folder.path());
  {
    auto newer = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
    ASSERT_TRUE(newer) << newer.error().message;
    ASSERT_TRUE((*newer)->execute("PRAGMA user_version = 999"));
  }
  const Error error = refused({.folder = folder.path()});
  EXPECT_EQ(error.code, ErrorCode::unsupported);
  EXPECT_NE(error.message.find("newer tonecue"), std::string::npos) << error.message;
}

TEST(StoreOpen, RefusesADatabaseOfAnotherProgram) {
  const TempFolder folder;
  {
    auto other = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->execute("CREATE TABLE theirs (x INTEGER)"));
  }
  const Error error = refused({.folder = folder.path()});
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.message.find("another program"), std::string::npos) << error.message;
}

TEST(StoreOpen, RefusesAFileThatIsNoDatabase) {
  const TempFolder folder;
  std::ofstream(folder.path("tonecue.db")) << std::string(10'000, 'x');
  const Error error = refused({.folder = folder.path()});
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.message.find("this is no database"), std::string::npos) << error.message;
}

TEST(StoreOpen, RefusesADatabaseThatWasCutOff) {
  const TempFolder folder;
  {
    Store store = test::open_store(folder.path());
    CallStore calls(store);
    ASSERT_TRUE(
        calls.add(test::some_details(), test::some_makers(), test::MadeCall(1).report(600'000)));
  }
  std::filesystem::resize_file(folder.path("tonecue.db"), 20'000);
  const Error error = refused({.folder = folder.path()});
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.message.find("damaged or cut off"), std::string::npos) << error.message;
}

TEST(StoreOpen, RefusesAFolderThatIsAFile) {
  const TempFolder folder;
  std::ofstream(folder.path("calls")) << "x";
  EXPECT_EQ(refused({.folder = folder.path("calls")}).code, ErrorCode::invalid_argument);
}

TEST(StoreOpen, SaysWhoHasItLocked) {
  const TempFolder folder;
  test::open_store(folder.path());
  auto other = Connection::open(folder.path("tonecue.db"), Connection::Access::write);
  ASSERT_TRUE(other);
  ASSERT_TRUE((*other)->execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
  const Error error = refused({.folder = folder.path()});
  EXPECT_EQ(error.code, ErrorCode::unwritable);
  EXPECT_NE(error.message.find("locked for 5 s"), std::string::npos) << error.message;
}

TEST(StoreOpen, WaitsForAWriterThatIsDoneSoon) {
  const TempFolder folder;
  Store first = test::open_store(folder.path());
  auto writing = first.impl().write();
  ASSERT_TRUE(writing);
  ASSERT_TRUE(writing->connection().execute("INSERT INTO settings VALUES (1, 'a', '')"));
  std::thread end([&] { EXPECT_TRUE(writing->commit()); });
  const auto second = Store::open({.folder = folder.path()});
  end.join();
  EXPECT_TRUE(second) << second.error().message;
}

// Root may write anywhere, so another user tries, in a process of its own.
int open_as_nobody(const std::string& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(9);
    const auto store = Store::open({.folder = folder});
    const bool told = !store && store.error().code == ErrorCode::unwritable &&
                      store.error().message.find("give this user the right") != std::string::npos;
    if (!told && !store) std::fputs(store.error().message.c_str(), stderr);
    ::_exit(told ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(StoreOpen, SaysThatAFolderCannotBeWritten) {
  namespace fs = std::filesystem;
  const TempFolder folder;
  const auto readable = fs::perms::owner_read | fs::perms::owner_exec | fs::perms::group_read |
                        fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec;
  fs::permissions(folder.path(), fs::perms::all);
  test::open_store(folder.path("calls"));
  fs::create_directory(folder.path("empty"));
  for (const char* name : {"calls", "empty"}) {
    SCOPED_TRACE(name);
    fs::permissions(folder.path(name), readable);
    const int status = open_as_nobody(folder.path(name));
    fs::permissions(folder.path(name), fs::perms::owner_all);
    if (status == 9) GTEST_SKIP() << "skipped: cannot become another user";
    EXPECT_EQ(status, 0);
  }
}

}  // namespace
}  // namespace tonecue

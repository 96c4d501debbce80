#include "tonecue/store/call_store.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "store/made_call.h"
#include "store/same_report.h"
#include "store/store_fixture.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {
namespace {

using test::expect_same;
using test::kSomeSha256;
using test::MadeCall;
using test::some_details;
using test::some_makers;

using test::kEverything;
class CallStoreTest : public test::StoreFixture {};

TEST_F(CallStoreTest, GivesBackEveryFieldOfARecording) {
  CallDetails details = some_details();
  details.origin = CallOrigin::uploaded;
  details.source = "call.wav";
  details.content_sha256 = kSomeSha256;
  const CallReport report = MadeCall(2).report(1'260'000);

  const auto id = calls_.add(details, some_makers(), report);
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = calls_.load(kEverything, *id);

  ASSERT_TRUE(kept) << kept.error().message;
  expect_same(kept->report, report);
  ASSERT_EQ(kept->cue_ids.size(), report.cues.size());
  EXPECT_EQ(kept->makers.program_version, some_makers().program_version);
  EXPECT_EQ(kept->makers.settings_toml, some_makers().settings_toml);
  EXPECT_EQ(kept->entry.id, *id);
  EXPECT_EQ(kept->entry.state, CallState::done);
  EXPECT_EQ(kept->entry.duration_ms, report.duration_ms);
  EXPECT_EQ(kept->entry.details.started_unix_ms, details.started_unix_ms);
  EXPECT_EQ(kept->entry.details.agent, details.agent);
  EXPECT_EQ(kept->entry.details.team, details.team);
  EXPECT_EQ(kept->entry.details.queue, details.queue);
  EXPECT_EQ(kept->entry.details.caller_ref, details.caller_ref);
  EXPECT_EQ(kept->entry.details.consent_ref, details.consent_ref);
  EXPECT_EQ(kept->entry.details.origin, details.origin);
  EXPECT_EQ(kept->entry.details.source, details.source);
  EXPECT_EQ(kept->entry.details.content_sha256, details.content_sha256);
  EXPECT_FALSE(kept->recording);
}

TEST_F(CallStoreTest, GivesBackWhatOnlyALiveCallHas) {
  CallReport report = MadeCall(3).report(3000);
  report.present.customer = false;
  report.live = LiveFacts{.decision_median_ms = 31, .decision_p99_ms = 64, .devices = {}};
  report.live->devices.push_back({.name = "Headset é",
                                  .parties = {true, false},
                                  .sample_rate_hz = 48000,
                                  .drift_ppm = -41.25,
                                  .wrong_rate = true,
                                  .times_lost = 1,
                                  .gaps = 2,
                                  .gap_ms = 3,
                                  .dropped_ms = 4,
                                  .overruns = 5,
                                  .bad_samples = 6});

  const auto id = calls_.add(some_details(), some_makers(), report);
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = calls_.load(kEverything, *id);

  ASSERT_TRUE(kept) << kept.error().message;
  expect_same(kept->report, report);
}

TEST_F(CallStoreTest, GivesBackAnEmptyCall) {
  const auto id = calls_.add({}, {}, {});
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = calls_.load(kEverything, *id);

  ASSERT_TRUE(kept) << kept.error().message;
  expect_same(kept->report, CallReport{});
  EXPECT_FALSE(kept->entry.peak_distress);
}

TEST_F(CallStoreTest, KeepsAConfigurationOnceForAllCalls) {
  add(some_details());
  add(some_details());
  EXPECT_EQ(integer_of("SELECT count(*) FROM calls"), 2);
  EXPECT_EQ(integer_of("SELECT count(*) FROM settings"), 1);
}

TEST_F(CallStoreTest, WritesDownByWhichWayACallCameIn) {
  AuditLog audit(store_);
  CallDetails details = some_details();
  details.content_sha256 = kSomeSha256;
  const std::vector<std::pair<CallOrigin, std::string>> ways = {{CallOrigin::watched, "watch"},
                                                                {CallOrigin::recording, "analyze"},
                                                                {CallOrigin::live, "live"}};
  for (const auto& [origin, who] : ways) {
    details.origin = origin;
    details.content_sha256.back() = who.front() == 'w' ? '1' : who.front() == 'a' ? '2' : '3';
    const std::int64_t id = add(details);
    const auto newest = audit.list(0, 1).value().at(0).event;
    EXPECT_EQ(newest.who, who);
    EXPECT_EQ(newest.action, "call.add");
    EXPECT_EQ(newest.target, "call/" + std::to_string(id));
    EXPECT_EQ(newest.detail, "sha256 " + details.content_sha256);
    EXPECT_EQ(newest.address, "");
  }
  EXPECT_FALSE(calls_.add(details, some_makers(), MadeCall(1).report(5000))) << "it is there";
  details.origin = CallOrigin::uploaded;
  details.content_sha256.clear();
  add(details);
  EXPECT_EQ(audit.verify()->entries, 3) << "of an upload there is an entry from its sender";
  EXPECT_FALSE(audit.verify()->first_broken);
}

TEST_F(CallStoreTest, WritesDownALiveCallWhenItBegins) {
  auto writer = calls_.begin(some_details(), some_makers(), CallReport{});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE(writer->update(MadeCall(1).report(2000)));
  ASSERT_TRUE(writer->finish(MadeCall(1).report(5000)));
  const auto entries = AuditLog(store_).list(0, 10).value();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].event.who, "live");
  EXPECT_EQ(entries[0].event.target, "call/" + std::to_string(writer->call_id()));
  EXPECT_EQ(entries[0].event.detail, "");
}

TEST_F(CallStoreTest, TakesTheSameRecordingOnce) {
  CallDetails details = some_details();
  details.content_sha256 = kSomeSha256;
  const std::int64_t id = add(details);

  const auto again = calls_.add(details, some_makers(), MadeCall(7).report(1000));

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::exists);
  EXPECT_EQ(calls_.find_content(kSomeSha256).value(), id);
  EXPECT_EQ(calls_.find_content("ff").value(), std::nullopt);
  EXPECT_EQ(integer_of("SELECT count(*) FROM calls"), 1);
}

TEST_F(CallStoreTest, RefusesTextsThatAreNoPlainLineAndNamesTheField) {
  struct Case {
    std::string CallDetails::*text;
    std::string value;
    std::string told;
  };
  const std::vector<Case> cases = {
      {&CallDetails::agent, std::string(kLongestDetail + 1, 'x'), "agent is too long"},
      {&CallDetails::team, "a\nb", "team holds a control character"},
      {&CallDetails::team, std::string("a\0b", 3), "team holds a control character"},
      {&CallDetails::queue, "\xC2\x85", "queue holds a control character"},
      {&CallDetails::caller_ref, "\xC3", "caller_ref is not UTF-8"},
      {&CallDetails::caller_ref, "..", "caller_ref cannot be"},
      {&CallDetails::consent_ref, "\xED\xA0\x80", "consent_ref is not UTF-8"},
      {&CallDetails::consent_ref, "\xC0\xAF", "consent_ref is not UTF-8"},
      {&CallDetails::source, "../call.wav", "source must be a name without folders"},
      {&CallDetails::content_sha256, "ABC", "content_sha256 must be 64"},
  };
  for (const Case& one : cases) {
    CallDetails details = some_details();
    details.*one.text = one.value;
    const auto id = calls_.add(details, some_makers(), {});
    ASSERT_FALSE(id) << one.told;
    EXPECT_EQ(id.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(id.error().message.find(one.told), 0U) << id.error().message;
  }
  EXPECT_EQ(integer_of("SELECT count(*) FROM calls"), 0);
}

TEST_F(CallStoreTest, TakesAnyPlainTextAsItIs) {
  CallDetails details = some_details();
  details.agent = "'; DROP TABLE calls; --";
  details.team = "<script>alert(1)</script> %s \\ \"";
  details.caller_ref = "Jos\xC3\xA9 \xF0\x9F\x93\x9E";
  const std::int64_t id = add(details);

  const auto entry = calls_.entry(kEverything, id);
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->details.agent, details.agent);
  EXPECT_EQ(entry->details.team, details.team);
  EXPECT_EQ(calls_.calls_of_caller(kEverything, details.caller_ref).value(),
            std::vector<std::int64_t>{id});
}

TEST_F(CallStoreTest, HidesCallsOutOfScopeAsIfTheyWereNotThere) {
  const std::int64_t id = add(some_details("Kim", "north"));
  const Scope south{.reach = Scope::Reach::teams, .agent = {}, .teams = {"south"}};
  const auto missing = calls_.load(south, id + 1);
  ASSERT_FALSE(missing);

  for (const auto& error : {calls_.entry(south, id).error(), calls_.load(south, id).error(),
                            calls_.change_details(south, id, some_details()).error(),
                            calls_.remove(south, id).error()}) {
    EXPECT_EQ(error.code, ErrorCode::not_found);
    EXPECT_EQ(error.message, "there is no call " + std::to_string(id));
  }
  EXPECT_TRUE(calls_.calls_of_caller(south, "caller 7").value().empty());
  EXPECT_TRUE(calls_.load(kEverything, id));
}

TEST_F(CallStoreTest, ChangesWhatIsKnownOfACallAndNothingElse) {
  const std::int64_t id = add(some_details());
  CallDetails other = some_details("Alex", "south");
  other.started_unix_ms = 5;
  other.origin = CallOrigin::watched;
  ASSERT_TRUE(calls_.mark_seen_by_agent(id));

  ASSERT_TRUE(calls_.change_details(kEverything, id, other));

  const auto entry = calls_.entry(kEverything, id);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->details.agent, "Alex");
  EXPECT_EQ(entry->details.team, "south");
  EXPECT_EQ(entry->details.started_unix_ms, some_details().started_unix_ms);
  EXPECT_EQ(entry->details.origin, CallOrigin::live);
  EXPECT_EQ(integer_of("SELECT agent_seen FROM calls"), 0);  // Alex has not.
}

TEST_F(CallStoreTest, LeavesTheAgentsSideToTheAgentFirst) {
  execute(
      "INSERT INTO people (login, name, role, agent, password_hash, active, must_change_password)"
      " VALUES ('kim', 'Kim', 'agent', 'Kim', '', 1, 0)");
  const CallReport report = MadeCall(8).report(600'000);
  const auto id = calls_.add(some_details("Kim"), some_makers(), report);
  ASSERT_TRUE(id);
  const Scope own{.reach = Scope::Reach::own, .agent = "Kim", .teams = {}};

  const auto withheld = calls_.load(kEverything, *id);
  ASSERT_TRUE(withheld);
  ASSERT_TRUE(withheld->entry.conduct_from_unix_ms);
  EXPECT_EQ(withheld->cue_ids.size(), withheld->report.cues.size());
  EXPECT_LT(withheld->report.cues.size(), report.cues.size());
  for (const Cue& cue : withheld->report.cues) EXPECT_EQ(cue.party, Party::customer);
  for (const AlertRecord& alert : withheld->report.alerts) EXPECT_EQ(alert.party, Party::customer);
  for (const Overlap& both : withheld->report.overlaps) EXPECT_EQ(both.starter, Party::customer);
  expect_same(withheld->report.parties.agent, PartySummary{});
  expect_same(withheld->report.parties.customer, report.parties.customer);

  const auto agents = calls_.load(own, *id);
  ASSERT_TRUE(agents);
  expect_same(agents->report, report);

  ASSERT_TRUE(calls_.mark_seen_by_agent(*id));
  const auto seen = calls_.load(kEverything, *id);
  ASSERT_TRUE(seen);
  EXPECT_FALSE(seen->entry.conduct_from_unix_ms);
  expect_same(seen->report, report);
}

TEST_F(CallStoreTest, KeepsARecordingNowhereButAtItsPlace) {
  const std::int64_t id = add(some_details());
  const std::string path = put_recording(id);
  const std::string sha256(kSomeSha256);
  for (const std::string& wrong :
       {std::string("recordings/2026/11/") + std::to_string(id + 1) + ".flac",
        std::string("recordings/2026/../1.flac"), "/" + path, path + "/", "./" + path,
        std::string("recordings/2026/1x/1.flac"), std::string("/etc/passwd"), std::string(),
        std::string("recordings/2026/11/1.wav"),
        "recordings/2026//" + std::to_string(id) + ".flac"}) {
    const auto kept = calls_.keep_recording(id, {wrong, sha256, 5});
    ASSERT_FALSE(kept) << wrong;
    EXPECT_EQ(kept.error().code, ErrorCode::invalid_argument) << wrong;
  }
  EXPECT_FALSE(calls_.keep_recording(id, {path, "abc", 5}));
  EXPECT_FALSE(calls_.keep_recording(id, {path, sha256, 0}));
  const auto gone = calls_.keep_recording(
      id + 1, {"recordings/2026/11/" + std::to_string(id + 1) + ".flac", sha256, 5});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);

  const auto kept = calls_.keep_recording(id, {path, sha256, 5});
  ASSERT_TRUE(kept) << kept.error().message;
  const auto call = calls_.load(kEverything, id);
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->entry.audio);
  ASSERT_TRUE(call->recording);
  EXPECT_EQ(call->recording->path, path);
  EXPECT_EQ(call->recording->sha256, sha256);
  EXPECT_EQ(call->recording->size_bytes, 5);
}

TEST_F(CallStoreTest, NeverFollowsAPathThatSomebodyHasPutThere) {
  const std::int64_t id = add(some_details());
  std::ofstream(folder_.path("precious")) << "mine";
  execute("INSERT INTO recordings VALUES (" + std::to_string(id) + ", 'precious', 'x', 4)");

  EXPECT_FALSE(calls_.load(kEverything, id)->recording);
  const auto removed = calls_.remove(kEverything, id);
  ASSERT_TRUE(removed) << removed.error().message;

  EXPECT_TRUE(std::filesystem::exists(folder_.path("precious")));
}

TEST_F(CallStoreTest, RemovesACallWithAllThatHangsOnIt) {
  const std::int64_t id = add(some_details(), 90'000);
  const std::string path = put_recording(id);
  ASSERT_TRUE(calls_.keep_recording(id, {path, std::string(kSomeSha256), 5}));
  const std::int64_t other = add(some_details());

  const auto removed = calls_.remove(kEverything, id);
  ASSERT_TRUE(removed) << removed.error().message;

  EXPECT_FALSE(std::filesystem::exists(folder_.path(path)));
  for (const std::string table :
       {"parties", "cues", "alerts", "traces", "stretches", "devices", "recordings"}) {
    EXPECT_EQ(
        integer_of("SELECT count(*) FROM " + table + " WHERE call_id = " + std::to_string(id)), 0)
        << table;
  }
  EXPECT_TRUE(calls_.load(kEverything, other));
  EXPECT_FALSE(calls_.load(kEverything, id));
  EXPECT_GT(add(some_details()), other);  // Its number is not given again.
}

TEST_F(CallStoreTest, KeepsACallWhoseFileCannotBeRemoved) {
  const std::int64_t id = add(some_details());
  const std::string path = put_recording(id);
  ASSERT_TRUE(calls_.keep_recording(id, {path, std::string(kSomeSha256), 5}));
  std::filesystem::remove(folder_.path(path));
  std::filesystem::create_directory(folder_.path(path));

  const auto removed = calls_.remove(kEverything, id);

  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code, ErrorCode::unwritable);
  EXPECT_TRUE(calls_.load(kEverything, id));
}

TEST_F(CallStoreTest, TellsWhichCallSomebodyHasDamaged) {
  const std::int64_t id = add(some_details(), 30'000);
  for (const std::string change :
       {"UPDATE traces SET data = x'00'", "UPDATE cues SET evidence = '[1]'",
        "UPDATE stretches SET segments = x'0980'", "UPDATE cues SET kind = 99",
        "DELETE FROM parties WHERE party = 0"}) {
    SCOPED_TRACE(change);
    execute(change);
    const auto call = calls_.load(kEverything, id);
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().code, ErrorCode::corrupt);
    EXPECT_NE(call.error().message.find("call " + std::to_string(id)), std::string::npos)
        << call.error().message;
  }
}

}  // namespace
}  // namespace tonecue

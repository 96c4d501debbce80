#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/kept_calls.h"
#include "app/program_run.h"
#include "tonecue/audio/file_hash.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::run;

class Keeping : public testing::Test {
 protected:
  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }
  std::vector<CallEntry> calls() const { return test::calls_in(folder_ / "store"); }

  /// Of the newest call, by the audit log.
  std::string brought_by() const {
    Store store = test::store_in(folder_ / "store");
    const auto entries = AuditLog(store).list(0, 1).value();
    return entries.empty() || entries[0].event.action != "call.add" ? "" : entries[0].event.who;
  }

  test::TempFolder folder_;
  std::string store_ = (folder_ / "store").string();
};

TEST_F(Keeping, AnalyzePutsTheCallIntoTheStoreWithWhatIsKnownOfIt) {
  const auto analyzed =
      run({"analyze", test::interrupted_call(), "--store", store_, "--agent-name", "Jo", "--team",
           "billing", "--queue", "invoices", "--caller-ref", "C-17", "--consent-ref", "IVR 3"});
  EXPECT_EQ(analyzed.status, kDone) << analyzed.err;
  EXPECT_EQ(analyzed.err, "");
  EXPECT_TRUE(contains(analyzed.out, "Stored as call 1.")) << analyzed.out;
  ASSERT_EQ(calls().size(), 1U);
  const CallEntry call = calls().front();
  EXPECT_EQ(call.details.agent, "Jo");
  EXPECT_EQ(call.details.team, "billing");
  EXPECT_EQ(call.details.queue, "invoices");
  EXPECT_EQ(call.details.caller_ref, "C-17");
  EXPECT_EQ(call.details.consent_ref, "IVR 3");
  EXPECT_EQ(call.details.source, "interrupted.flac");
  EXPECT_EQ(call.details.origin, CallOrigin::recording);
  EXPECT_EQ(call.details.content_sha256, hash_file(test::interrupted_call())->sha256);
  EXPECT_EQ(call.state, CallState::done);
  EXPECT_FALSE(call.audio);
  EXPECT_FALSE(fs::exists(folder_ / "store/recordings")) << "no sound unless asked";
  EXPECT_EQ(brought_by(), "analyze");
}

TEST_F(Keeping, ARecordingThatIsStoredAlreadyIsToldAsSuchAndLeft) {
  const std::string call = test::short_call(folder_ / "call.wav");
  fs::copy_file(call, in_folder("again.wav"));
  ASSERT_EQ(run({"analyze", call, "--store", store_}).status, kDone);
  const auto again = run({"analyze", in_folder("again.wav"), "--store", store_});
  EXPECT_EQ(again.status, kDone) << again.err;
  EXPECT_TRUE(contains(again.out, "again.wav  is in the store already, as call 1\n")) << again.out;
  EXPECT_EQ(calls().size(), 1U);
}

TEST_F(Keeping, OfABatchEachContentIsStoredOnce) {
  fs::create_directory(folder_ / "in");
  for (const char* name : {"a.wav", "b.wav", "c.wav"}) test::short_call(folder_ / "in" / name);
  test::write_bytes(folder_ / "in" / "d.wav", "no sound");
  const auto analyzed = run({"analyze", in_folder("in"), "--store", store_, "--jobs", "3"});
  EXPECT_EQ(analyzed.status, kFailed) << "one is no recording";
  EXPECT_TRUE(contains(analyzed.err, "d.wav")) << analyzed.err;
  EXPECT_EQ(calls().size(), 1U);
}

TEST_F(Keeping, TheSoundIsKeptWhenTheLineOrTheConfigurationSaysSo) {
  const std::string call = test::short_call(folder_ / "call.wav");
  ASSERT_EQ(run({"analyze", call, "--store", store_, "--keep-audio"}).status, kDone);
  ASSERT_EQ(calls().size(), 1U);
  EXPECT_TRUE(calls().front().audio);
  test::write_bytes(folder_ / "house.toml", "[privacy]\nkeep_audio = true\n");
  const std::string other = in_folder("other");
  ASSERT_EQ(run({"analyze", call, "--store", other, "--config", in_folder("house.toml")}).status,
            kDone);
  EXPECT_TRUE(test::calls_in(folder_ / "other").front().audio);
}

TEST_F(Keeping, WhereNoticeIsRequiredAVoiceWithoutAConsentReferenceIsNotJudged) {
  test::write_bytes(folder_ / "house.toml", "[privacy]\nrequire_notice = true\n");
  const auto distressed =
      (fs::path(TONECUE_SOURCE_DIR) / "audio_samples" / "distressed.flac").string();
  const auto untold = run({"analyze", distressed, "--store", store_, "--config",
                           in_folder("house.toml"), "--json", in_folder("untold.json")});
  EXPECT_EQ(untold.status, kDone) << untold.err;
  EXPECT_TRUE(contains(untold.out, "not judged: no consent reference")) << untold.out;
  EXPECT_TRUE(contains(test::bytes_of(in_folder("untold.json")), "\"withheld\""));
  EXPECT_EQ(calls().front().distressed_s, 0.0F);
  EXPECT_FALSE(calls().front().peak_distress);
  const auto told = run({"analyze", distressed, "--store", in_folder("told"), "--config",
                         in_folder("house.toml"), "--consent-ref", "IVR"});
  EXPECT_EQ(told.status, kDone) << told.err;
  EXPECT_GT(test::calls_in(folder_ / "told").front().distressed_s, 0.0F);
}

TEST_F(Keeping, WhatNoCallMayBeNamedIsRefused) {
  const auto refused = run({"analyze", test::short_call(folder_ / "call.wav"), "--store", store_,
                            "--agent-name", std::string(201, 'x')});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  EXPECT_TRUE(calls().empty());
}

TEST_F(Keeping, AStoreThatCannotBeMadeIsToldBeforeTheWork) {
  test::write_bytes(folder_ / "file", "x");
  const auto refused =
      run({"analyze", test::interrupted_call(), "--store", in_folder("file/store")});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
}

TEST_F(Keeping, NothingIsStoredOfACallThatWasStopped) {
  const auto stopped =
      run({"analyze", test::interrupted_call(), "--store", store_, "--keep-audio"}, true);
  EXPECT_EQ(stopped.status, kInterrupted);
  EXPECT_TRUE(calls().empty());
}

TEST_F(Keeping, ALiveCallIsStoredWithItsAlertsAndItsSound) {
  const auto heard =
      run({"live", "--replay", test::interrupted_call(), "--speed", "0", "--no-page", "--store",
           store_, "--agent-name", "Jo", "--keep-audio", "--json", in_folder("call.json")});
  EXPECT_EQ(heard.status, kDone) << heard.err;
  ASSERT_EQ(calls().size(), 1U);
  const CallEntry entry = calls().front();
  EXPECT_EQ(entry.details.origin, CallOrigin::live);
  EXPECT_EQ(brought_by(), "live");
  EXPECT_EQ(entry.details.agent, "Jo");
  EXPECT_EQ(entry.details.source, "interrupted.flac");
  EXPECT_EQ(entry.details.content_sha256, "");
  EXPECT_EQ(entry.state, CallState::done);
  EXPECT_TRUE(entry.audio);
  Store store = test::store_in(folder_ / "store");
  const auto call = CallStore(store).load(test::everything(), entry.id);
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_FALSE(call->report.cues.empty());
  EXPECT_FALSE(call->report.alerts.empty());
  EXPECT_EQ(call->makers.program_version, TONECUE_VERSION);
  EXPECT_TRUE(contains(call->makers.settings_toml, "[alerts]"));
}

}  // namespace
}  // namespace tonecue

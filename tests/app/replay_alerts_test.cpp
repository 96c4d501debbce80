#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

using nlohmann::json;
using test::contains;
using test::run;

std::string sample(const std::string& name) {
  return (std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / (name + ".flac")).string();
}

json replay_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "replay-alerts");
  arguments.insert(arguments.end(), {"--json", "-"});
  const auto replayed = run(arguments);
  EXPECT_EQ(replayed.status, kDone) << replayed.err;
  return json::parse(replayed.out);
}

json decision(json outcome) {
  if (outcome["delivered"] == false) outcome.erase("at_s");
  return outcome;
}

class ReplayOfASample : public testing::TestWithParam<std::string> {};

// What the report leaves out is heard only in when a cue that was never told was over.
TEST_P(ReplayOfASample, GivesWithTheSamePolicyWhatWasGiven) {
  const test::TempFolder folder;
  const std::string report = (folder / "call.json").string();
  ASSERT_EQ(run({"analyze", sample(GetParam()), "--json", report, "--quiet"}).status, kDone);
  const json replayed = replay_json({report, "--policy", "standard"});
  for (const json& alert : replayed["calls"][0]["alerts"]) {
    EXPECT_EQ(decision(alert["given"]), decision(alert["other"])) << alert.dump();
  }
  EXPECT_EQ(replayed["total"]["given"], replayed["total"]["other"]);
}

INSTANTIATE_TEST_SUITE_P(Samples, ReplayOfASample,
                         testing::Values("calm", "interrupted", "distressed"));

TEST(ReplayAlerts, GivesTheSameOfARecordingAndOfItsReport) {
  const test::TempFolder folder;
  const std::string report = (folder / "call.json").string();
  ASSERT_EQ(run({"analyze", sample("distressed"), "--json", report, "--quiet"}).status, kDone);
  const json of_report = replay_json({report, "--policy", "eager"});
  const json of_recording = replay_json({sample("distressed"), "--policy", "eager"});
  EXPECT_EQ(of_report["calls"][0]["alerts"], of_recording["calls"][0]["alerts"]);
  EXPECT_GT(of_report["calls"][0]["alerts"].size(), 0U);
}

TEST(ReplayAlerts, TellsApartAQuietAndAnEagerPolicy) {
  const json quiet = replay_json({sample("distressed"), "--policy", "quiet"})["total"];
  const json eager = replay_json({sample("distressed"), "--policy", "eager"})["total"];
  EXPECT_LT(quiet["other"], eager["other"]);
  EXPECT_EQ(quiet["given"], eager["given"]);
}

TEST(ReplayAlerts, TakesAPolicyFromAConfiguration) {
  const test::TempFolder folder;
  const std::string policy = (folder / "team.toml").string();
  test::write_bytes(policy, "[alerts]\nquiet_start_s = 0\n[wording.interruption]\nagent = []\n");
  const json replayed = replay_json({sample("interrupted"), "--policy", policy});
  EXPECT_EQ(replayed["policy"]["name"], "team.toml");
  EXPECT_EQ(replayed["policy"]["quiet_start_s"], 0);
  for (const json& alert : replayed["calls"][0]["alerts"]) {
    if (alert["cue"] == "interruption") {
      EXPECT_TRUE(alert["other"].is_null()) << alert.dump();
    }
  }
  EXPECT_EQ(replayed["total"]["other"], 0);
}

TEST(ReplayAlerts, AddsUpSeveralCallsAndSaysWhatIsApproximate) {
  const auto both =
      run({"replay-alerts", sample("calm"), sample("interrupted"), "--policy", "eager"});
  EXPECT_EQ(both.status, kDone) << both.err;
  EXPECT_TRUE(contains(both.out, "2 calls, 0.05 h: ")) << both.out;
  EXPECT_TRUE(contains(both.out, "Approximate: ")) << both.out;
  EXPECT_TRUE(contains(both.out, "Nothing to tell.")) << both.out;
  EXPECT_TRUE(contains(both.out, "Interruption, agent")) << both.out;
}

TEST(ReplayAlerts, WritesARowPerCue) {
  const auto table =
      run({"replay-alerts", sample("interrupted"), "--policy", "eager", "--csv", "-"});
  EXPECT_EQ(table.status, kDone) << table.err;
  EXPECT_TRUE(table.out.starts_with("file,cue,party,raised_at_s,escalation,given,")) << table.out;
  EXPECT_EQ(std::ranges::count(table.out, '\n'), 4) << table.out;
  EXPECT_TRUE(contains(table.out, ",interruption,agent,")) << table.out;
}

TEST(ReplayAlerts, GoesOnAfterAReportThatIsBroken) {
  const test::TempFolder folder;
  const std::string broken = (folder / "broken.json").string();
  test::write_bytes(broken, "{}");
  const auto replayed =
      run({"replay-alerts", broken, sample("interrupted"), "--policy", "standard"});
  EXPECT_EQ(replayed.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(replayed.err)) << replayed.err;
  EXPECT_TRUE(contains(replayed.err, "'schema' is missing")) << replayed.err;
  EXPECT_TRUE(contains(replayed.out, "1 call, ")) << replayed.out;
}

TEST(ReplayAlerts, NamesThePoliciesWhenOneIsNotKnown) {
  const auto refused = run({"replay-alerts", sample("calm"), "--policy", "qiuet"});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  EXPECT_TRUE(contains(refused.err, "quiet, standard, eager")) << refused.err;
}

TEST(ReplayAlerts, NeverWritesOverTheReportItReads) {
  const test::TempFolder folder;
  const std::string report = (folder / "call.json").string();
  test::write_bytes(report, "{}");
  const auto refused =
      run({"replay-alerts", report, "--policy", "quiet", "--json", report, "--force"});
  EXPECT_EQ(refused.status, kWrongUsage);
  EXPECT_EQ(test::bytes_of(report), "{}");
}

TEST(ReplayAlerts, HasItsPoliciesInTheManual) {
  const std::string manual =
      test::bytes_of(std::filesystem::path(TONECUE_SOURCE_DIR) / "docs" / "configuration.md");
  const json quiet = replay_json({sample("calm"), "--policy", "quiet"})["policy"];
  const json standard = replay_json({sample("calm"), "--policy", "standard"})["policy"];
  const json eager = replay_json({sample("calm"), "--policy", "eager"})["policy"];
  for (const auto& [key, value] : standard.items()) {
    if (key == "name") continue;
    const std::string row = "| `" + key + "` | " + quiet[key].dump() + " | " + value.dump() +
                            " | " + eager[key].dump() + " |";
    EXPECT_TRUE(contains(manual, row)) << row;
  }
}

}  // namespace
}  // namespace tonecue

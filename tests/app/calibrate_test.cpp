#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/program_run.h"
#include "tonecue/app/config_file.h"
#include "tonecue/app/site_file.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using test::contains;
using test::run;

std::string sample(const std::string& name) {
  return (fs::path(TONECUE_SOURCE_DIR) / "audio_samples" / name).string();
}

class Calibrate : public testing::Test {
 protected:
  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  json site() const { return json::parse(test::bytes_of(folder_ / "site.json")); }

  test::ProgramRun calibrate(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "calibrate");
    arguments.insert(arguments.end(), {"--out", in_folder("site.json")});
    return run(arguments);
  }

  test::TempFolder folder_;
};

/// Distress cues that `analyze` tells of.
int distress_cues(const test::ProgramRun& analyzed) {
  const json report = json::parse(analyzed.out);
  return static_cast<int>(std::count_if(report["cues"].begin(), report["cues"].end(),
                                        [](const json& cue) { return cue["kind"] == "distress"; }));
}

TEST_F(Calibrate, WritesAFileThatTheConfigurationTakes) {
  const auto done = calibrate({sample("calm.flac"), sample("distressed.flac")});
  EXPECT_EQ(done.status, kDone) << done.err;
  EXPECT_EQ(done.err, "");
  EXPECT_TRUE(contains(done.out, "2 calls")) << done.out;
  EXPECT_TRUE(contains(done.out, "Too few hours to know")) << done.out;
  EXPECT_TRUE(contains(done.out, "calibration = \"" + in_folder("site.json"))) << done.out;
  EXPECT_EQ(site()["calls"], 2);

  test::write_bytes(folder_ / "team.toml", "[distress]\ncalibration = \"site.json\"\n");
  const auto printed = run({"config", "--config", in_folder("team.toml")});
  EXPECT_EQ(printed.status, kDone) << printed.err;
  EXPECT_TRUE(contains(printed.out, "\ncalibration = \"")) << printed.out;
}

TEST_F(Calibrate, RaisesTheThresholdUntilTheCallsKeepToTheRate) {
  const auto before = run({"analyze", sample("distressed.flac"), "--json", "-"});
  ASSERT_EQ(distress_cues(before), 1) << "a call that has a cue to lose";
  ASSERT_EQ(calibrate({sample("distressed.flac")}).status, kDone);
  EXPECT_EQ(site()["cues"], 0);
  EXPECT_GT(site()["raise_probability"], 0.6);
  test::write_bytes(folder_ / "team.toml", "distress.calibration = \"site.json\"\n");
  const auto after = run(
      {"analyze", sample("distressed.flac"), "--json", "-", "--config", in_folder("team.toml")});
  EXPECT_EQ(after.status, kDone) << after.err;
  EXPECT_EQ(distress_cues(after), 0) << "the replay of the calibration is what the call does";
}

TEST_F(Calibrate, CountsTheCuesThatAnalyzeRaises) {
  // So high a wish that nothing needs to change.
  ASSERT_EQ(calibrate({sample("distressed.flac"), "--alerts-per-hour", "60"}).status, kDone);
  const float raise = site()["raise_probability"];
  test::write_bytes(folder_ / "team.toml", "distress.calibration = \"site.json\"\n");
  const auto analyzed = run(
      {"analyze", sample("distressed.flac"), "--json", "-", "--config", in_folder("team.toml")});
  EXPECT_EQ(distress_cues(analyzed), site()["cues"]) << "at " << raise;
}

TEST_F(Calibrate, IsTheSameWhateverTheNumberOfJobs) {
  const std::vector<std::string> calls = {sample("calm.flac"), sample("distressed.flac"),
                                          sample("interrupted.flac")};
  const auto with_jobs = [&](const std::string& jobs) {
    auto arguments = calls;
    arguments.insert(arguments.end(), {"--jobs", jobs, "--force"});
    EXPECT_EQ(calibrate(arguments).status, kDone);
    return test::bytes_of(folder_ / "site.json");
  };
  EXPECT_EQ(with_jobs("1"), with_jobs("3"));
}

TEST_F(Calibrate, StartsFromTheShippedModelWhateverWasFittedBefore) {
  ASSERT_EQ(calibrate({sample("distressed.flac")}).status, kDone);
  const json first = site();
  test::write_bytes(folder_ / "team.toml", "distress.calibration = \"site.json\"\n");
  ASSERT_EQ(
      calibrate({sample("distressed.flac"), "--config", in_folder("team.toml"), "--force"}).status,
      kDone);
  EXPECT_EQ(site(), first);
}

TEST_F(Calibrate, FitsAnewWhereTheOldFitIsGoneOrOfAnotherModel) {
  test::write_bytes(folder_ / "team.toml", "distress.calibration = \"old.json\"\n");
  const auto gone = calibrate({sample("calm.flac"), "--config", in_folder("team.toml")});
  EXPECT_EQ(gone.status, kDone) << gone.err;
  std::string other = test::bytes_of(folder_ / "site.json");
  const std::string sha256 = site()["model"];
  other.replace(other.find(sha256), sha256.size(), std::string(sha256.size(), '0'));
  test::write_bytes(folder_ / "old.json", other);
  EXPECT_EQ(run({"config", "--config", in_folder("team.toml")}).status, kFailed);
  const auto scored = run({"distress", sample("calm.flac"), "--config", in_folder("team.toml")});
  EXPECT_EQ(scored.status, kDone) << "only the model counts: " << scored.err;
  const auto anew = calibrate({sample("calm.flac"), "--config", in_folder("team.toml"), "--force"});
  EXPECT_EQ(anew.status, kDone) << anew.err;
  EXPECT_EQ(site()["model"], sha256);
}

TEST_F(Calibrate, IsNamedInTheReportsOfTheCallsItJudged) {
  const auto distress_of = [](const test::ProgramRun& analyzed) {
    return json::parse(analyzed.out)["parties"]["customer"]["distress"];
  };
  ASSERT_EQ(calibrate({sample("calm.flac")}).status, kDone);
  test::write_bytes(folder_ / "team.toml", "distress.calibration = \"site.json\"\n");
  const json shipped = distress_of(run({"analyze", sample("calm.flac"), "--json", "-"}));
  const json fitted = distress_of(
      run({"analyze", sample("calm.flac"), "--json", "-", "--config", in_folder("team.toml")}));
  EXPECT_EQ(shipped["site_calibrated"], false);
  EXPECT_EQ(fitted["site_calibrated"], true);
  EXPECT_EQ(fitted["model"], shipped["model"]);
  EXPECT_EQ(fitted["model"]["name"], "research");
  const std::string sha256 = site()["model"];
  EXPECT_EQ(fitted["model"]["sha256_begins"], sha256.substr(0, 12));
}

TEST_F(Calibrate, TellsOfABadRecordingAndUsesTheRest) {
  const auto done = calibrate({sample("calm.flac"), in_folder("none.wav")});
  EXPECT_EQ(done.status, kFailed);
  EXPECT_TRUE(contains(done.err, "none.wav: no such file")) << done.err;
  EXPECT_TRUE(contains(done.err, "1 of 2 recordings")) << done.err;
  EXPECT_EQ(site()["calls"], 1);
}

TEST_F(Calibrate, WritesNothingWithoutACall) {
  const auto done = calibrate({in_folder("none.wav")});
  EXPECT_EQ(done.status, kFailed);
  EXPECT_TRUE(contains(done.err, "no call to calibrate on")) << done.err;
  EXPECT_FALSE(fs::exists(folder_ / "site.json"));
}

TEST_F(Calibrate, KeepsAnOlderFileUnlessForced) {
  test::write_bytes(folder_ / "site.json", "mine");
  const auto refused = calibrate({sample("calm.flac")});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  EXPECT_EQ(test::bytes_of(folder_ / "site.json"), "mine");
}

TEST_F(Calibrate, LeavesAnOlderFileWhenItIsStopped) {
  test::write_bytes(folder_ / "site.json", "mine");
  const auto stopped =
      run({"calibrate", sample("calm.flac"), "--force", "--out", in_folder("site.json")}, true);
  EXPECT_EQ(stopped.status, kInterrupted);
  EXPECT_EQ(test::bytes_of(folder_ / "site.json"), "mine");
}

TEST_F(Calibrate, LearnsFromVerdictsOnItsCues) {
  const json report = json::parse(run({"analyze", sample("distressed.flac"), "--json", "-"}).out);
  std::string raised_at_s;
  for (const json& cue : report["cues"]) {
    if (cue["kind"] == "distress") raised_at_s = cue["raised_at_s"].dump();
  }
  const auto judged = [&](const std::string& verdict) {
    test::write_bytes(folder_ / "verdicts.csv", "file,raised_at_s,verdict\ndistressed.flac," +
                                                    raised_at_s + "," + verdict + "\n");
    const auto done = calibrate({sample("distressed.flac"), sample("calm.flac"), "--verdicts",
                                 in_folder("verdicts.csv"), "--force"});
    EXPECT_EQ(done.status, kDone) << done.err;
    return site();
  };
  const json right = judged("right");
  EXPECT_EQ(right["reviewed_cues"], 1);
  EXPECT_GT(right["log_odds_offset"], 0.0);
  const json wrong = judged("wrong");
  EXPECT_LT(wrong["log_odds_offset"], 0.0);
  EXPECT_LE(right["raise_probability"], wrong["raise_probability"]);
}

TEST_F(Calibrate, RefusesEveryBadLineOfTheVerdictsBeforeItBegins) {
  test::write_bytes(folder_ / "verdicts.csv",
                    "file,raised_at_s,verdict\ncalm.flac,1,good\ncalm.flac,x,right\n");
  const auto refused = calibrate({sample("calm.flac"), "--verdicts", in_folder("verdicts.csv")});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(contains(refused.err, "verdicts.csv:2: 'good'")) << refused.err;
  EXPECT_TRUE(contains(refused.err, "verdicts.csv:3: 'x'")) << refused.err;
  EXPECT_FALSE(fs::exists(folder_ / "site.json"));
}

TEST_F(Calibrate, TellsOfVerdictsThatNoCallKnows) {
  test::write_bytes(folder_ / "verdicts.csv",
                    "file,raised_at_s,verdict\nother.flac,60,right\ncalm.flac,0,wrong\n");
  const auto done = calibrate({sample("calm.flac"), "--verdicts", in_folder("verdicts.csv")});
  EXPECT_EQ(done.status, kFailed);
  EXPECT_TRUE(contains(done.err, "verdicts.csv:2: 'other.flac' is none")) << done.err;
  EXPECT_TRUE(contains(done.err, "verdicts.csv:3: 'calm.flac' has no estimate")) << done.err;
  EXPECT_EQ(site()["reviewed_cues"], 0);
}

TEST_F(Calibrate, WritesToStandardOutputAndNothingElse) {
  const auto done = run({"calibrate", sample("calm.flac"), "--out", "-"});
  EXPECT_EQ(done.status, kDone) << done.err;
  EXPECT_TRUE(parse_site_file(done.out, "-")) << done.out;
}

}  // namespace
}  // namespace tonecue

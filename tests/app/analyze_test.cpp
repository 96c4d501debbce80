#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

using test::contains;
using test::run;

class Analyze : public testing::Test {
 protected:
  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  test::TempFolder folder_;
};

TEST_F(Analyze, PrintsATimeLineWithoutColourWhereThereIsNoTerminal) {
  const auto analyzed = run({"analyze", test::interrupted_call()});
  EXPECT_EQ(analyzed.status, kDone) << analyzed.err;
  EXPECT_EQ(analyzed.err, "");
  EXPECT_TRUE(contains(analyzed.out, "interrupted.flac"));
  EXPECT_FALSE(contains(analyzed.out, "\x1b"));
}

TEST_F(Analyze, IsColouredWhereTheConsoleSaysSo) {
  std::ostringstream out;
  std::ostringstream err;
  const std::atomic<bool> stop{false};
  const std::string call = test::interrupted_call();
  const std::array argv = {"tonecue", "analyze", call.c_str()};
  run_program(static_cast<int>(argv.size()), argv.data(),
              {.out = out, .err = err, .stop = stop, .colour = true});
  EXPECT_TRUE(contains(out.str(), "\x1b["));
}

TEST_F(Analyze, WritesEveryFormatThatIsAskedFor) {
  const auto analyzed =
      run({"analyze", test::interrupted_call(), "--quiet", "--json", in_folder("a.json"), "--csv",
           in_folder("a.csv"), "--audacity", in_folder("a.txt"), "--textgrid",
           in_folder("a.TextGrid"), "--html", in_folder("a.html"), "--embed-audio"});
  EXPECT_EQ(analyzed.status, kDone) << analyzed.err;
  EXPECT_EQ(analyzed.out, "") << "quiet";
  const auto json = nlohmann::json::parse(test::bytes_of(in_folder("a.json")));
  EXPECT_EQ(json.at("schema"), "tonecue.call/1");
  EXPECT_EQ(json.at("file"), test::interrupted_call());
  EXPECT_FALSE(json.at("cues").empty());
  EXPECT_TRUE(test::bytes_of(in_folder("a.csv")).starts_with("file,kind,party,"));
  EXPECT_TRUE(contains(test::bytes_of(in_folder("a.txt")), "interruption"));
  EXPECT_TRUE(contains(test::bytes_of(in_folder("a.TextGrid")), "IntervalTier"));
  EXPECT_TRUE(contains(test::bytes_of(in_folder("a.html")), "data:audio/flac;base64,"));
}

TEST_F(Analyze, KeepsStandardOutputForTheReportThatGoesThere) {
  const auto analyzed = run({"analyze", test::interrupted_call(), "--json", "-"});
  EXPECT_EQ(analyzed.status, kDone) << analyzed.err;
  EXPECT_EQ(analyzed.err, "");
  EXPECT_EQ(nlohmann::json::parse(analyzed.out).at("schema"), "tonecue.call/1");
}

TEST_F(Analyze, HearsTheAgentWhereItIsTold) {
  const std::string call = test::short_call(folder_ / "call.wav");
  const auto left = nlohmann::json::parse(run({"analyze", call, "--json", "-"}).out);
  const auto right =
      nlohmann::json::parse(run({"analyze", call, "--json", "-", "--agent-channel", "right"}).out);
  EXPECT_EQ(left["parties"]["agent"]["level_dbfs"], right["parties"]["customer"]["level_dbfs"]);
  EXPECT_NE(left["parties"]["agent"]["level_dbfs"], left["parties"]["customer"]["level_dbfs"]);
}

TEST_F(Analyze, TakesAMonoRecordingAsThePartyThatIsNamed) {
  const std::string voice = test::one_voice(folder_ / "voice.wav");
  const auto analyzed = run({"analyze", voice, "--party", "customer", "--json", "-"});
  EXPECT_EQ(analyzed.status, kDone) << analyzed.err;
  const auto json = nlohmann::json::parse(analyzed.out);
  EXPECT_TRUE(json["parties"]["agent"].is_null()) << json["parties"];
  EXPECT_FALSE(json["parties"]["customer"].is_null());
}

TEST_F(Analyze, ObeysTheConfiguration) {
  test::write_bytes(folder_ / "silent.toml", "[wording.interruption]\nagent = []\n");
  const auto alerts = [](const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    int interruptions = 0;
    for (const auto& alert : json.at("alerts")) {
      interruptions += alert.at("cue") == "interruption" ? 1 : 0;
    }
    return interruptions;
  };
  const std::string call = test::interrupted_call();
  EXPECT_GT(alerts(run({"analyze", call, "--json", "-"}).out), 0);
  EXPECT_EQ(alerts(run({"analyze", call, "--json", "-", "--config", in_folder("silent.toml")}).out),
            0);
}

TEST_F(Analyze, RefusesAConfigurationWithAMistake) {
  test::write_bytes(folder_ / "team.toml", "[alerts]\nbudget = 3\n");
  const auto refused =
      run({"analyze", test::interrupted_call(), "--config", in_folder("team.toml")});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(contains(refused.err, "team.toml:2: ")) << refused.err;
}

TEST_F(Analyze, ReplacesAFileOnlyByForce) {
  const std::string call = test::short_call(folder_ / "call.wav");
  test::write_bytes(folder_ / "old.json", "mine");
  const auto refused = run({"analyze", call, "--json", in_folder("old.json")});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  EXPECT_TRUE(contains(refused.err, "--force")) << refused.err;
  EXPECT_EQ(test::bytes_of(folder_ / "old.json"), "mine");
  EXPECT_EQ(run({"analyze", call, "--json", in_folder("old.json"), "--force"}).status, kDone);
  EXPECT_TRUE(contains(test::bytes_of(folder_ / "old.json"), "tonecue.call/1"));
}

TEST_F(Analyze, TellsThatADiskIsFull) {
  const std::string call = test::short_call(folder_ / "call.wav");
  const auto full = run({"analyze", call, "--quiet", "--json", "/dev/full"});
  EXPECT_EQ(full.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(full.err)) << full.err;
  EXPECT_TRUE(contains(full.err, "/dev/full")) << full.err;
}

TEST_F(Analyze, WritesNothingOnceItIsStopped) {
  const auto stopped =
      run({"analyze", test::interrupted_call(), "--json", in_folder("a.json")}, true);
  EXPECT_EQ(stopped.status, kInterrupted);
  EXPECT_EQ(stopped.out, "");
  EXPECT_TRUE(test::is_one_complaint(stopped.err)) << stopped.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.json"));
}

}  // namespace
}  // namespace tonecue

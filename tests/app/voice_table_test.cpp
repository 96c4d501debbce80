#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

using test::contains;
using test::run;

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result(1);
  for (const char letter : line) {
    if (letter == ',') {
      result.emplace_back();
    } else {
      result.back() += letter;
    }
  }
  return result;
}

/// Rows by the names of the header; no cell of these tables needs quotes.
std::vector<Row> table(const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> header = cells(line);
  std::vector<Row> rows;
  while (std::getline(lines, line)) {
    const std::vector<std::string> values = cells(line);
    EXPECT_EQ(values.size(), header.size()) << line;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i == 0) rows.emplace_back();
      rows.back()[header[i]] = values[i];
    }
  }
  return rows;
}

TEST(Frames, HaveOneRowPerHopToTheEndOfTheFile) {
  const test::TempFolder folder;
  const std::string voice = test::one_voice(folder / "voice.wav", 1003);
  const auto frames = run({"frames", voice, "--party", "agent"});
  EXPECT_EQ(frames.status, kDone) << frames.err;
  EXPECT_TRUE(frames.out.starts_with("time_s,level_dbfs,speech_prob,speech,f0_hz,voicing,"));
  const auto rows = table(frames.out);
  ASSERT_EQ(rows.size(), 101U) << "the last hop is not whole, and counts";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(std::stod(rows[i].at("time_s")), 0.01 * static_cast<double>(i) + 0.007, 1e-6);
  }
}

TEST(Frames, MeasureTheVoiceThatWasAskedFor) {
  const test::TempFolder folder;
  const std::string call = test::short_call(folder / "call.wav");
  const auto agent = table(run({"frames", call, "--party", "agent"}).out);
  const auto customer = table(run({"frames", call, "--party", "customer"}).out);
  ASSERT_GT(agent.size(), 150U);
  EXPECT_NEAR(std::stod(agent[40].at("f0_hz")), 110.0, 3.0);
  EXPECT_EQ(agent[150].at("f0_hz"), "") << "silence has no pitch";
  EXPECT_EQ(agent[150].at("speech"), "0");
  EXPECT_EQ(customer[40].at("f0_hz"), "");
  EXPECT_NEAR(std::stod(customer[140].at("f0_hz")), 210.0, 5.0);
  EXPECT_NEAR(std::stod(agent[40].at("level_dbfs")), -20.0, 1.5);
}

TEST(Frames, TellVoiceQualityAfterTheOlderColumns) {
  const auto frames = run({"frames", test::interrupted_call(), "--party", "agent"});
  EXPECT_EQ(frames.status, kDone) << frames.err;
  EXPECT_TRUE(contains(frames.out,
                       ",syllable,alpha_ratio_db,hammarberg_db,mfcc_1,mfcc_2,mfcc_3,mfcc_4,"
                       "f1_hz,f2_hz,f3_hz\n"));
  int voiced_speech = 0;
  int told = 0;
  for (const Row& row : table(frames.out)) {
    EXPECT_FALSE(row.at("alpha_ratio_db").empty() || row.at("mfcc_4").empty());
    if (row.at("speech") == "1" && !row.at("f0_hz").empty()) {
      ++voiced_speech;
      told += row.at("f1_hz").empty() ? 0 : 1;
    } else {
      EXPECT_EQ(row.at("f1_hz") + row.at("f2_hz") + row.at("f3_hz"), "") << row.at("time_s");
    }
  }
  EXPECT_GT(voiced_speech, 100);
  EXPECT_GT(told, voiced_speech * 9 / 10) << "F1 is the strongest resonance";
}

TEST(Frames, GoToAFileThatIsReplacedOnlyByForce) {
  const test::TempFolder folder;
  const std::string voice = test::one_voice(folder / "voice.wav");
  const std::string csv = (folder / "frames.csv").string();
  const auto written = run({"frames", voice, "--party", "agent", "--csv", csv});
  EXPECT_EQ(written.status, kDone) << written.err;
  EXPECT_EQ(written.out, "");
  EXPECT_EQ(test::bytes_of(csv), run({"frames", voice, "--party", "agent"}).out);
  EXPECT_EQ(run({"frames", voice, "--party", "agent", "--csv", csv}).status, kFailed);
  EXPECT_EQ(run({"frames", voice, "--party", "agent", "--csv", csv, "--force"}).status, kDone);
}

TEST(Distress, HasOneRowPerClipUnderTheNameItWasGiven) {
  const test::TempFolder folder;
  const std::string brief = test::one_voice(folder / "brief.wav", 200);
  const std::string call = test::interrupted_call();
  const auto scored = run({"distress", brief, call});
  EXPECT_EQ(scored.status, kDone) << scored.err;
  EXPECT_TRUE(scored.out.starts_with("file,score,agitated,anger,state\n")) << scored.out;
  const auto rows = table(scored.out);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("file"), brief);
  EXPECT_EQ(rows[0].at("score"), "") << "too little voice to say anything";
  EXPECT_EQ(rows[0].at("state"), "too_little_voice");
  EXPECT_EQ(rows[1].at("file"), call);
  const double score = std::stod(rows[1].at("score"));
  EXPECT_GE(score, 0.0);
  EXPECT_LE(score, 1.0);
  EXPECT_EQ(rows[1].at("state"), "ok");
}

TEST(Distress, DoesNotDependOnTheClipsBefore) {
  const test::TempFolder folder;
  const std::string call = test::interrupted_call();
  const std::string copy = (folder / "copy.flac").string();
  std::filesystem::copy_file(call, copy);
  const auto rows = table(run({"distress", call, copy}).out);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("score"), rows[1].at("score"));
  EXPECT_EQ(rows[0].at("agitated"), rows[1].at("agitated"));
}

TEST(Distress, PassesOverABadClip) {
  const test::TempFolder folder;
  const std::string voice = test::one_voice(folder / "a, \"b\".wav");
  const auto scored = run({"distress", (folder / "none.wav").string(), voice});
  EXPECT_EQ(scored.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(scored.err)) << scored.err;
  EXPECT_TRUE(contains(scored.out, "a, \"\"b\"\".wav\",")) << scored.out;
}

}  // namespace
}  // namespace tonecue

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/analyze/recordings.h"
#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

using test::contains;
using test::run;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

class Batch : public testing::Test {
 protected:
  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  test::TempFolder folder_;
};

TEST_F(Batch, PrintsOneLinePerRecordingInTheOrderOfTheInputs) {
  const std::string first = test::short_call(folder_ / "b.wav");
  const std::string second = test::short_call(folder_ / "a.wav");
  const auto batch = run({"analyze", first, second});
  EXPECT_EQ(batch.status, kDone) << batch.err;
  EXPECT_EQ(std::count(batch.out.begin(), batch.out.end(), '\n'), 2);
  EXPECT_LT(batch.out.find("b.wav"), batch.out.find("a.wav"));
  EXPECT_EQ(batch.err, "") << "no progress bar where there is no terminal";
}

TEST_F(Batch, SearchesFoldersForRecordings) {
  fs::create_directories(folder_ / "in/deep");
  test::short_call(folder_ / "in/one.wav");
  test::short_call(folder_ / "in/deep/two.WAV");
  test::short_call(folder_ / "in/.hidden.wav");
  test::write_bytes(folder_ / "in/notes.txt", "not audio");
  const auto batch = run({"analyze", in_folder("in"), "--json", in_folder("out/new")});
  EXPECT_EQ(batch.status, kDone) << batch.err;
  EXPECT_EQ(names_in(folder_ / "out/new"), (std::set<std::string>{"one.json", "two.json"}));
}

TEST_F(Batch, TellsOfAFolderWithoutRecordings) {
  fs::create_directory(folder_ / "in");
  const auto batch = run({"analyze", in_folder("in")});
  EXPECT_EQ(batch.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(batch.err)) << batch.err;
  EXPECT_TRUE(contains(batch.err, "no recording")) << batch.err;
}

TEST_F(Batch, NamesRecordingsApart) {
  for (const char* folder : {"a", "b", "c"}) {
    fs::create_directory(folder_ / folder);
    test::short_call(folder_ / folder / "call.wav");
  }
  test::short_call(folder_ / "a/call-2.wav");
  const auto batch = run({"analyze", in_folder("a/call.wav"), in_folder("b"), in_folder("c"),
                          in_folder("a"), "--csv", in_folder("out")});
  EXPECT_EQ(batch.status, kDone) << batch.err;
  EXPECT_EQ(names_in(folder_ / "out"),
            (std::set<std::string>{"call.csv", "call-2.csv", "call-3.csv", "call-4.csv"}));
  EXPECT_EQ(std::count(batch.out.begin(), batch.out.end(), '\n'), 4) << "a/call.wav counts once";
}

TEST_F(Batch, SaysTheSameWhateverTheNumberOfJobs) {
  std::vector<std::string> inputs = {"analyze", test::interrupted_call(), in_folder("none.wav")};
  for (int i = 0; i < 6; ++i) {
    inputs.push_back(test::short_call(folder_ / ("call" + std::to_string(i) + ".wav")));
  }
  const auto with_jobs = [&](const std::string& jobs) {
    auto line = inputs;
    line.insert(line.end(), {"--jobs", jobs, "--json", in_folder("out" + jobs)});
    return run(line);
  };
  const auto one = with_jobs("1");
  const auto four = with_jobs("4");
  EXPECT_EQ(one.status, kFailed);
  EXPECT_EQ(four.status, one.status);
  EXPECT_EQ(four.out, one.out);
  EXPECT_EQ(four.err, one.err);
  const auto names = names_in(folder_ / "out1");
  EXPECT_EQ(names.size(), 7U);
  EXPECT_EQ(names_in(folder_ / "out4"), names);
  for (const std::string& name : names) {
    EXPECT_EQ(test::bytes_of(folder_ / "out4" / name), test::bytes_of(folder_ / "out1" / name));
  }
}

TEST_F(Batch, TellsThatTheFolderForTheResultsCannotBeMade) {
  test::write_bytes(folder_ / "file", "");
  const auto batch = run(
      {"analyze", test::interrupted_call(), in_folder("x.wav"), "--json", in_folder("file/out")});
  EXPECT_EQ(batch.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(batch.err)) << batch.err;
  EXPECT_TRUE(contains(batch.err, in_folder("file/out"))) << batch.err;
}

TEST(Recordings, AFileThatTurnsUpTwiceCountsOnce) {
  const test::TempFolder folder;
  fs::create_directories(folder / "in/2026");
  test::write_bytes(folder / "in/2026/a.wav", "RIFF");
  fs::create_symlink(folder / "in/2026/a.wav", folder / "in/link.wav");
  fs::create_directory_symlink(folder / "in", folder / "also");
  fs::create_symlink(folder / "nowhere.wav", folder / "in/dead.wav");
  const std::string in = (folder / "in").string();
  for (const auto& inputs :
       std::vector<std::vector<std::string>>{{in},
                                             {in, in + "/2026/a.wav"},
                                             {in + "/2026/../2026/a.wav", in},
                                             {(folder / "also").string(), in}}) {
    const Recordings recordings = find_recordings(inputs);
    EXPECT_EQ(recordings.found.size(), 1U) << inputs.front();
    EXPECT_TRUE(recordings.problems.empty());
  }
}

}  // namespace
}  // namespace tonecue

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/practice/practice_call.h"
#include "app/program_run.h"
#include "tonecue/audio/file_source.h"

namespace tonecue {
namespace {

using test::contains;
using test::run;

/// The agent's channel of a recording, as a microphone hears it.
class RecordedAgent : public AudioSource {
 public:
  explicit RecordedAgent(const std::string& path) : recording_(FileSource::create(path)) {}

  Result<CallBlock> read(int max_samples) override {
    if (!recording_) return tl::unexpected(recording_.error());
    auto block = recording_->read(max_samples);
    if (block) block->customer = {};
    return block;
  }

 private:
  Result<FileSource> recording_;
};

/// A call without devices: the agent of the interrupted call, who does not hear the customer.
test::ProgramRun practise(const PracticeOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const std::atomic<bool> stop{false};
  const Console console{.out = out, .err = err, .stop = stop};
  const auto plan = plan_practice(options);
  if (!plan) return {kFailed, "", plan.error().message};
  CustomerVoice voice(plan->scenario.clips, kSampleRateHz);
  RecordedAgent microphone(test::interrupted_call());
  constexpr int kHeardAfterMs = 80;
  const int status = hold_practice(options, *plan, microphone, voice, kHeardAfterMs, console);
  return {status, out.str(), err.str()};
}

PracticeOptions with(const std::string& scenario) {
  PracticeOptions options;
  options.scenario = scenario;
  return options;
}

std::ptrdiff_t files_in(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::recursive_directory_iterator(folder), {});
}

TEST(Practice, ListsTheCallsThatCanBeNamed) {
  const auto list = run({"practice", "--list"});
  EXPECT_EQ(list.status, kDone);
  for (const char* name : {"calm", "interrupted", "distressed"}) {
    EXPECT_TRUE(contains(list.out, name)) << list.out;
    EXPECT_TRUE(plan_practice(with(name))) << name;
  }
}

TEST(Practice, ShowsTheRemindersAndHowItWentAndTheAgentsOwnSummary) {
  const auto call = practise(with("interrupted"));
  EXPECT_EQ(call.status, kDone) << call.err;
  EXPECT_TRUE(contains(call.out, "Greet them when you are ready")) << call.out;
  EXPECT_TRUE(contains(call.out, "How it went")) << call.out;
  EXPECT_TRUE(contains(call.out, "You came in while they spoke")) << call.out;
  EXPECT_TRUE(contains(call.out, "For you alone")) << call.out;
}

TEST(Practice, KeepsNothingUnlessAsked) {
  const test::TempFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder / "");
  const auto call = practise(with("interrupted"));
  std::filesystem::current_path(before);
  EXPECT_EQ(call.status, kDone) << call.err;
  EXPECT_EQ(files_in(folder / ""), 0);
  EXPECT_TRUE(contains(call.out, "Nothing of this call was kept")) << call.out;
}

TEST(Practice, KeepsWhatIsAskedForAndSetsItBesideTheNextAttempt) {
  const test::TempFolder folder;
  PracticeOptions options = with("interrupted");
  options.json = (folder / "first.json").string();
  options.html = (folder / "first.html").string();
  ASSERT_EQ(practise(options).status, kDone);
  EXPECT_EQ(files_in(folder / ""), 2);
  const auto json = nlohmann::json::parse(test::bytes_of(folder / "first.json"));
  EXPECT_EQ(json["schema"], "tonecue.practice/1");
  EXPECT_EQ(json["scenario"], "interrupted");
  for (const std::string& kept :
       {test::bytes_of(folder / "first.json"), test::bytes_of(folder / "first.html")}) {
    EXPECT_FALSE(contains(kept, "For you alone")) << "the summary is the agent's own";
    EXPECT_FALSE(contains(kept, "Went well"));
  }

  PracticeOptions again = with("interrupted");
  again.against = options.json;
  const auto second = practise(again);
  EXPECT_EQ(second.status, kDone) << second.err;
  EXPECT_TRUE(contains(second.out, "earlier")) << second.out;
}

TEST(Practice, FindsOutBeforeTheCallThatAnOutputIsThere) {
  const test::TempFolder folder;
  test::write_bytes(folder / "old.json", "mine");
  PracticeOptions options = with("interrupted");
  options.json = (folder / "old.json").string();
  const auto refused = plan_practice(options);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(contains(refused.error().message, "--force")) << refused.error().message;
}

TEST(Practice, TellsWhatIsWrongInOneLine) {
  const test::TempFolder folder;
  const std::string mono = test::one_voice(folder / "mono.wav");
  test::write_bytes(folder / "old.json", "{}");
  const std::string old = (folder / "old.json").string();
  for (const auto& [arguments, part] :
       std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"practice", "nobody"}, "--list"},
           {{"practice", mono}, "one channel"},
           {{"practice", "calm", "--against", old}, "old.json"},
           {{"practice", "calm", "--against", "none.json"}, "none.json"},
           {{"practice", "calm", "--against", (folder / "").string()}, "cannot be opened"},
           {{"practice"}, "CALL is missing"},
           {{"practice", "calm", "--json", old, "--against", old}, "earlier attempt itself"}}) {
    const auto told = run(arguments);
    EXPECT_NE(told.status, kDone);
    EXPECT_TRUE(test::is_one_complaint(told.err)) << told.err;
    EXPECT_TRUE(contains(told.err, part)) << told.err;
  }
}

}  // namespace
}  // namespace tonecue

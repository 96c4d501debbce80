// A shift in virtual time: a made line, the program's own desk and page.

#include "app/live/live_shift.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/agent_page.h"
#include "app/calls.h"
#include "app/kept_calls.h"
#include "app/live/live_end.h"
#include "app/made_line.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

using Json = nlohmann::json;
using test::contains;
using test::kCallS;

class Shift : public testing::Test {
 protected:
  void SetUp() override {
    options_.shift = true;
    options_.replay = "a made line";  // Read as fast as it can be.
    options_.speed = 0.0;
    options_.json = folder_path_.string();
    std::filesystem::create_directory(folder_path_);
    session_.alerts.quiet_start_s = 0;
    auto desk = LiveDesk::create({.sound = false, .output = {}, .quiet_start_s = 0});
    ASSERT_TRUE(desk) << desk.error().message;
    desk_ = std::move(*desk);
  }

  test::AgentPage page() const { return test::AgentPage(desk_->page()->url()); }

  /// Posted by whoever acts on the line, as it passes.
  std::function<void()> asks(const std::string& path, const std::string& body = "") {
    return [=, this] { EXPECT_EQ(page().post(path, body), 204) << path << " " << body; };
  }

  void hear() {
    const Console console{.out = out_, .err = err_, .stop = stop_};
    const LiveRoom room{.options = options_,
                        .console = console,
                        .session = session_,
                        .sinks = {},
                        .out = out_,
                        .store = store_};
    LiveLine line(line_, {.path = "made", .duration_ms = {}, .sample_rate_hz = kSampleRateHz});
    LiveShift shift(room, line, *desk_, {.boundary = boundary_});
    const auto heard = shift.hear();
    EXPECT_TRUE(heard) << heard.error().message;
  }

  /// Of each call, in their order.
  std::vector<Json> reports() const {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_path_)) {
      files.insert(entry.path());
    }
    std::vector<Json> all;
    all.reserve(files.size());
    for (const auto& file : files) all.push_back(Json::parse(std::ifstream(file)));
    return all;
  }

  const test::TempFolder folder_;
  const std::filesystem::path folder_path_ = folder_ / "calls";
  LiveOptions options_;
  SessionConfig session_;
  CallBoundaryConfig boundary_{.both_silent_s = 15, .customer_silent_s = 180};
  test::MadeLine line_;
  std::unique_ptr<LiveDesk> desk_;
  std::shared_ptr<LiveStore> store_;  // None: nothing is stored.
  std::ostringstream out_;
  std::ostringstream err_;
  std::atomic<bool> stop_{false};
};

int delivered(const Json& report) {
  return static_cast<int>(std::ranges::count_if(
      report["alerts"], [](const Json& alert) { return alert["delivered"].get<bool>(); }));
}

double first_word_s(const Json& report, const std::string& party) {
  const auto first = std::ranges::find_if(
      report["segments"], [&](const Json& segment) { return segment["party"] == party; });
  return first == report["segments"].end() ? -1.0 : (*first)["start_s"].get<double>();
}

TEST_F(Shift, AMinuteOfSilenceMakesTwoCallsOfTwo) {
  boundary_ = {};
  line_.silence(30).call().silence(65).call().silence(65);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  EXPECT_EQ(calls[0]["overlaps"].size(), calls[1]["overlaps"].size());
  EXPECT_EQ(calls[0]["segments"].size(), calls[1]["segments"].size());
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Shift, ACallBeginsWithTheWordsBeforeItWasKnownToBeOne) {
  line_.silence(30).call().silence(40).call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  for (const Json& call : calls) {
    // It is known by the customer's first second, 20 s into what is remembered.
    const double known_s = 20.0;
    EXPECT_LT(first_word_s(call, "customer"), known_s - 1.0);
    EXPECT_GE(first_word_s(call, "customer"), 0.0);
    EXPECT_GE(first_word_s(call, "agent"), 0.0);
  }
  EXPECT_NEAR(first_word_s(calls[0], "customer"), first_word_s(calls[1], "customer"), 0.05);
}

TEST_F(Shift, TheBudgetGoesOnFromCallToCall) {
  session_.alerts = {.budget_per_hour = 1, .distress_reserve = 0, .quiet_start_s = 0};
  line_.silence(30).call().silence(20).call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  EXPECT_EQ(delivered(calls[0]), 1);
  EXPECT_EQ(delivered(calls[1]), 0);
  ASSERT_FALSE(calls[1]["alerts"].empty()) << "nothing to leave out";
  EXPECT_EQ(calls[1]["alerts"][0]["reason"], "over_budget");
}

TEST_F(Shift, ASnoozeGoesOnIntoTheNextCall) {
  session_.alerts.cool_down_s = 0;
  line_.silence(30).call().meanwhile(
      1, asks("/answers", R"({"alert": 1, "answer": "not_now", "snooze_min": 10})"));
  line_.silence(20).call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  EXPECT_EQ(calls[0]["alerts"][0]["answer"]["said"], "not_now") << calls[0]["alerts"];
  EXPECT_EQ(delivered(calls[1]), 0);
  ASSERT_FALSE(calls[1]["alerts"].empty());
  EXPECT_EQ(calls[1]["alerts"][0]["reason"], "snoozed");
}

TEST_F(Shift, ASnoozeThatIsEndedBetweenCallsIsOver) {
  session_.alerts.cool_down_s = 0;
  line_.silence(30).call().meanwhile(
      1, asks("/answers", R"({"alert": 1, "answer": "not_now", "snooze_min": 10})"));
  line_.silence(20).then(asks("/wake")).silence(5).call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  EXPECT_GT(delivered(calls[1]), 0) << calls[1]["alerts"];
}

TEST_F(Shift, AnAnswerAfterTheCallReachesItsFileAndTheNextCall) {
  session_.alerts.cool_down_s = 0;
  line_.silence(30).call().silence(20);
  line_.then(asks("/answers", R"({"alert": 1, "answer": "helpful"})")).silence(1);
  line_.then(asks("/answers", R"({"alert": 2, "answer": "not_now", "snooze_min": 10})")).silence(1);
  line_.call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  ASSERT_GE(delivered(calls[0]), 2);
  EXPECT_EQ(calls[0]["alerts"][0]["answer"]["said"], "helpful");
  EXPECT_EQ(calls[0]["alerts"][1]["answer"]["said"], "not_now");
  EXPECT_EQ(delivered(calls[1]), 0) << "snoozed";
}

TEST_F(Shift, EachCallIsStoredAndALateAnswerReachesItThere) {
  const std::filesystem::path folder = folder_ / "store";
  KeepingOptions keeping;
  keeping.folder = folder.string();
  keeping.agent = "Jo";
  auto opened = LiveStore::open(keeping, session_, "");
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::make_shared<LiveStore>(std::move(*opened));
  line_.silence(30).call().silence(20);
  line_.then(asks("/answers", R"({"alert": 1, "answer": "helpful"})")).silence(1);
  line_.call().silence(20);
  hear();
  Store store = test::store_in(folder);
  const auto entries = test::calls_in(store);
  ASSERT_EQ(entries.size(), 2U) << out_.str();
  const auto first = CallStore(store).load(test::everything(), entries[0].id);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->entry.state, CallState::done);
  EXPECT_EQ(first->entry.details.agent, "Jo");
  ASSERT_FALSE(first->report.alerts.empty());
  ASSERT_TRUE(first->report.alerts[0].answer) << "it came when the call was over";
  EXPECT_EQ(first->report.alerts[0].answer->answer, Answer::helpful);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Shift, ThePageBeginsAnewWithEachCall) {
  std::vector<Json> hellos;  // What a page would find that opens just then.
  const auto look = [&] { hellos.push_back(Json::parse(page().events().read_event().data)); };
  line_.silence(30).call().meanwhile(1, look);
  line_.silence(40).meanwhile(5, look);
  line_.call().meanwhile(kCallS - 5, look);
  line_.silence(20);
  hear();
  ASSERT_EQ(hellos.size(), 3U);
  EXPECT_FALSE(hellos[0]["cards"].empty());
  EXPECT_TRUE(hellos[0]["summary"].is_null());
  EXPECT_FALSE(hellos[1]["summary"].is_null()) << "the call is over";
  EXPECT_TRUE(hellos[2]["summary"].is_null());
  EXPECT_TRUE(hellos[2]["cards"].empty()) << "those of the first call";
  EXPECT_LT(hellos[2]["time_s"], 30.0);
}

TEST_F(Shift, StoppingWhileItWaitsEndsItAtOnce) {
  line_.silence(10).then([this] { stop_ = true; }).silence(600);
  hear();
  EXPECT_LE(line_.read_s(), 10.1);
  EXPECT_TRUE(reports().empty());
  EXPECT_FALSE(contains(out_.str(), "The call is over")) << out_.str();
}

TEST_F(Shift, StoppingDuringACallStillTellsOfIt) {
  line_.silence(30).call().meanwhile(2, [this] { stop_ = true; }).silence(600);
  hear();
  EXPECT_LE(line_.read_s(), 30.0 + kCallS);
  EXPECT_EQ(reports().size(), 1U);
}

TEST_F(Shift, AnAgentWhoTalksAcrossTheRoomMakesNoCall) {
  line_.silence(5).agent_alone(60).silence(20).call().silence(20).agent_alone(60).silence(20);
  hear();
  EXPECT_EQ(reports().size(), 1U) << out_.str();
}

TEST_F(Shift, AnEndedCallLendsNoWordsToTheNext) {
  line_.call().then(asks("/end")).silence(10).call().silence(20);
  hear();
  const auto calls = reports();
  ASSERT_EQ(calls.size(), 2U) << out_.str();
  EXPECT_GE(first_word_s(calls[1], "agent"), 9.0) << "after the silence, as it came";
  EXPECT_NEAR(calls[1]["duration_s"].get<double>(), 10.0 + kCallS + 15.0, 3.0);
}

TEST_F(Shift, TellsOfADeviceThatGoesWhileItWaits) {
  line_.silence(10).then([this] {
    line_.tell({.kind = DeviceNotice::Kind::lost, .parties = {true, false}, .at_ms = 9'000});
  });
  line_.silence(5);
  auto open = page().events();
  hear();
  EXPECT_TRUE(contains(out_.str(), "The microphone gives no sound since 0:09")) << out_.str();
  EXPECT_EQ(open.read_event().name, "hello");
  EXPECT_EQ(open.read_event().name, "notice");
}

TEST_F(Shift, ACallThatCannotBeWrittenDoesNotEndTheShift) {
  line_.silence(30).call().meanwhile(1, [this] { std::filesystem::remove(folder_path_); });
  line_.silence(20).then([this] { std::filesystem::create_directory(folder_path_); });
  line_.silence(1).call().silence(20);
  hear();
  EXPECT_EQ(reports().size(), 1U);
  EXPECT_TRUE(test::is_one_complaint(err_.str())) << err_.str();
}

TEST(JsonFolder, IsMadeWhereItIsMissing) {
  const test::TempFolder folder;
  const auto calls = folder / "shifts";
  EXPECT_TRUE(make_json_folder((calls / "monday").string()));
  EXPECT_TRUE(std::filesystem::is_directory(calls / "monday"));
}

TEST(JsonFolder, IsNoFileAndNotStandardOutput) {
  const test::TempFolder folder;
  test::write_bytes(folder / "file", "mine");
  for (const std::string& target : {(folder / "file").string(), std::string("-")}) {
    const auto live = test::run({"live", "--shift", "--json", target});
    EXPECT_EQ(live.status, kFailed);
    EXPECT_TRUE(test::is_one_complaint(live.err)) << live.err;
  }
}

}  // namespace
}  // namespace tonecue

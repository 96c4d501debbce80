#include "tonecue/sinks/json_lines.h"

#include <array>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "sinks/call_events.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class JsonLinesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tonecue-lines-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  JsonLines lines_to(const fs::path& path) {
    auto lines = JsonLines::create(path.string(), complaints_.taker());
    EXPECT_TRUE(lines) << lines.error().message;
    return std::move(*lines);
  }
  static std::vector<Json> parsed(std::istream& text) {
    std::vector<Json> events;
    for (std::string line; std::getline(text, line);) events.push_back(Json::parse(line));
    return events;
  }
  static std::vector<Json> read(const fs::path& path) {
    std::ifstream file(path);
    return parsed(file);
  }

  fs::path folder_;
  test::Complaints complaints_;
};

TEST_F(JsonLinesTest, TellEachEventOnALineOfItsOwn) {
  const fs::path path = folder_ / "events.jsonl";
  {
    auto lines = lines_to(path);
    const Cue cue = test::interruption(83'400);
    test::raise(lines, cue, 3, "Let them\nfinish.");
    AlertAnswer answer;
    answer.alert_id = 3;
    answer.at_ms = 84'000;
    lines.on_answer(answer);
    test::end(lines, cue);
    lines.on_notice({DeviceNotice::Kind::returned, {false, true}, 90'000, 4'000});
    TurnFrame turn;
    turn.ended_segment.customer = SpeechSegment{Party::customer, 80'100, 82'300};
    turn.ended_overlap.agent = Overlap{Party::agent, OverlapKind::interruption, 82'500, 83'400};
    lines.on_turn(turn);
  }
  const auto events = read(path);
  std::vector<std::string> names;
  names.reserve(events.size());
  for (const Json& event : events) names.push_back(event["event"]);
  EXPECT_EQ(names, (std::vector<std::string>{"call", "cue", "alert", "answer", "cue", "clear",
                                             "notice", "overlap", "segment", "end"}));
  EXPECT_EQ(events[0]["schema"], "tonecue.events/1");
  EXPECT_EQ(events[1]["phase"], "raised");
  EXPECT_TRUE(events[1]["end_s"].is_null());
  EXPECT_EQ(events[1]["evidence"]["overlap_s"], 0.9);
  EXPECT_EQ(events[2]["text"], "Let them\nfinish.");
  EXPECT_EQ(events[2]["reason"], "you both spoke for 0.9 s; they were 4.8 s into their turn");
  EXPECT_EQ(events[2]["delivery"], "delivered");
  EXPECT_EQ(events[3]["answer"], "helpful");
  EXPECT_FALSE(events[3].contains("snooze_min"));
  EXPECT_EQ(events[4]["end_s"], 84.0);
  EXPECT_EQ(events[5]["id"], 3);
  EXPECT_EQ(events[5]["at_s"], 84.0);
  EXPECT_EQ(events[6]["party"], "customer");
  EXPECT_EQ(events[6]["gap_s"], 4.0);
  EXPECT_EQ(events[7]["kind"], "interruption");
  EXPECT_EQ(events[8]["start_s"], 80.1);
  EXPECT_EQ(events[9]["dropped_lines"], 0);
}

TEST_F(JsonLinesTest, TellWhenAnAlertCameByTheWallClock) {
  using std::chrono::system_clock;
  const auto now_ms = [] {
    const auto since_1970 = system_clock::now().time_since_epoch();
    return std::chrono::floor<std::chrono::milliseconds>(since_1970).count();
  };
  const fs::path path = folder_ / "events.jsonl";
  const auto before_ms = now_ms();
  {
    auto lines = lines_to(path);
    lines.on_alert(test::alert_of(test::interruption(1'000), 1, "Let them finish."));
  }
  const auto told_ms = read(path)[1]["unix_ms"].get<std::int64_t>();
  EXPECT_GE(told_ms, before_ms);
  EXPECT_LE(told_ms, now_ms());
}

TEST_F(JsonLinesTest, TellAnAlertThatWasHeldBackWithoutANumber) {
  const fs::path path = folder_ / "events.jsonl";
  {
    auto lines = lines_to(path);
    Alert held = test::alert_of(test::interruption(1'000), 0, "Let them finish.");
    held.delivery = Delivery::over_budget;
    lines.on_alert(held);
  }
  const auto events = read(path);
  EXPECT_TRUE(events[1]["id"].is_null());
  EXPECT_EQ(events[1]["delivery"], "over_budget");
}

TEST_F(JsonLinesTest, AppendToAFileThatOnlyItsOwnerReads) {
  const fs::path path = folder_ / "events.jsonl";
  lines_to(path);
  lines_to(path);
  EXPECT_EQ(read(path).size(), 4U);
  EXPECT_EQ(fs::status(path).permissions() & fs::perms::all,
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(JsonLinesTest, SayWhyAPathCannotBeOpened) {
  const auto lines =
      JsonLines::create((folder_ / "no" / "events.jsonl").string(), complaints_.taker());
  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().code, ErrorCode::unwritable);
  EXPECT_NE(lines.error().message.find("events.jsonl"), std::string::npos);
}

class JsonLinesToAPipe : public JsonLinesTest {
 protected:
  void SetUp() override {
    JsonLinesTest::SetUp();
    path_ = folder_ / "pipe";
    ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  }
  int open_reader() const { return open(path_.c_str(), O_RDONLY | O_NONBLOCK); }
  static std::string all_there_is(int reader) {
    std::string text;
    std::array<char, PIPE_BUF> bytes{};
    for (ssize_t count = 0; (count = ::read(reader, bytes.data(), bytes.size())) > 0;) {
      text.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  fs::path path_;
};

TEST_F(JsonLinesToAPipe, WaitForNoReaderAndKeepWhatFitsForTheFirst) {
  auto lines = lines_to(path_);
  test::raise(lines, test::interruption(1'000), 1, "Let them finish.");
  const int reader = open_reader();
  std::istringstream text(all_there_is(reader));
  EXPECT_EQ(parsed(text).size(), 3U);
  close(reader);
  test::raise(lines, test::distress(2'000), 2, "Slow down.");
  EXPECT_EQ(lines.dropped_lines(), 0) << "a reader that went may come back";
  EXPECT_TRUE(complaints_.lines().empty());
}

TEST_F(JsonLinesToAPipe, DropWholeLinesWhenItIsFullAndTellHowMany) {
  auto lines = lines_to(path_);
  const int reader = open_reader();
  const auto begin = std::chrono::steady_clock::now();
  constexpr int kCues = 2'000;  // Some 300 bytes each, into 64 KB.
  for (int i = 0; i < kCues; ++i) lines.on_cue({CuePhase::raised, test::interruption(i)});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << "did not wait";
  const auto dropped = lines.dropped_lines();
  EXPECT_GT(dropped, 0);

  std::istringstream before(all_there_is(reader));
  const auto first = parsed(before);
  EXPECT_EQ(static_cast<std::int64_t>(first.size()) + dropped, 1 + kCues);
  lines.on_cue({CuePhase::raised, test::interruption(9'000)});
  std::istringstream after(all_there_is(reader));
  const auto second = parsed(after);
  ASSERT_EQ(second.size(), 2U);
  EXPECT_EQ(second[0]["event"], "dropped");
  EXPECT_EQ(second[0]["lines"], dropped);
  EXPECT_EQ(second[1]["event"], "cue");
  close(reader);
}

/// Standard output is a pipe for as long as it lives.
class PipedOutput {
 public:
  PipedOutput() : before_(dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    EXPECT_EQ(pipe(ends_.data()), 0);
    dup2(ends_[1], STDOUT_FILENO);
    close(ends_[1]);
  }
  PipedOutput(const PipedOutput&) = delete;
  PipedOutput& operator=(const PipedOutput&) = delete;
  ~PipedOutput() {
    dup2(before_, STDOUT_FILENO);
    close(before_);
    hang_up();
  }
  void hang_up() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }

 private:
  int before_;
  std::array<int, 2> ends_{};
};

TEST_F(JsonLinesTest, OutliveAReaderOfStandardOutputThatGoesAway) {
  PipedOutput output;
  auto lines = lines_to("-");
  output.hang_up();
  lines.on_cue({CuePhase::raised, test::interruption(1'000)});
  lines.on_cue({CuePhase::ended, test::interruption(1'000)});
  EXPECT_EQ(lines.dropped_lines(), 2);
  EXPECT_EQ(complaints_.lines().size(), 1U);
  EXPECT_TRUE(complaints_.contain("standard output"));
}

TEST_F(JsonLinesTest, WaitForNoReaderOfStandardOutputThatSleeps) {
  PipedOutput output;
  auto lines = lines_to("-");
  for (int i = 0; i < 2'000; ++i) lines.on_cue({CuePhase::raised, test::interruption(i)});
  EXPECT_GT(lines.dropped_lines(), 0);
  EXPECT_TRUE(complaints_.lines().empty());
}

}  // namespace
}  // namespace tonecue

#include "tonecue/sinks/terminal_view.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sinks/call_events.h"
#include "sinks/terminal_screen.h"
#include "sinks/voice_row.h"

namespace tonecue {
namespace {

CallMeters some_meters() {
  CallMeters meters;
  meters.time_ms = 100'000;
  meters.voices.agent = {.speaking = true,
                         .level_dbfs = -20.0F,
                         .usual_known = true,
                         .f0_st = 1.24F,
                         .rate_ratio = 1.1F,
                         .rate_syl_per_s = {},
                         .talk_s = 42.0F};
  meters.voices.customer.talk_s = 58.0F;
  return meters;
}

std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
  }));
}

TEST(VoiceRow, TellsLevelSpeechPitchPaceAndShare) {
  const TerminalStyle plain = {.colour = false, .unicode = false, .width_columns = 80};
  EXPECT_EQ(voice_row(some_meters(), Party::agent, plain),
            "agent     ####################------ *  pitch  +1.2 st  pace  +10 %  talk  42 %");
  EXPECT_EQ(voice_row(some_meters(), Party::customer, plain),
            "customer  --------------------------    usual not known yet          talk  58 %");
}

TEST(VoiceRow, FillsEveryWidthAndNeverTheLastColumn) {
  CallMeters extreme = some_meters();
  extreme.voices.agent.f0_st = -500.0F;
  extreme.voices.agent.rate_ratio = 50.0F;
  extreme.voices.customer.talk_s = 0.0F;
  for (int width = 60; width <= 120; ++width) {
    for (const float level_dbfs : {-100.0F, -33.3F, -20.0F, 0.0F}) {
      extreme.voices.agent.level_dbfs = level_dbfs;
      for (const bool unicode : {false, true}) {
        const auto row = voice_row(extreme, Party::agent, {false, unicode, width});
        EXPECT_LT(columns_of(row), static_cast<std::size_t>(width)) << row;
        EXPECT_GE(columns_of(row), 59U) << row;
      }
    }
  }
}

TEST(CutToColumns, CountsCharactersAndMakesCommandsHarmless) {
  const TerminalStyle unicode;
  EXPECT_EQ(cut_to_columns("Lass sie ausreden \u2013 gleich", 19, unicode),
            "Lass sie ausreden \u2013");
  EXPECT_EQ(cut_to_columns("a\x1b[2Jb\nc", 80, unicode), "a?[2Jb?c");
  EXPECT_EQ(cut_to_columns("gr\u00FC\u00DFen", 80, {.colour = false, .unicode = false}), "gr??en");
  EXPECT_EQ(cut_to_columns("abc", 0, unicode), "");
}

TEST(TwoLines, BreakBetweenWordsAndCutWhatIsTooLong) {
  const TerminalStyle plain = {.colour = false, .unicode = false, .width_columns = 80};
  using Lines = std::vector<std::string>;
  EXPECT_EQ(two_lines("one two", 7, plain), (Lines{"one two"}));
  EXPECT_EQ(two_lines("one two three", 7, plain), (Lines{"one two", "three"}));
  EXPECT_EQ(two_lines("one two three", 9, plain), (Lines{"one two", "three"}));
  EXPECT_EQ(two_lines("onetwothree", 4, plain), (Lines{"onet", "woth"}));
  EXPECT_EQ(two_lines("", 4, plain), (Lines{""}));
}

/// A view, and what a terminal shows of it.
class Session {
 public:
  explicit Session(TerminalViewConfig config) : view_(out_, std::move(config)) {}

  TerminalView& view() { return view_; }
  void hear_seconds(int seconds) {
    for (int i = 0; i < seconds * kHopsPerSecond; ++i) {
      view_.on_frame({});
      view_.on_turn(turn_);
      ++turn_.index;
    }
  }
  /// Of what came since it was asked before.
  std::string written() {
    std::string text = out_.str();
    out_.str({});
    return text;
  }
  std::vector<std::string> screen() {
    screen_.take(written());
    EXPECT_EQ(screen_.unknown(), "");
    return screen_.lines();
  }

 private:
  std::ostringstream out_;
  TurnFrame turn_;
  TerminalView view_;
  test::TerminalScreen screen_;
};

TerminalViewConfig live_config(int columns = 80) {
  return {.live = true, .colour = true, .unicode = false, .width_columns = [columns] {
            return columns;
          }};
}

bool has_line(const std::vector<std::string>& lines, std::string_view part) {
  return std::any_of(lines.begin(), lines.end(), [part](const std::string& line) {
    return line.find(part) != std::string::npos;
  });
}

TEST(TerminalView, TellsPlainlyALineForEachAlertAndNotice) {
  Session session({.live = false, .unicode = false, .width_columns = {}});
  session.hear_seconds(2);
  test::raise(session.view(), test::interruption(83'400), 1, "Let them finish.");
  test::end(session.view(), test::interruption(83'400));
  session.view().on_notice({DeviceNotice::Kind::lost, {true, false}, 90'000, 0});
  session.view().say("tonecue: something else");
  session.view().end();
  EXPECT_EQ(session.written(),
            "   1:23  Let them finish.  (Interruption, agent)\n"
            "   1:30  The microphone gives no sound since 1:30; tonecue waits for it.\n"
            "tonecue: something else\n");
}

TEST(TerminalView, ShowsBothVoicesWhereTheyStand) {
  Session session(live_config());
  for (int i = 0; i < 3; ++i) {
    session.hear_seconds(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // The least between two drawings.
  }
  const auto lines = session.screen();
  ASSERT_EQ(lines.size(), 3U) << "drawn over, not one below the other";
  EXPECT_TRUE(lines[0].starts_with("agent   "));
  EXPECT_TRUE(lines[1].starts_with("customer"));
  EXPECT_TRUE(lines[2].starts_with("   0:0"));
}

TEST(TerminalView, RedrawsAtMostTenTimesASecondHoweverFastTheCallIs) {
  Session session(live_config());
  const auto begin = std::chrono::steady_clock::now();
  session.hear_seconds(600);
  const auto passed = std::chrono::steady_clock::now() - begin;
  const std::string text = session.written();
  std::size_t drawn = 0;
  for (std::size_t at = 0; (at = text.find("customer", at)) != std::string::npos; ++at) ++drawn;
  EXPECT_GE(drawn, 1U);
  EXPECT_LE(drawn, 2U + static_cast<std::size_t>(passed / std::chrono::milliseconds(95)));
}

TEST(TerminalView, ShowsTheNewestAlertWithItsReasonUntilItIsOverAndRead) {
  Session session(live_config());
  session.hear_seconds(10);
  const Cue cue = test::interruption(10'000);
  test::raise(session.view(), cue, 1, "Let them finish.");
  auto lines = session.screen();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[2].substr(9), "! Let them finish.");
  EXPECT_EQ(lines[3],
            "           Interruption, agent: you both spoke for 0.9 s; they were 4.8 s into");
  EXPECT_EQ(lines[4], "           their turn");

  test::end(session.view(), cue);
  session.hear_seconds(5);
  EXPECT_TRUE(has_line(session.screen(), "you both spoke")) << "over, but not read";
  session.hear_seconds(2);
  lines = session.screen();
  EXPECT_FALSE(has_line(lines, "you both spoke"));
  EXPECT_EQ(lines[0], "   0:10  ! Let them finish.  (Interruption, agent)") << "stays above";
  EXPECT_TRUE(lines[1].starts_with("agent"));
}

TEST(TerminalView, KeepsAnAlertThatGoesOn) {
  Session session(live_config());
  test::raise(session.view(), test::distress(1'000), 1, "Slow down.");
  session.hear_seconds(60);
  EXPECT_TRUE(has_line(session.screen(), "! Slow down."));
}

TEST(TerminalView, PutsWhatHappensBesidesAboveTheVoices) {
  Session session(live_config());
  session.hear_seconds(1);
  session.view().on_notice({DeviceNotice::Kind::lost, {true, false}, 500, 0});
  session.view().say("webhook: its queue is full");
  const auto lines = session.screen();
  EXPECT_TRUE(lines[0].find("The microphone gives no sound") != std::string::npos);
  EXPECT_EQ(lines[1], "webhook: its queue is full");
  EXPECT_TRUE(lines[2].starts_with("agent"));
}

TEST(TerminalView, LeavesOnlyWhatHappenedAtItsEnd) {
  Session session(live_config());
  session.hear_seconds(1);
  test::raise(session.view(), test::distress(1'000), 1, "Slow down.");
  session.view().end();
  session.view().say("The call is over.");
  EXPECT_EQ(session.screen(),
            (std::vector<std::string>{"   0:01  ! Slow down.  (Signs of distress, customer)",
                                      "The call is over."}));
}

TEST(TerminalView, FitsEveryLineIntoANarrowTerminal) {
  Session session(live_config(60));
  session.hear_seconds(1);
  test::raise(session.view(), test::interruption(1'000), 1, std::string(200, 'x'));
  for (const std::string& line : session.screen()) EXPECT_LT(line.size(), 60U) << line;
}

TEST(TerminalView, TellsHowLongAlertsAreOff) {
  Session session({.live = false, .width_columns = {}});
  AlertAnswer answer;
  answer.answer = Answer::not_now;
  answer.snooze_min = 10;
  answer.at_ms = 61'000;
  session.view().on_answer(answer);
  EXPECT_EQ(session.written(), "   1:01  No alerts for 10 min.\n");
}

}  // namespace
}  // namespace tonecue

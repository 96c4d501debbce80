#include "tonecue/report/terminal_timeline.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "report/sample_call.h"

namespace tonecue {
namespace {

constexpr TerminalConfig kPlain = {.width_columns = 80, .colour = false, .unicode = false};

std::string first_lines(const std::string& text, int count) {
  std::istringstream lines(text);
  std::string first;
  for (std::string line; count-- > 0 && std::getline(lines, line);) first += line + '\n';
  return first;
}

TEST(ToTerminal, DrawsBothVoicesAndPutsLettersUnderThem) {
  EXPECT_EQ(first_lines(to_terminal(test::short_call(), kPlain), 19),
            "\n"
            "  short.wav   0:03, agent and customer\n"
            "  1 interruption by the agent.\n"
            "\n"
            "            0:00      0:01      0:02\n"
            "  agent     @@@@@@@@@@          @@@@@\n"
            "                                I---\n"
            "  both                          i\n"
            "  customer              @@@@@@@@@@@@\n"
            "\n"
            "  both: i interruption, a attempt, b backchannel, t turn end, s started together\n"
            "\n"
            "  What was heard\n"
            "  I     0:02  Agent cut in at 0:02, 0.8 s into the customer's turn; both spoke\n"
            "              for 0.4 s.\n"
            "\n"
            "  What the agent would have been told\n"
            "  I     0:02  Let them finish.\n"
            "  M     0:02  Ask a question. (held back: this hour's alerts were used up)\n");
}

TEST(ToTerminal, ShowsSofterSpeechLower) {
  CallReport report = test::short_call();
  for (std::size_t i = 0; i < 5; ++i) report.track.agent[i].level_dbfs = -32.0F;
  EXPECT_NE(to_terminal(report, kPlain).find("  agent     +++++@@@@@"), std::string::npos);
}

TEST(ToTerminal, UsesBlocksWhereTheTerminalHasThem) {
  EXPECT_NE(to_terminal(test::short_call()).find("  agent     ██████████"), std::string::npos);
}

TEST(ToTerminal, HasNoColourCodesWithoutColour) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const std::string text = to_terminal(test::random_call(seed));
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << "seed " << seed;
  }
}

TEST(ToTerminal, SaysTheSameWithColour) {
  std::string coloured = to_terminal(test::short_call(), {.colour = true});
  ASSERT_NE(coloured.find('\x1b'), std::string::npos);
  for (auto start = coloured.find('\x1b'); start != std::string::npos;
       start = coloured.find('\x1b')) {
    coloured.erase(start, coloured.find('m', start) - start + 1);
  }
  EXPECT_EQ(coloured, to_terminal(test::short_call()));
}

TEST(ToTerminal, KeepsToAsciiWithoutUnicode) {
  CallReport report = test::short_call();
  report.file = "caf\xC3\xA9.wav";
  report.alerts[0].text = "Say \xE2\x80\x9Cthank you\xE2\x80\x9D";
  const std::string text = to_terminal(report, kPlain);
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= 32 && c < 127); }));
  EXPECT_NE(text.find("caf?.wav"), std::string::npos);
}

TEST(ToTerminal, LetsNoFileNameSteerTheTerminal) {
  CallReport report = test::short_call();
  report.file = "a\x1b[2J\x07\r\n\x7F\xC2\x9B.\xFF\xE9.wav";
  EXPECT_NE(to_terminal(report).find("a?[2J?????.??.wav"), std::string::npos);
}

TEST(ToTerminal, WrapsALongCallIntoAFewRowsOfEqualScale) {
  CallReport report;
  report.duration_ms = 600'000;
  report.segments = {{Party::agent, 0, 300'000}};
  test::draw_track(report);
  const std::string text = to_terminal(report, kPlain);
  EXPECT_NE(text.find("            0:00      0:20      0:40"), std::string::npos);
  EXPECT_NE(text.find("            8:00      8:20      8:40"), std::string::npos);
  EXPECT_EQ(text.find("10:00     "), std::string::npos);
}

TEST(ToTerminal, LosesNoLetterWhereCuesBeginTogether) {
  CallReport report = test::short_call();
  report.cues = {test::cue(CueKind::monologue, Party::agent, 1000, 2500),
                 test::cue(CueKind::interruption, Party::agent, 1000, 1100),
                 test::cue(CueKind::fast_speech, Party::agent, 1010, 1100)};
  EXPECT_NE(to_terminal(report, kPlain).find("\n                      MIF------------\n"),
            std::string::npos);
}

TEST(ToTerminal, KeepsTheLetterOfACueThatBeginsAsTheCallEnds) {
  CallReport report = test::short_call();
  report.cues = {test::cue(CueKind::interruption, Party::agent, 2990, 3000),
                 test::cue(CueKind::monologue, Party::agent, 3000, 3000)};
  const std::string text = to_terminal(report, kPlain);
  EXPECT_NE(text.find("\n                                         IM\n"), std::string::npos);
}

TEST(ToTerminal, ShowsTheOneVoiceOfAOneVoiceRecording) {
  CallReport report = test::short_call();
  report.present.customer = false;
  const std::string text = to_terminal(report, kPlain);
  EXPECT_NE(text.find("agent only"), std::string::npos);
  EXPECT_EQ(text.find("\n  customer"), std::string::npos);
  EXPECT_EQ(text.find("istress"), std::string::npos);
}

TEST(ToTerminal, SaysDontKnowAndWhatDistressIs) {
  CallReport report = test::short_call();
  report.distress.judge.model = "research";
  const std::string text = to_terminal(report, kPlain);
  EXPECT_NE(text.find("  Signs of distress             never measured      don't know\n"),
            std::string::npos);
  EXPECT_NE(text.find("not a determination of what a person feels"), std::string::npos);
}

TEST(ToTerminal, SaysWhyACallersVoiceWasNotJudged) {
  const std::string text = to_terminal(test::short_call(), kPlain);
  EXPECT_NE(text.find("not judged: no consent reference"), std::string::npos) << text;
}

TEST(ToTerminal, StaysWithinItsWidthDownToTheTable) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    std::istringstream lines(to_terminal(test::random_call(seed), kPlain));
    for (std::string line; std::getline(lines, line) && line.find("Side by") == line.npos;) {
      EXPECT_LE(line.size(), 80U) << "seed " << seed << ": " << line;
    }
  }
}

}  // namespace
}  // namespace tonecue

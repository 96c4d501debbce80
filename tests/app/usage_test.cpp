#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

using test::contains;
using test::is_one_complaint;
using test::run;

TEST(Usage, HelpGoesToStandardOutputAndNamesEveryCommand) {
  const auto help = run({"--help"});
  EXPECT_EQ(help.status, kDone);
  EXPECT_EQ(help.err, "");
  for (const char* command : {"analyze", "live", "frames", "distress", "calibrate", "devices",
                              "serve", "people", "audit", "model", "config"}) {
    EXPECT_TRUE(contains(help.out, std::string("\n  ") + command + " ")) << help.out;
  }
}

TEST(Usage, EveryCommandHasHelpWithAnExampleThatFitsATerminal) {
  for (const char* command : {"analyze", "live", "frames", "distress", "calibrate", "devices",
                              "serve", "people", "audit", "model", "config"}) {
    const auto help = run({command, "--help"});
    EXPECT_EQ(help.status, kDone);
    EXPECT_TRUE(contains(help.out, std::string("\n  tonecue ") + command)) << help.out;
    std::istringstream lines(help.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
  }
}

TEST(Usage, EveryModelCommandHasHelpWithAnExample) {
  for (const char* command : {"info", "verify", "compare"}) {
    const auto help = run({"model", command, "--help"});
    EXPECT_EQ(help.status, kDone);
    EXPECT_TRUE(contains(help.out, std::string("\n  tonecue model ") + command)) << help.out;
  }
}

TEST(Usage, EveryCommandOfTheStoreHasHelpWithAnExample) {
  for (const char* command : {"add", "list", "password"}) {
    const auto help = run({"people", command, "--help"});
    EXPECT_EQ(help.status, kDone);
    EXPECT_TRUE(contains(help.out, std::string("\n  tonecue people ") + command)) << help.out;
  }
  EXPECT_TRUE(contains(run({"audit", "verify", "--help"}).out, "\n  tonecue audit verify"));
}

TEST(Usage, TellsTheVersion) {
  const auto version = run({"--version"});
  EXPECT_EQ(version.status, kDone);
  EXPECT_EQ(version.out, "tonecue " TONECUE_VERSION "\n");
}

TEST(Usage, WithoutACommandShowsHelpAsAnError) {
  const auto nothing = run({});
  EXPECT_EQ(nothing.status, kWrongUsage);
  EXPECT_EQ(nothing.out, "");
  EXPECT_TRUE(contains(nothing.err, "Usage: tonecue COMMAND"));
}

struct WrongUsage {
  std::vector<std::string> arguments;
  std::string expected;
};

class WrongUsageTest : public testing::TestWithParam<WrongUsage> {};

TEST_P(WrongUsageTest, IsToldInOneLineThatSaysWhereToLook) {
  const auto wrong = run(GetParam().arguments);
  EXPECT_EQ(wrong.status, kWrongUsage);
  EXPECT_EQ(wrong.out, "");
  EXPECT_TRUE(is_one_complaint(wrong.err)) << wrong.err;
  EXPECT_TRUE(contains(wrong.err, GetParam().expected)) << wrong.err;
  EXPECT_TRUE(contains(wrong.err, "--help'")) << wrong.err;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, WrongUsageTest,
    testing::Values(
        WrongUsage{{"analyse", "x"}, "there is no command 'analyse'"},
        WrongUsage{{"--frob"}, "the command must come first"},
        WrongUsage{{"analyze"}, "FILE is required; try 'tonecue analyze --help'"},
        WrongUsage{{"analyze", "x", "--frob"}, "--frob"},
        WrongUsage{{"analyze", "x", "--jobs", "0"}, "--jobs"},
        WrongUsage{{"analyze", "x", "--jobs", "many"}, "--jobs"},
        WrongUsage{{"analyze", "x", "--json"}, "--json"},
        WrongUsage{{"analyze", "x", "--json", "-", "--csv", "-"}, "the same name"},
        WrongUsage{{"analyze", "x", "y", "--json", "-"}, "need a folder"},
        WrongUsage{{"analyze", "x", "--embed-audio"}, "--html"},
        WrongUsage{{"analyze", "x", "--party", "both"}, "--party"},
        WrongUsage{{"analyze", "x", "--agent-channel", "middle"}, "--agent-channel"},
        WrongUsage{{"frames", "x"}, "--party is required"},
        WrongUsage{{"distress"}, "FILE is required"},
        WrongUsage{{"calibrate", "x"}, "--out is required"},
        WrongUsage{{"calibrate", "--out", "y"}, "FILE is required"},
        WrongUsage{{"calibrate", "x", "--out", "y", "--alerts-per-hour", "0"}, "--alerts-per-hour"},
        WrongUsage{{"calibrate", "x", "--out", "y", "--party", "agent"},
                   "no customer to calibrate on"},
        WrongUsage{{"calibrate", "x", "--out", "y", "--verdicts", "y"}, "table of verdicts itself"},
        WrongUsage{{"live", "--speed", "2"}, "--replay"},
        WrongUsage{{"live", "--replay", "x", "--speed", "nan"}, "--speed"},
        WrongUsage{{"live", "--replay", "x", "--speed", "-1"}, "--speed"},
        WrongUsage{{"live", "--replay", "x", "--device", "y"}, "--device"},
        WrongUsage{{"analyze", "x", "--team", "y"}, "--store"},
        WrongUsage{{"analyze", "x", "--keep-audio"}, "--store"},
        WrongUsage{{"live", "--consent-ref", "y"}, "--store"},
        WrongUsage{{"serve"}, "--data is required; try 'tonecue serve --help'"},
        WrongUsage{{"serve", "--data", "x", "--port", "65536"}, "--port"},
        WrongUsage{{"serve", "--data", "x", "--tls-key", "y"}, "--tls-certificate"},
        WrongUsage{{"serve", "--data", "x", "--tls-certificate", "y"}, "--tls-key"},
        WrongUsage{{"people"}, "tonecue people --help"},
        WrongUsage{{"people", "add", "x"}, "LOGIN is required"},
        WrongUsage{{"people", "add", "x", "y", "--role", "boss"}, "--role"},
        WrongUsage{{"people", "password", "x"}, "LOGIN is required"},
        WrongUsage{{"people", "list"}, "DIR is required"},
        WrongUsage{{"audit"}, "tonecue audit --help"},
        WrongUsage{{"audit", "verify"}, "DIR is required"},
        WrongUsage{{"model"}, "tonecue model --help"},
        WrongUsage{{"model", "check"}, "tonecue model --help"},
        WrongUsage{{"model", "verify"}, "FILE is required; try 'tonecue model verify"},
        WrongUsage{{"model", "compare", "research"}, "B is required"}));

TEST(Usage, ARecordingIsNeverReplacedByItsOwnReport) {
  const test::TempFolder folder;
  const std::string call = test::short_call(folder / "call.wav");
  const std::string before = test::bytes_of(call);
  const std::vector<std::vector<std::string>> lines = {
      {"analyze", call, "--json", call, "--force"},
      {"frames", call, "--party", "agent", "--csv", call, "--force"},
      {"distress", call, "--csv", call, "--force"},
      {"calibrate", call, "--out", call, "--force"},
      {"live", "--replay", call, "--json", call, "--force"}};
  for (const auto& line : lines) {
    const auto refused = run(line);
    EXPECT_EQ(refused.status, kWrongUsage) << line.front();
    EXPECT_TRUE(contains(refused.err, "is the recording itself")) << refused.err;
  }
  EXPECT_EQ(test::bytes_of(call), before);
}

TEST(Usage, DevicesAreListedOrTheirAbsenceIsTold) {
  const auto devices = run({"devices"});
  EXPECT_EQ(devices.status, kDone) << devices.err;
  EXPECT_TRUE(contains(devices.out, "audio device") || contains(devices.out, "inputs"))
      << devices.out;
}

TEST(Usage, AFullStandardOutputIsAFailure) {
  std::ofstream full("/dev/full");
  std::ostringstream err;
  const std::atomic<bool> stop{false};
  for (const char* command : {"config", "--help"}) {
    full.clear();
    err.str("");
    const std::array argv = {"tonecue", command};
    EXPECT_EQ(run_program(static_cast<int>(argv.size()), argv.data(),
                          {.out = full, .err = err, .stop = stop}),
              kFailed)
        << command;
    EXPECT_TRUE(contains(err.str(), "cannot write to standard output")) << err.str();
  }
}

}  // namespace
}  // namespace tonecue

// The program, as it is run at a desk, when a device does not do what it should.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/program_run.h"
#include "support/child.h"
#include "support/sound_server.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::contains;
using test::is_one_complaint;
using test::SoundServer;

constexpr auto kPatience = 60s;

/// The program beside the test: what it prints, and what reached its standard error, apart.
class Program {
 public:
  Program(const SoundServer& server, std::vector<std::string> arguments)
      : out_(server.folder() / (arguments.front() + ".out")),
        err_(server.folder() / (arguments.front() + ".err")),
        child_(with_files(std::move(arguments))) {}

  /// Waits until it ends by itself. @return Its exit status; -1: it did not.
  int wait() {
    const auto limit = steady_clock::now() + kPatience;
    while (child_.running()) {
      if (steady_clock::now() > limit) return -1;
      std::this_thread::sleep_for(20ms);
    }
    return child_.wait();
  }

  /// As Ctrl-C does.
  int interrupt() {
    ::kill(child_.pid(), SIGINT);
    return wait();
  }

  bool says(const std::string& text) const {
    const auto limit = steady_clock::now() + kPatience;
    while (!contains(out(), text)) {
      if (steady_clock::now() > limit) return false;
      std::this_thread::sleep_for(20ms);
    }
    return true;
  }

  std::string out() const { return text_of(out_); }
  std::string err() const { return text_of(err_); }

 private:
  std::vector<std::string> with_files(std::vector<std::string> arguments) const {
    std::vector<std::string> command = {
        "sh",           "-c",          R"(out=$1 err=$2; shift 2; exec "$@" >"$out" 2>"$err")",
        "sh",           out_.string(), err_.string(),
        TONECUE_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  }

  static std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path out_;
  std::filesystem::path err_;
  test::Child child_;
};

class DeviceTrouble : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  }
};

// The name of a sink opened as a source: it is refused, or starts and never comes back.
TEST_F(DeviceTrouble, EndsACallWhoseInputDoesNotStart) {
  const SoundServer server({{"line"}, {"headset"}}, {{"microphone", "line"}});
  Program program(server, {"live", "--agent-device", "microphone", "--customer-device", "headset",
                           "--no-page"});
  EXPECT_EQ(program.wait(), kFailed);
  EXPECT_TRUE(is_one_complaint(program.err())) << program.err();
  EXPECT_TRUE(program.err().starts_with("tonecue: device 'headset' ")) << program.err();
}

// Whoever asks a server that hangs waits for ever, with PortAudio's lock held.
TEST_F(DeviceTrouble, EndsWhenTheSoundServerHangs) {
  SoundServer server({{"line"}, {"headset"}}, {{"microphone", "line"}});
  server.stall();
  Program live(server, {"live", "--device", "microphone", "--party", "agent", "--no-page"});
  Program practice(server, {"practice", "interrupted", "--agent-device", "microphone"});
  for (Program* program : {&live, &practice}) {
    EXPECT_EQ(program->wait(), kFailed);
    EXPECT_TRUE(is_one_complaint(program->err())) << program->err();
    EXPECT_TRUE(contains(program->err(), "the sound system does not answer")) << program->err();
  }
  server.go_on();
}

TEST_F(DeviceTrouble, PrintsItsOwnWordsAloneWhereADeviceIsNotThere) {
  SoundServer server({{"line"}, {"headset"}}, {{"microphone", "line"}});
  server.unplug("microphone");
  Program program(
      server, {"live", "--device", "microphone", "--party", "agent", "--no-page", "--no-sound"});
  EXPECT_EQ(program.wait(), kFailed);
  EXPECT_TRUE(is_one_complaint(program.err())) << program.err();
}

TEST_F(DeviceTrouble, PrintsItsOwnWordsAloneWhileADeviceIsAway) {
  SoundServer server({{"line", 2}, {"headset"}},
                     {{"microphone", "line", "front-left"}, {"monitor", "line", "front-right"}});
  Program program(server, {"live", "--agent-device", "microphone", "--customer-device", "monitor",
                           "--output", "headset", "--no-page"});
  ASSERT_TRUE(program.says("Ctrl-C ends it."));
  server.unplug("microphone");
  ASSERT_TRUE(program.says("gives no sound since")) << program.out();
  server.plug("microphone");
  ASSERT_TRUE(program.says("is back")) << program.out();
  EXPECT_EQ(program.interrupt(), kDone) << program.err();
  std::istringstream lines(program.err());
  int told = 0;
  for (std::string line; std::getline(lines, line); ++told) {
    EXPECT_TRUE(line.starts_with("tonecue: ")) << line;
  }
  EXPECT_GT(told, 0) << "the gap is told at the end";
}

}  // namespace
}  // namespace tonecue

#include "tonecue/app/remembered_devices.h"

#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "app/devices/device_question.h"
#include "app/program_run.h"
#include "tonecue/app/config_file.h"

namespace tonecue {
namespace {

using test::contains;

std::string put(const std::string& toml, const RememberedDevices& devices) {
  const auto text = with_devices(toml, "my.toml", devices);
  EXPECT_TRUE(text) << text.error().message;
  return text.value_or("");
}

TEST(RememberedDevices, GoIntoAnEmptyFile) {
  EXPECT_EQ(put("", {.agent = "mic", .customer = "monitor", .output = "headset"}),
            "[devices]\nagent = \"mic\"\ncustomer = \"monitor\"\noutput = \"headset\"\n");
}

TEST(RememberedDevices, LeaveAllElseInTheFileAsItWas) {
  const std::string before =
      "# mine\n[turns]   # kept\nline_delay_ms = 20\n\n[devices]  # of my desk\n# the old one\n"
      "agent = 'old'\n\n[alerts]\nbudget_per_hour = 3  # few\n";
  EXPECT_EQ(put(before, {.agent = "new", .customer = "monitor", .output = ""}),
            "# mine\n[turns]   # kept\nline_delay_ms = 20\n\n[devices]  # of my desk\n"
            "customer = \"monitor\"\n# the old one\nagent = \"new\"\n\n[alerts]\n"
            "budget_per_hour = 3  # few\n");
}

TEST(RememberedDevices, AreAddedToAFileThatHasNone) {
  EXPECT_EQ(put("[alerts]\nbudget_per_hour = 3", {.agent = "", .customer = "", .output = "h"}),
            "[alerts]\nbudget_per_hour = 3\n\n[devices]\noutput = \"h\"\n");
}

TEST(RememberedDevices, KeepNamesWithQuotesAndOtherLetters) {
  const std::string name = R"(Müllers "Headset" \ (hw:1,0))";
  const auto text = put("", {.agent = name, .customer = "", .output = ""});
  EXPECT_EQ(parse_remembered_devices(text, "my.toml")->agent, name);
}

TEST(RememberedDevices, AreNotPutWhereLinesCannotSayThem) {
  for (const char* toml : {"devices = { agent = \"a\", customer = \"b\" }\n",
                           "[devices]\nagent = \"\"\"\na\"\"\"\n"}) {
    const auto text = with_devices(toml, "my.toml", {.agent = "x", .customer = "y", .output = "z"});
    ASSERT_FALSE(text) << *text;
    EXPECT_TRUE(contains(text.error().message, "my.toml")) << text.error().message;
  }
}

TEST(RememberedDevices, MistakesAreToldByLine) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"[devices]\nagent = 3\n", "my.toml:2: 'devices.agent' must be a device's name"},
      {"[devices]\n\nmouse = \"x\"\n", "my.toml:3: unknown key 'devices.mouse'"},
      {"[devices\n", "my.toml:1: "}};
  for (const auto& [toml, message] : wrong) {
    const auto devices = parse_remembered_devices(toml, "my.toml");
    ASSERT_FALSE(devices) << toml;
    EXPECT_TRUE(contains(devices.error().message, message)) << devices.error().message;
    const auto config = parse_config(toml, "my.toml");
    ASSERT_FALSE(config) << "as every reader of the file says";
    EXPECT_EQ(config.error().message, devices.error().message);
  }
}

TEST(RememberedDevices, AreWrittenWhereTheUsersConfigurationLies) {
  const test::TempFolder home;
  const std::string path = (home / "tonecue" / "tonecue.toml").string();
  ASSERT_TRUE(remember_devices(path, {.agent = "mic", .customer = "", .output = ""}));
  ASSERT_TRUE(remember_devices(path, {.agent = "", .customer = "monitor", .output = ""}));
  const RememberedDevices expected{.agent = "mic", .customer = "monitor", .output = ""};
  EXPECT_EQ(*load_remembered_devices(path), expected);
  EXPECT_TRUE(load_config(path)) << "it is a configuration";
}

TEST(RememberedDevices, AnalyzeDoesNotReadTheUsersConfiguration) {
  const test::TempFolder home;
  std::filesystem::create_directories(home / "tonecue");
  test::write_bytes(home / "tonecue" / "tonecue.toml", "no configuration\n");
  // NOLINTBEGIN(concurrency-mt-unsafe): the test has no other thread here.
  const char* before = std::getenv("XDG_CONFIG_HOME");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("XDG_CONFIG_HOME", (home / "").c_str(), 1);
  const std::string call = test::short_call(home / "call.wav");
  EXPECT_EQ(test::run({"analyze", call, "--quiet"}).status, kDone);
  const auto live = test::run({"live", "--replay", call, "--speed", "0", "--no-page"});
  EXPECT_EQ(live.status, kFailed) << "live does";
  EXPECT_TRUE(contains(live.err, "tonecue.toml:1")) << live.err;
  if (before == nullptr) {
    ::unsetenv("XDG_CONFIG_HOME");
  } else {
    ::setenv("XDG_CONFIG_HOME", kept.c_str(), 1);
  }
  // NOLINTEND(concurrency-mt-unsafe)
}

TEST(DeviceQuestion, AsksAgainUntilAnAnswerFits) {
  const std::vector<AudioDevice> devices = {
      {.index = 0, .name = "microphone", .host_api = "", .input_channels = 1},
      {.index = 1, .name = "monitor", .host_api = "", .input_channels = 1},
      {.index = 2, .name = "headset", .host_api = "", .output_channels = 2}};
  std::istringstream answers("9\n0\nmoni\n1\n\n");
  std::ostringstream out;
  const std::atomic<bool> stop{false};
  const auto chosen = ask_for_devices(devices, answers, {.out = out, .err = out, .stop = stop});
  const RememberedDevices expected{.agent = "microphone", .customer = "monitor", .output = ""};
  EXPECT_EQ(chosen, expected);
  EXPECT_TRUE(contains(out.str(), "no recording device has the number 9")) << out.str();
  EXPECT_TRUE(contains(out.str(), "no playing device has the number 1")) << out.str();
}

TEST(DevicesCommand, AsksNothingWhereNobodyAnswers) {
  const auto devices = test::run({"devices", "--choose"});
  if (contains(devices.out, "There is no audio device")) GTEST_SKIP() << "skipped: no device here";
  EXPECT_EQ(devices.status, kFailed);
  EXPECT_TRUE(contains(devices.err, "there is nobody to ask")) << devices.err;
}

TEST(DevicesCommand, RemembersNoDeviceThatIsNotThere) {
  const auto devices = test::run({"devices", "--agent", "no such device"});
  EXPECT_EQ(devices.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(devices.err)) << devices.err;
}

}  // namespace
}  // namespace tonecue

#include <chrono>
#include <filesystem>
#include <sstream>
#include <string>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "app/agent_page.h"
#include "app/calls.h"
#include "app/program_beside.h"
#include "app/program_run.h"
#include "tonecue/app/call_player.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/report/call_json.h"

namespace tonecue {
namespace {

using test::contains;
using test::run;

/// A port of this machine on which somebody listens.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_, any, size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, any, &size), 0);
    port_ = ntohs(address.sin_port);
  }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  ~TakenPort() { ::close(socket_); }

  int port() const noexcept { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

/// One that was free a moment ago.
int free_port() { return TakenPort().port(); }

class ReplayInBlocks : public testing::TestWithParam<int> {};

TEST_P(ReplayInBlocks, TellsWhatAnalyzeTells) {
  const std::string call = test::interrupted_call();
  auto source = FileSource::create(call);
  ASSERT_TRUE(source) << source.error().message;
  CallRecorder recorder(source->info());
  const std::atomic<bool> stop{false};
  const auto report = record_call(
      *source, {}, recorder, {.block_samples = GetParam(), .speed = 0.0, .on_progress = {}}, stop);
  ASSERT_TRUE(report) << report.error().message;

  const auto analyzed = run({"analyze", call, "--json", "-"});
  ASSERT_TRUE(contains(analyzed.out, "\"interruption\"")) << "nothing to compare";
  EXPECT_EQ(to_json(*report), analyzed.out);
}

INSTANTIATE_TEST_SUITE_P(Samples, ReplayInBlocks, testing::Values(1, 64, 80, 160, 1000));

TEST(Live, ReplayWritesTheJsonOfAnalyzeAndTellsAlertsAsTheyCome) {
  const test::TempFolder folder;
  const std::string json = (folder / "live.json").string();
  const std::string call = test::interrupted_call();
  const auto live = run({"live", "--replay", call, "--speed", "0", "--no-sound", "--json", json});
  EXPECT_EQ(live.status, kDone) << live.err;
  EXPECT_EQ(test::bytes_of(json), run({"analyze", call, "--json", "-"}).out);
  EXPECT_TRUE(contains(live.out, "Let them finish.")) << live.out;
  EXPECT_TRUE(contains(live.out, "The call is over")) << live.out;
}

TEST(Live, KeepsStandardOutputForTheJson) {
  const std::string call = test::interrupted_call();
  const auto live = run({"live", "--replay", call, "--speed", "0", "--json", "-"});
  EXPECT_EQ(live.out, run({"analyze", call, "--json", "-"}).out);
  EXPECT_TRUE(contains(live.err, "Let them finish.")) << live.err;
}

TEST(Live, RefusesAnOutputThatIsThereBeforeTheCallBegins) {
  const test::TempFolder folder;
  test::write_bytes(folder / "old.json", "mine");
  const auto refused = run({"live", "--replay", test::interrupted_call(), "--speed", "0", "--json",
                            (folder / "old.json").string()});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_EQ(refused.out, "") << "no alert, no end of a call";
  EXPECT_TRUE(contains(refused.err, "--force")) << refused.err;
  EXPECT_EQ(test::bytes_of(folder / "old.json"), "mine");
}

TEST(Live, ReplayTakesTheTimeThatItsSpeedAllows) {
  const test::TempFolder folder;
  const std::string call = test::short_call(folder / "call.wav");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(run({"live", "--replay", call, "--speed", "10"}).status, kDone);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(200));
}

TEST(Live, EndsTheCallWhenItIsStopped) {
  const auto stopped = run({"live", "--replay", test::interrupted_call(), "--json", "-"}, true);
  EXPECT_EQ(stopped.status, kDone) << "Ctrl-C is how a live call ends";
  EXPECT_TRUE(contains(stopped.out, "\"duration_s\": 0.0")) << stopped.out.substr(0, 200);
}

TEST(Live, WhatTheAgentSaysOnThePageReachesTheJson) {
  const test::TempFolder folder;
  const auto json = folder / "live.json";
  test::write_bytes(folder / "tonecue.toml", "[alerts]\nquiet_start_s = 0\n");
  test::ProgramBeside live({"live", "--replay", test::interrupted_call(), "--speed", "20", "--port",
                            std::to_string(free_port()), "--json", json.string(), "--config",
                            (folder / "tonecue.toml").string()});
  const std::string url = live.page_url();
  ASSERT_NE(url, "") << live.err.text();
  const test::AgentPage page(url);
  auto events = page.events();
  test::Event event;
  do {
    event = events.read_event();
  } while (event.name != "card" && !event.name.empty());
  ASSERT_EQ(event.name, "card");
  EXPECT_EQ(page.post("/answers", R"({"alert": 1, "answer": "helpful"})"), 204);
  EXPECT_EQ(live.status(), kDone);
  const auto told = nlohmann::json::parse(test::bytes_of(json));
  const auto& alert = told["alerts"].at(0);
  EXPECT_EQ(alert["id"], 1);
  EXPECT_EQ(alert["answer"]["said"], "helpful");
}

TEST(Live, SaysInOneLineThatThePortOfThePageIsTaken) {
  const TakenPort taken;
  const auto live = run({"live", "--replay", test::interrupted_call(), "--speed", "0", "--port",
                         std::to_string(taken.port())});
  EXPECT_EQ(live.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(live.err)) << live.err;
  EXPECT_TRUE(contains(live.err, std::to_string(taken.port()))) << live.err;
  EXPECT_EQ(live.out, "");
}

TEST(Live, TellsWhichDeviceIsNotThere) {
  const auto live = run({"live", "--device", "no such device"});
  EXPECT_EQ(live.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(live.err)) << live.err;
}

}  // namespace
}  // namespace tonecue

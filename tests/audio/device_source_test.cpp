// The devices of a call come and go, on a real sound server.

#include "tonecue/audio/device_source.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>

#include "support/sound_server.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;
using test::SoundServer;
using Kind = DeviceNotice::Kind;

int open_files() {
  const std::filesystem::directory_iterator files("/proc/self/fd");
  return static_cast<int>(std::distance(begin(files), end(files)));
}

int threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<int>(std::distance(begin(tasks), end(tasks)));
}

class DeviceSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoundServer::available()) GTEST_SKIP() << SoundServer::kMissing;
  }

  static Result<DeviceSource> both() {
    return DeviceSource::create({.agent_device = "microphone", .customer_device = "monitor"});
  }

  /// Reads until `done`, or for a minute.
  void listen(DeviceSource& source, const std::function<bool()>& done) {
    const auto give_up = std::chrono::steady_clock::now() + 60s;
    while (!done() && std::chrono::steady_clock::now() < give_up) {
      const auto block = source.read(160);
      ASSERT_TRUE(block) << block.error().message;
      samples_ += std::ssize(block->agent);
      for (const DeviceNotice& notice : source.notices()) notices_.push_back(notice);
    }
    ASSERT_TRUE(done());
  }

  void listen_for(DeviceSource& source, std::int64_t call_ms) {
    const auto until = samples_ + call_ms * 8;
    listen(source, [&] { return samples_ >= until; });
  }

  std::int64_t told(Kind kind) const {
    return std::count_if(notices_.begin(), notices_.end(),
                         [kind](const DeviceNotice& notice) { return notice.kind == kind; });
  }

  std::int64_t samples_ = 0;
  std::vector<DeviceNotice> notices_;
};

TEST_F(DeviceSourceTest, UnpluggedAndPluggedTenTimesGoesOnAndLeavesNothingBehind) {
  SoundServer server({{"line", 2}},
                     {{"microphone", "line", "front-left"}, {"monitor", "line", "front-right"}});
  auto source = both();
  ASSERT_TRUE(source) << source.error().message;
  listen_for(*source, 500);
  int files = 0;
  int tasks = 0;
  for (int time = 1; time <= 10; ++time) {
    server.unplug("microphone");
    listen(*source, [&] { return told(Kind::lost) == time; });
    server.plug("microphone");
    listen(*source, [&] { return told(Kind::returned) == time; });
    if (time == 1) {
      files = open_files();
      tasks = threads();
    }
  }
  listen_for(*source, 500);
  EXPECT_EQ(source->health()[0].times_lost, 10);
  EXPECT_EQ(source->health()[1].times_lost, 0);
  EXPECT_LE(open_files(), files);
  EXPECT_LE(threads(), tasks);
  for (const DeviceNotice& notice : notices_) {
    if (notice.kind != Kind::returned) continue;
    std::printf("gap of %lld ms at %lld ms\n", static_cast<long long>(notice.gap_ms),
                static_cast<long long>(notice.at_ms));
  }
}

TEST_F(DeviceSourceTest, GoesOnWhenTheServerHaltsForAWhile) {
  SoundServer server({{"line", 2}},
                     {{"microphone", "line", "front-left"}, {"monitor", "line", "front-right"}});
  auto source = both();
  ASSERT_TRUE(source) << source.error().message;
  listen_for(*source, 500);
  server.stall();
  listen(*source, [&] { return told(Kind::lost) == 2; });
  server.go_on();
  listen(*source, [&] { return told(Kind::returned) == 2; });
  listen_for(*source, 500);
}

TEST_F(DeviceSourceTest, EndsInTimeThoughTheServerHangs) {
  SoundServer server({{"line", 1}}, {{"microphone", "line"}});
  {
    auto source = DeviceSource::create({.device = "microphone", .party = Party::agent});
    ASSERT_TRUE(source) << source.error().message;
    listen_for(*source, 200);
    server.stall();
    const auto asked = std::chrono::steady_clock::now();
    source->stop();
    while (!source->read(160)->agent.empty()) {
    }
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 100ms);
  }
  server.go_on();
}

TEST_F(DeviceSourceTest, SaysSoWhenADeviceIsUnpluggedBeforeTheCall) {
  SoundServer server({{"line", 1}}, {{"microphone", "line"}});
  server.unplug("microphone");
  const auto source = DeviceSource::create({.device = "microphone", .party = Party::agent});
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::device);
  EXPECT_EQ(source.error().message.find('\n'), std::string::npos) << source.error().message;
}

}  // namespace
}  // namespace tonecue

#include "app/live_call.h"

#include <array>
#include <atomic>
#include <span>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/live_desk.h"
#include "server/http_client.h"

namespace tonecue {
namespace {

using nlohmann::json;

/// A quiet line whose customer's device goes away for good; it stops the wait after a while.
class LostLine : public AudioSource {
 public:
  explicit LostLine(std::atomic<bool>& stop) : stop_(stop) {}

  Result<CallBlock> read(int max_samples) override {
    stop_ = ++blocks_ > 50;
    const auto quiet = std::span<const float>(quiet_).first(static_cast<std::size_t>(max_samples));
    return CallBlock{quiet, quiet};
  }
  std::span<const DeviceNotice> notices() noexcept override {
    return std::span(lost_).first(blocks_ == 20 ? 1 : 0);
  }

 private:
  std::atomic<bool>& stop_;
  int blocks_ = 0;
  std::array<float, kSampleRateHz> quiet_{};
  std::array<DeviceNotice, 1> lost_{DeviceNotice{
      .kind = DeviceNotice::Kind::lost, .parties = {false, true}, .at_ms = 400, .gap_ms = 0}};
};

/// What a page is told that is opened now.
json hello_of(const DeskServer& page) {
  const std::string url = page.url();
  const std::string cookie = "Cookie: tonecue_key_" + std::to_string(page.port()) + "=" +
                             url.substr(url.find("key=") + 4) + "\r\n";
  test::HttpClient client(page.port());
  client.send(test::get(page.port(), "/events", cookie));
  EXPECT_EQ(client.read_head().status, 200);
  return json::parse(client.read_event().data);
}

TEST(WaitForCall, ShowsTheAgentADeviceWithoutWhichNoCallWouldBegin) {
  const auto desk = LiveDesk::create({.sound = false, .output = {}, .shift = true});
  ASSERT_TRUE(desk) << desk.error().message;
  std::atomic<bool> stop{false};
  LostLine line(stop);
  const auto called = wait_for_call(line, {}, {}, **desk, stop);
  ASSERT_TRUE(called) << called.error().message;
  EXPECT_FALSE(*called);
  const json hello = hello_of(*(*desk)->page());
  EXPECT_EQ(hello["waiting"], true);
  ASSERT_EQ(hello["notices"].size(), 1U);
  EXPECT_EQ(hello["notices"][0]["party"], "customer");
}

}  // namespace
}  // namespace tonecue

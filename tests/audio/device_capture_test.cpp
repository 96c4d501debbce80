#include "audio/devices/device_capture.h"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "audio/devices/choose_inputs.h"
#include "audio/devices/input_keeper.h"
#include "audio/devices/open_input.h"
#include "audio/fake_port.h"
#include "audio/timeline/input_timeline.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;
using test::FakeDevice;
using test::FakePort;
using test::made_device;
using Kind = DeviceNotice::Kind;

std::vector<FakeDevice> headset_and_monitor() {
  return {{.info = made_device(0, "microphone"), .sample = 0.25F},
          {.info = made_device(1, "monitor"), .sample = 0.5F}};
}

/// A desk where two devices are looked after and listened to, in made-up time.
class Desk {
 public:
  explicit Desk(std::vector<FakeDevice> devices = headset_and_monitor())
      : port(std::move(devices)) {
    const auto list = port.list();
    const auto chosen =
        choose_inputs(*list, {.agent_device = "microphone", .customer_device = "monitor"});
    std::vector<KeptInput> kept;
    for (const ChosenInput& input : *chosen) {
      buffers_.push_back(std::make_unique<CaptureBuffer>(1, 96000));
      kept.push_back({input.device, input.layout, buffers_.back().get()});
    }
    keeper_.emplace(port, std::move(kept), events_);
    opened = keeper_->open(port.now_ns);
    if (!opened) return;
    const std::vector<InputTimeline::Input> inputs = {{keeper_->layout(0), buffers_[0].get()},
                                                      {keeper_->layout(1), buffers_[1].get()}};
    timeline_.emplace(std::move(*InputTimeline::create(inputs, events_)));
  }

  void run(std::chrono::milliseconds time) {
    for (auto left = time; left > 0ms; left -= 10ms) {
      port.tick();
      if (++ticks_ % 10 == 0) keeper_->step(port.now_ns);
      listen();
    }
  }

  FakeDevice& device(const std::string& name) { return *port.named(name); }
  DeviceHealth health(std::size_t input) const { return timeline_->health(input); }
  void overrun(std::size_t input) { buffers_[input]->note_overrun(); }
  std::int64_t call_ms() const { return std::ssize(heard.agent) / 8; }

  std::vector<DeviceNotice> told(Kind kind) const {
    std::vector<DeviceNotice> some;
    std::copy_if(notices.begin(), notices.end(), std::back_inserter(some),
                 [kind](const DeviceNotice& notice) { return notice.kind == kind; });
    return some;
  }

  FakePort port;
  Result<void> opened;
  PerParty<std::vector<float>> heard;
  std::vector<DeviceNotice> notices;

 private:
  void listen() {
    for (auto block = timeline_->read(port.now_ns, 160); !block.agent.empty();
         block = timeline_->read(port.now_ns, 160)) {
      for (const Party party : kParties) {
        heard[party].insert(heard[party].end(), block[party].begin(), block[party].end());
      }
      const auto news = timeline_->notices();
      notices.insert(notices.end(), news.begin(), news.end());
    }
  }

  InputKeeper::Events events_{256};
  std::vector<std::unique_ptr<CaptureBuffer>> buffers_;
  std::optional<InputKeeper> keeper_;
  std::optional<InputTimeline> timeline_;
  int ticks_ = 0;
};

TEST(Desk, HearsEachPartyFromItsDevice) {
  Desk desk;
  desk.run(2s);
  ASSERT_GT(desk.call_ms(), 1800);
  EXPECT_NEAR(desk.heard.agent[8000], 0.25F, 1e-3F);
  EXPECT_NEAR(desk.heard.customer[8000], 0.5F, 1e-3F);
  EXPECT_TRUE(desk.notices.empty());
}

TEST(Desk, TakesAFirstCallbackAfterFourAndAHalfSecondsForNoFault) {
  auto devices = headset_and_monitor();
  devices[1].first_block_after_ns = 4'500'000'000;
  Desk desk(std::move(devices));
  desk.run(8s);
  EXPECT_TRUE(desk.notices.empty());
  EXPECT_EQ(desk.device("monitor").opened, 1);
  EXPECT_NEAR(static_cast<double>(desk.call_ms()), 3400.0, 200.0) << "from when both were there";
}

TEST(Desk, TellsAFirstCallbackAfterSixSecondsAndGoesOn) {
  auto devices = headset_and_monitor();
  devices[1].first_block_after_ns = 6'000'000'000;
  Desk desk(std::move(devices));
  desk.run(20s);
  ASSERT_EQ(desk.told(Kind::lost).size(), 1U);
  EXPECT_TRUE(desk.told(Kind::lost).front().parties.customer);
  EXPECT_FALSE(desk.told(Kind::lost).front().parties.agent);
  EXPECT_GT(desk.call_ms(), 14'000);
}

TEST(Desk, GivesSilenceAndANoticeWhenNoDeviceEverCalls) {
  auto devices = headset_and_monitor();
  for (FakeDevice& device : devices) device.silent = true;
  Desk desk(std::move(devices));
  desk.run(9s);
  EXPECT_EQ(desk.told(Kind::lost).size(), 2U);
  EXPECT_GT(desk.call_ms(), 3000);
}

TEST(Desk, UnpluggedAndPluggedTenTimesLosesNoGapAndNoStream) {
  for (const bool stream_knows : {true, false}) {
    Desk desk;
    desk.device("microphone").ends_when_unplugged = stream_knows;
    desk.run(5s);
    for (int time = 0; time < 10; ++time) {
      desk.device("microphone").plugged = false;
      desk.run(5s);
      desk.device("microphone").plugged = true;
      desk.run(8s);
    }
    EXPECT_EQ(desk.told(Kind::lost).size(), 10U);
    const auto returned = desk.told(Kind::returned);
    ASSERT_EQ(returned.size(), 10U);
    std::int64_t gaps_ms = 0;
    for (std::size_t i = 0; i < returned.size(); ++i) {
      EXPECT_GE(returned[i].gap_ms, 4900);
      EXPECT_LE(returned[i].gap_ms, 9500) << "tried every two seconds";
      EXPECT_NEAR(static_cast<double>(returned[i].at_ms - returned[i].gap_ms),
                  5000.0 + 13'000.0 * static_cast<double>(i), 100.0);
      gaps_ms += returned[i].gap_ms;
    }
    EXPECT_EQ(desk.port.open_streams(), 2);
    EXPECT_EQ(desk.health(0).times_lost, 10);
    EXPECT_NEAR(static_cast<double>(desk.health(0).gap_ms), static_cast<double>(gaps_ms), 20.0);
    EXPECT_NEAR(static_cast<double>(desk.call_ms()), 135'000.0, 300.0);
  }
}

TEST(Desk, TheOtherPartyIsHeardAllThroughAGap) {
  Desk desk;
  desk.run(5s);
  desk.device("microphone").plugged = false;
  desk.run(4s);
  ASSERT_GT(desk.call_ms(), 8500);
  EXPECT_EQ(desk.heard.agent[64'000], 0.0F);
  EXPECT_NEAR(desk.heard.customer[64'000], 0.5F, 1e-3F);
  EXPECT_EQ(desk.port.restarts, 0) << "it would cost the customer's voice";
}

TEST(Desk, TheSoundSystemStartsAnewSeldomWhileTheOtherDeviceIsWell) {
  Desk desk;
  desk.device("microphone").plugged = false;
  desk.run(30s);
  EXPECT_EQ(desk.port.restarts, 1);
  desk.run(60s);
  EXPECT_EQ(desk.port.restarts, 2);
  EXPECT_EQ(desk.port.open_at_restart, 0) << "streams must be closed before";
  EXPECT_NEAR(desk.heard.customer.back(), 0.5F, 1e-3F);
}

TEST(Desk, TheSoundSystemStartsAnewAtOnceWhenNothingIsWell) {
  Desk desk;
  desk.run(2s);
  for (const char* name : {"microphone", "monitor"}) desk.device(name).plugged = false;
  desk.run(3s);
  EXPECT_GE(desk.port.restarts, 1);
  for (const char* name : {"microphone", "monitor"}) desk.device(name).plugged = true;
  desk.run(5s);
  EXPECT_EQ(desk.told(Kind::returned).size(), 2U);
}

TEST(Desk, FindsAHeadsetThatComesBackInAnotherSocket) {
  auto devices = headset_and_monitor();
  devices[0].info.name = "microphone: USB Audio (hw:1,0)";
  Desk desk(std::move(devices));
  desk.run(2s);
  for (FakeDevice& device : desk.port.devices) device.plugged = false;
  desk.run(3s);
  desk.port.devices[0].info.name = "microphone: USB Audio (hw:2,0)";
  for (FakeDevice& device : desk.port.devices) device.plugged = true;
  desk.run(5s);
  EXPECT_EQ(desk.told(Kind::returned).size(), 2U);
}

TEST(Desk, ADeviceMayComeBackAtAnotherRate) {
  Desk desk;
  desk.run(3s);
  desk.device("microphone").plugged = false;
  desk.run(3s);
  desk.device("microphone").rates_hz = {16000};
  desk.device("microphone").plugged = true;
  desk.run(5s);
  EXPECT_EQ(desk.health(0).sample_rate_hz, 16000);
  EXPECT_NEAR(desk.heard.agent.back(), 0.25F, 1e-3F);
}

TEST(Desk, TellsOverrunsAtMostEveryTenSeconds) {
  Desk desk;
  desk.run(1s);
  for (int second = 0; second < 25; ++second) {
    desk.overrun(1);
    desk.run(1s);
  }
  EXPECT_EQ(desk.told(Kind::overrun).size(), 3U);
  EXPECT_EQ(desk.health(1).overruns, 25);
  EXPECT_TRUE(desk.notices.front().parties.customer);
}

TEST(OpenInput, TakesTheNearestRateThatTheDeviceTakes) {
  const std::vector<std::pair<std::vector<int>, int>> taken = {
      {{44100, 16000}, 44100}, {{16000, 8000}, 16000}, {{8000}, 8000}, {{24000, 32000}, 32000}};
  for (const auto& [rates_hz, expected_hz] : taken) {
    FakePort port({{.info = made_device(0, "headset"), .rates_hz = rates_hz}});
    CaptureBuffer buffer(1, 100);
    const auto opened =
        open_input(port, port.devices[0].info, {.sample_rate_hz = 48000, .channels = 1}, buffer);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->sample_rate_hz, expected_hz);
  }
}

TEST(OpenInput, SaysSoWhenNoRateIsTaken) {
  FakePort port({{.info = made_device(0, "headset"), .rates_hz = {96000}}});
  CaptureBuffer buffer(1, 100);
  const auto opened = open_input(port, port.devices[0].info, {.channels = 1}, buffer);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "device 'headset' takes none of the rates from 8000 to 48000 Hz; choose another");
}

TEST(Desk, TellsAWrongRateOnceAndNotItsGaps) {
  auto devices = headset_and_monitor();
  devices[1].extra_ppm = -81'250;
  Desk desk(std::move(devices));
  desk.run(60s);
  EXPECT_GT(desk.health(1).gaps, 3) << "sound is missing all along";
  const auto told = desk.told(Kind::wrong_rate);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told.front().parties.customer);
  EXPECT_FALSE(told.front().parties.agent);
  for (const DeviceNotice& gap : desk.told(Kind::gap)) EXPECT_LT(gap.at_ms, told.front().at_ms);
}

Result<std::unique_ptr<DeviceCapture>> capture_of(const DeviceConfig& config,
                                                  std::vector<FakeDevice> devices) {
  return DeviceCapture::create(config, std::make_unique<FakePort>(std::move(devices)));
}

TEST(DeviceCapture, SaysWhichDeviceDoesNotStartAndLeavesIt) {
  std::promise<void> much_later;
  auto devices = headset_and_monitor();
  devices[1].hangs_until = much_later.get_future().share();
  const auto refused =
      DeviceCapture::create({.agent_device = "microphone", .customer_device = "monitor"},
                            std::make_unique<FakePort>(std::move(devices)), {.opening = 50ms});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("device 'monitor' does not start to record; choose"), 0U)
      << refused.error().message;
  EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
  much_later.set_value();
}

TEST(DeviceCapture, RefusesAChoiceThatCannotBeTwoVoices) {
  const std::vector<std::pair<DeviceConfig, std::string>> wrong = {
      {{.agent_device = "microphone"}, "name the customer's too, with --customer-device"},
      {{.customer_device = "monitor"}, "name the agent's too, with --agent-device"},
      {{.agent_device = "monitor", .customer_device = "1"}, "have the same device, 'monitor'"},
      {{.agent_device = "7", .customer_device = "1"}, "no recording device has the number 7"},
      {{.device = "monitor"}, "records one channel"}};
  for (const auto& [config, message] : wrong) {
    const auto refused = capture_of(config, headset_and_monitor());
    ASSERT_FALSE(refused) << message;
    EXPECT_NE(refused.error().message.find(message), std::string::npos) << refused.error().message;
  }
}

TEST(DeviceCapture, SaysWhatToDoWhereThereIsNoDevice) {
  const auto none = capture_of({}, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
  EXPECT_NE(none.error().message.find("no audio device records on this machine; "),
            std::string::npos);
}

TEST(DeviceCapture, HandsOnWhyADeviceCannotBeOpened) {
  auto devices = headset_and_monitor();
  devices[1].refusal = Error{ErrorCode::device, "it is busy"};
  const auto refused = capture_of({.agent_device = "0", .customer_device = "1"}, devices);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "it is busy");
}

TEST(DeviceCapture, TellsWhoIsThere) {
  const auto both =
      capture_of({.agent_device = "0", .customer_device = "1"}, headset_and_monitor());
  ASSERT_TRUE(both);
  EXPECT_TRUE((*both)->present().agent && (*both)->present().customer);
  EXPECT_EQ((*both)->devices().size(), 2U);
  EXPECT_EQ((*both)->health()[1].name, "monitor");
  const auto one = capture_of({.device = "0", .party = Party::customer}, headset_and_monitor());
  ASSERT_TRUE(one);
  EXPECT_TRUE(!(*one)->present().agent && (*one)->present().customer);
}

TEST(DeviceCapture, StopEndsAReadThatWaits) {
  for (const auto before_stop : {0ms, 7ms, 60ms}) {
    auto capture = capture_of({.device = "0", .party = Party::agent}, headset_and_monitor());
    ASSERT_TRUE(capture);
    std::chrono::steady_clock::time_point stopped;
    std::thread stopper([&] {
      std::this_thread::sleep_for(before_stop);
      stopped = std::chrono::steady_clock::now();
      (*capture)->stop();
    });
    EXPECT_TRUE((*capture)->read(160).agent.empty()) << "the device never calls back";
    const auto ended = std::chrono::steady_clock::now();
    stopper.join();
    EXPECT_LT(ended - stopped, 100ms);
  }
}

}  // namespace
}  // namespace tonecue

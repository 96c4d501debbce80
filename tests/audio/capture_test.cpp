#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "audio/call_assembler.h"
#include "audio/capture_buffer.h"
#include "audio/capture_feed.h"
#include "audio/device_callback.h"
#include "audio/recordings.h"
#include "support/signals.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;
using test::Signal;

/// 1, 2, 3, …: so that what is lost or moved shows.
Signal counting(std::size_t samples, float first = 1.0F) {
  Signal signal(samples);
  std::iota(signal.begin(), signal.end(), first);
  return signal;
}

void call_back(CaptureBuffer& buffer, const Signal& block, PaStreamCallbackFlags flags = 0) {
  const auto times = block.size() / static_cast<std::size_t>(buffer.channels());
  const PaStreamCallbackTimeInfo now{};
  ASSERT_EQ(device_callback(block.data(), nullptr, times, &now, flags, &buffer), paContinue);
}

Signal pop_all(CaptureBuffer& buffer) {
  Signal all;
  Signal part(100);
  for (auto popped = buffer.pop(part); !popped.empty(); popped = buffer.pop(part)) {
    all.insert(all.end(), popped.begin(), popped.end());
  }
  return all;
}

TEST(DeviceCallback, HandsEveryBlockOnInOrder) {
  CaptureBuffer buffer(2, 1000);
  call_back(buffer, counting(320, 1.0F));
  call_back(buffer, counting(320, 321.0F));
  EXPECT_EQ(pop_all(buffer), counting(640));
  EXPECT_EQ(buffer.dropped_sample_times(), 0);
}

TEST(DeviceCallback, PutsEquallyLongSilenceInThePlaceOfWhatFindsNoRoom) {
  CaptureBuffer buffer(2, 512);  // 1024 samples: three blocks of 320 fit.
  Signal expected;
  for (int block = 0; block < 5; ++block) {
    const Signal samples = counting(320, 1.0F + 320.0F * static_cast<float>(block));
    call_back(buffer, samples);
    expected.insert(expected.end(), samples.begin(), samples.end());
  }
  EXPECT_EQ(buffer.dropped_sample_times(), 320);
  std::fill(expected.begin() + 960, expected.end(), 0.0F);

  Signal heard = pop_all(buffer);
  const Signal late = counting(320, 5000.0F);
  call_back(buffer, late);
  for (const float sample : pop_all(buffer)) heard.push_back(sample);

  expected.insert(expected.end(), late.begin(), late.end());
  EXPECT_EQ(heard, expected);
  EXPECT_EQ(buffer.dropped_sample_times(), 320);
}

TEST(DeviceCallback, KeepsTimeRightWhileTheReaderLagsBehind) {
  CaptureBuffer buffer(2, 300);
  Signal heard;
  Signal part(90);  // Slower than what comes.
  float next = 1.0F;
  for (int block = 0; block < 200; ++block, next += 160.0F) {
    call_back(buffer, counting(160, next));
    for (const float sample : buffer.pop(part)) heard.push_back(sample);
  }
  EXPECT_GT(buffer.dropped_sample_times(), 0);
  int silent = 0;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    if (heard[i] == 0.0F) {
      ++silent;
    } else {
      ASSERT_EQ(heard[i], static_cast<float>(i + 1)) << "moved in time";
    }
  }
  EXPECT_GT(silent, 0);
}

TEST(DeviceCallback, TakesNoInputForSilence) {
  CaptureBuffer buffer(2, 1000);
  call_back(buffer, counting(4));
  const PaStreamCallbackTimeInfo now{};
  device_callback(nullptr, nullptr, 300, &now, paInputUnderflow, &buffer);
  call_back(buffer, counting(4));
  Signal expected = counting(608);
  std::fill(expected.begin() + 4, expected.begin() + 604, 0.0F);
  std::copy_n(expected.begin(), 4, expected.begin() + 604);
  EXPECT_EQ(pop_all(buffer), expected);
  EXPECT_EQ(buffer.dropped_sample_times(), 0);
}

TEST(DeviceCallback, CountsWhatTheDeviceSaysItLost) {
  CaptureBuffer buffer(1, 1000);
  call_back(buffer, counting(80));
  call_back(buffer, counting(80), paInputOverflow);
  EXPECT_EQ(buffer.overruns(), 1);
  EXPECT_EQ(pop_all(buffer).size(), 160U);
}

CaptureFeed feed_of(const StreamLayout& layout, const CapturePatience& patience = {}) {
  auto assembler = CallAssembler::create(layout, CaptureFeed::block_times(layout));
  EXPECT_TRUE(assembler);
  return {"headset", std::move(*assembler), layout, patience};
}

TEST(CaptureFeed, GivesEachPartyItsChannelAndThenTheEnd) {
  const Signal left = test::white_noise(900, -20.0F, 1);
  const Signal right = test::white_noise(900, -20.0F, 2);
  for (const Channel agent_channel : {Channel::left, Channel::right}) {
    CaptureFeed feed = feed_of({.agent_channel = agent_channel});
    call_back(feed.buffer(), test::interleave({left, right}));
    feed.stop();
    const auto voices = test::read_all(feed);
    EXPECT_EQ(voices.agent, agent_channel == Channel::left ? left : right);
    EXPECT_EQ(voices.customer, agent_channel == Channel::left ? right : left);
  }
}

TEST(CaptureFeed, GivesTheOtherPartySilenceWhenOneVoiceIsRecorded) {
  CaptureFeed feed = feed_of({.channels = 1, .party = Party::customer});
  const Signal voice = test::white_noise(300, -20.0F);
  call_back(feed.buffer(), voice);
  feed.stop();
  const auto voices = test::read_all(feed);
  EXPECT_EQ(voices.customer, voice);
  EXPECT_EQ(voices.agent, Signal(voice.size(), 0.0F));
}

TEST(CaptureFeed, ResamplesFromTheRateOfTheDevice) {
  CaptureFeed feed = feed_of({.sample_rate_hz = 48000, .channels = 1});
  call_back(feed.buffer(), Signal(48000, 0.25F));
  feed.stop();
  const auto voices = test::read_all(feed);
  ASSERT_EQ(voices.agent.size(), 8000U);
  EXPECT_NEAR(voices.agent[4000], 0.25F, 1e-3F);
}

TEST(CaptureFeed, ReadsNaNAsSilence) {
  CaptureFeed feed = feed_of({.channels = 1});
  Signal block(80, 0.5F);
  block[7] = std::numeric_limits<float>::quiet_NaN();
  call_back(feed.buffer(), block);
  feed.stop();
  EXPECT_EQ(test::read_all(feed).agent[7], 0.0F);
  EXPECT_EQ(feed.invalid_samples(), 1);
}

TEST(CaptureFeed, WaitsForTheDeviceOnAnotherThread) {
  CaptureFeed feed = feed_of({.sample_rate_hz = 16000});
  std::thread device([&] {
    for (int block = 0; block < 50; ++block) {
      call_back(feed.buffer(), Signal(320, 0.1F));
      std::this_thread::sleep_for(2ms);
    }
    feed.stop();
  });
  const auto voices = test::read_all(feed);
  device.join();
  EXPECT_EQ(voices.agent.size(), 4000U);
}

TEST(CaptureFeed, SaysSoWhenTheDeviceFallsSilent) {
  CaptureFeed feed = feed_of({}, {.first_block = 40ms, .next_block = 10ms});
  const auto first = feed.read(80);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, ErrorCode::device);
  EXPECT_EQ(first.error().message,
            "headset: no sound came for 40 ms; check that it is plugged in and not in use");
  call_back(feed.buffer(), Signal(160, 0.1F));
  EXPECT_TRUE(feed.read(80));
  const auto later = feed.read(80);
  ASSERT_FALSE(later);
  EXPECT_NE(later.error().message.find("10 ms"), std::string::npos);
}

}  // namespace
}  // namespace tonecue

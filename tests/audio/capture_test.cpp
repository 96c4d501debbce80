#include <algorithm>
#include <cstdint>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "audio/devices/capture_buffer.h"
#include "audio/devices/device_callback.h"
#include "support/signals.h"

namespace tonecue {
namespace {

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
  for (auto popped = buffer.pop(part).interleaved; !popped.empty();
       popped = buffer.pop(part).interleaved) {
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
    for (const float sample : buffer.pop(part).interleaved) heard.push_back(sample);
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

TEST(CaptureBuffer, TellsWhenEachBlockCame) {
  CaptureBuffer buffer(1, 1000);
  buffer.begin_opening(8000);
  const Signal block(80, 0.1F);
  Signal room(200);
  for (const std::int64_t at_ns : {10'000'000, 21'000'000}) buffer.push(block.data(), 80, at_ns);
  const auto first = buffer.pop(room);
  EXPECT_EQ(first.interleaved.size(), 80U) << "one callback at a time";
  EXPECT_EQ(first.arrival_ns, 10'000'000);
  EXPECT_EQ(buffer.pop(room).arrival_ns, 21'000'000);
  EXPECT_TRUE(buffer.pop(room).interleaved.empty());
  EXPECT_EQ(buffer.last_arrival_ns(), 21'000'000);
}

TEST(CaptureBuffer, TellsTheTimeOfAPartOfABlock) {
  CaptureBuffer buffer(1, 1000);
  buffer.begin_opening(8000);
  buffer.push(Signal(80, 0.1F).data(), 80, 10'000'000);
  Signal room(60);
  const auto part = buffer.pop(room);
  EXPECT_EQ(part.interleaved.size(), 60U);
  EXPECT_EQ(part.arrival_ns, 7'500'000) << "20 samples of 125 us are still to come";
  EXPECT_EQ(buffer.pop(room).arrival_ns, 10'000'000);
}

TEST(CaptureBuffer, TellsWhichStreamTheSoundIsOf) {
  CaptureBuffer buffer(1, 1000);
  Signal room(200);
  for (const int rate_hz : {8000, 48000}) {
    buffer.begin_opening(rate_hz);
    EXPECT_EQ(buffer.last_arrival_ns(), 0);
    std::thread([&] { buffer.push(Signal(80, 0.1F).data(), 80, 1'000'000); }).join();
  }
  const auto first = buffer.pop(room);
  EXPECT_EQ(first.sample_rate_hz, 8000);
  const auto second = buffer.pop(room);
  EXPECT_EQ(second.sample_rate_hz, 48000);
  EXPECT_EQ(second.opening, first.opening + 1);
}

TEST(CaptureBuffer, KeepsSamplesAndTimesTogetherAcrossThreads) {
  constexpr int kBlocks = 3000;
  CaptureBuffer buffer(2, 4000);
  buffer.begin_opening(8000);
  std::thread device([&] {
    for (int block = 1; block <= kBlocks; ++block) {
      const Signal samples(160, static_cast<float>(block));
      buffer.push(samples.data(), 80, block);
    }
  });
  Signal room(160);
  std::int64_t last = 0;
  while (last < kBlocks) {
    const auto sound = buffer.pop(room);
    if (sound.interleaved.empty()) {
      std::this_thread::yield();
      if (buffer.dropped_sample_times() > 0 && buffer.last_arrival_ns() == kBlocks) break;
      continue;
    }
    last = sound.arrival_ns;
    const float sample = sound.interleaved.back();
    EXPECT_TRUE(sample == 0.0F || sample == static_cast<float>(last) ||
                sound.interleaved.size() < 160U)
        << sample << " at " << last;
  }
  device.join();
}

}  // namespace
}  // namespace tonecue

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "audio/devices/device_callback.h"
#include "audio/recordings.h"
#include "audio/timeline/input_timeline.h"
#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/spsc_ring.h"

namespace tonecue {
namespace {

/// Samples that the next read of 80 gives.
template <class Source>
std::size_t read_some(Source& source) {
  const auto block = source.read(80);
  return block ? block->agent.size() : 0;
}

TEST(SpscRingRt, LeavesTheHeapAlone) {
  SpscRing<float> ring(100);
  std::array<float, 70> values{};
  const int before = test::heap_calls();
  for (int i = 0; i < 100; ++i) {
    ring.write(values);
    ring.read(values);
  }
  EXPECT_EQ(test::heap_calls(), before);
}

TEST(DeviceCallbackRt, LeavesTheHeapAloneEvenWhenTheBufferIsFull) {
  CaptureBuffer buffer(2, 1000);
  const std::vector<float> block(960, 0.1F);
  std::vector<float> part(500);
  const PaStreamCallbackTimeInfo now{};
  const int before = test::heap_calls();
  for (int i = 0; i < 100; ++i) {
    device_callback(i % 7 == 0 ? nullptr : block.data(), nullptr, 480, &now,
                    i % 5 == 0 ? paInputOverflow : 0, &buffer);
    buffer.pop(part);
  }
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(buffer.dropped_sample_times(), 0);
}

TEST(InputTimelineRt, ReadLeavesTheHeapAloneAfterCreate) {
  for (const int sample_rate_hz : {8000, 44100, 48000}) {
    CaptureBuffer agent(1, sample_rate_hz);
    CaptureBuffer customer(1, sample_rate_hz);
    agent.begin_opening(sample_rate_hz);
    customer.begin_opening(sample_rate_hz);
    const StreamLayout layout{.sample_rate_hz = sample_rate_hz, .channels = 1};
    StreamLayout other = layout;
    other.party = Party::customer;
    InputKeeper::Events events(16);
    const std::vector<InputTimeline::Input> inputs = {{layout, &agent}, {other, &customer}};
    auto timeline = InputTimeline::create(inputs, events);
    ASSERT_TRUE(timeline);
    const std::vector<float> block(static_cast<std::size_t>(sample_rate_hz / 100), 0.1F);
    const int before = test::heap_calls();
    std::size_t heard = 0;
    for (std::int64_t now_ns = 0; now_ns < 20'000'000'000; now_ns += 10'000'000) {
      agent.push(block.data(), std::ssize(block), now_ns);
      const bool gone = now_ns > 5'000'000'000 && now_ns < 9'000'000'000;
      if (!gone) customer.push(block.data(), std::ssize(block), now_ns);
      if (now_ns % 3'000'000'000 == 0) agent.note_overrun();
      for (std::size_t part = timeline->read(now_ns, 160).agent.size(); part > 0;
           part = timeline->read(now_ns, 160).agent.size()) {
        heard += part + timeline->notices().size();
      }
    }
    EXPECT_EQ(test::heap_calls(), before) << sample_rate_hz << " Hz";
    EXPECT_GT(heard, 19U * 8000U);
  }
}

TEST(FileSourceRt, AllocatesNothingMoreHoweverLongTheRecording) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  test::write_recording(
      path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000,
      {test::white_noise(60'000, -20.0F, 1), test::white_noise(60'000, -20.0F, 2)});
  auto source = FileSource::create(path);
  ASSERT_TRUE(source);
  ASSERT_EQ(read_some(*source), 80U);
  const int before = test::heap_calls();
  while (read_some(*source) > 0) {
  }
  EXPECT_EQ(test::heap_calls(), before);
}

}  // namespace
}  // namespace tonecue

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "audio/capture_feed.h"
#include "audio/device_callback.h"
#include "audio/recordings.h"
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

TEST(CaptureFeedRt, ReadLeavesTheHeapAloneAfterCreate) {
  for (const int sample_rate_hz : {8000, 44100, 48000}) {
    const StreamLayout layout{.sample_rate_hz = sample_rate_hz};
    auto assembler = CallAssembler::create(layout, CaptureFeed::block_times(layout));
    ASSERT_TRUE(assembler);
    CaptureFeed feed("headset", std::move(*assembler), layout);
    const std::vector<float> block(static_cast<std::size_t>(sample_rate_hz / 50), 0.1F);
    const int before = test::heap_calls();
    for (int i = 0; i < 90; ++i) feed.buffer().push(block.data(), std::ssize(block) / 2);
    for (int i = 0; i < 80; ++i) read_some(feed);
    feed.stop();
    while (read_some(feed) > 0) {
    }
    EXPECT_EQ(test::heap_calls(), before) << sample_rate_hz << " Hz";
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

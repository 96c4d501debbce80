#include "audio/capture_feed.h"

#include <cassert>
#include <span>
#include <thread>
#include <utility>

namespace tonecue {
namespace {

constexpr int kBufferSeconds = 2;  // Longer than any stall that a live call should survive.

// A device block is 10 ms: to look this often delays it by little and costs nothing.
constexpr std::chrono::milliseconds kPollInterval{2};

}  // namespace

CaptureFeed::CaptureFeed(std::string name, CallAssembler assembler, const StreamLayout& layout,
                         const CapturePatience& patience)
    : name_(std::move(name)),
      assembler_(std::move(assembler)),
      patience_(patience),
      buffer_(layout.channels, layout.sample_rate_hz * kBufferSeconds),
      popped_(static_cast<std::size_t>(block_times(layout) * layout.channels)) {}

Result<CallBlock> CaptureFeed::read(int max_samples) {
  assert(max_samples > 0);
  using Clock = std::chrono::steady_clock;
  const auto patience = started_ ? patience_.next_block : patience_.first_block;
  const auto give_up = Clock::now() + patience;
  while (assembler_.available() == 0 && !finished_) {
    if (advance()) continue;
    if (Clock::now() >= give_up) {
      return failure(ErrorCode::device, name_ + ": no sound came for " +
                                            std::to_string(patience.count()) +
                                            " ms; check that it is plugged in and not in use");
    }
    std::this_thread::sleep_for(kPollInterval);
  }
  return assembler_.take(max_samples);
}

/// Moves what there is from the ring to the assembler; false when nothing was there to move.
bool CaptureFeed::advance() {
  // Read before the ring: what was pushed before stop() is then still handed out.
  const bool stopped = stopped_.load(std::memory_order_acquire);
  const auto popped = buffer_.pop(popped_);
  if (!popped.empty()) {
    started_ = true;
    assembler_.push(popped);
    return true;
  }
  if (stopped) {
    assembler_.finish();
    finished_ = true;
  }
  return stopped;
}

}  // namespace tonecue

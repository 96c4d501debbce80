#include "rewinding_source.h"

#include <algorithm>
#include <cassert>

namespace tonecue {

RewindingSource::RewindingSource(AudioSource& source, int memory_samples) : source_(&source) {
  assert(memory_samples > 0);
  for (const Party party : kParties)
    memory_[party].resize(static_cast<std::size_t>(memory_samples));
}

Result<CallBlock> RewindingSource::read(int max_samples) {
  if (rewound_ == 0) {
    auto block = source_->read(max_samples);
    if (block) remember(*block);
    return block;
  }
  const std::size_t size = memory_.agent.size();
  const std::size_t from = (next_ + size - static_cast<std::size_t>(rewound_)) % size;
  const std::size_t count = std::min(
      {static_cast<std::size_t>(max_samples), static_cast<std::size_t>(rewound_), size - from});
  rewound_ -= static_cast<int>(count);
  return CallBlock{std::span<const float>(memory_.agent).subspan(from, count),
                   std::span<const float>(memory_.customer).subspan(from, count)};
}

std::span<const DeviceNotice> RewindingSource::notices() noexcept {
  const auto told = source_->notices();
  const std::size_t count = std::min(told.size(), notices_.size());
  for (std::size_t i = 0; i < count; ++i) {
    notices_[i] = told[i];
    notices_[i].at_ms -= begin_ * 1000 / kSampleRateHz;
  }
  return std::span(notices_).first(count);
}

void RewindingSource::rewind() noexcept {
  rewound_ = remembered_;
  begin_ = read_ - remembered_;
}

void RewindingSource::remember(const CallBlock& block) noexcept {
  const std::size_t size = memory_.agent.size();
  const std::size_t count = block.agent.size();
  // Of a block longer than the memory, its end.
  const std::size_t skipped = count > size ? count - size : 0;
  for (std::size_t i = skipped; i < count; ++i) {
    for (const Party party : kParties) memory_[party][next_] = block[party][i];
    next_ = (next_ + 1) % size;
  }
  read_ += static_cast<std::int64_t>(count);
  remembered_ = static_cast<int>(std::min(size, static_cast<std::size_t>(remembered_) + count));
}

}  // namespace tonecue

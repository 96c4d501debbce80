/// @file
/// Counts of a bounded quantity: medians in constant memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tonecue {

/// Counts values in `kBins` bins of `step`, the first one beginning at `lowest`. Values outside
/// land in the nearest bin, so they still count for the median; NaN is the caller's to keep out.
///
/// Real-time: nothing here allocates, locks or throws.
template <std::size_t kBins>
class Histogram {
 public:
  constexpr Histogram(float lowest, float step) noexcept : lowest_(lowest), step_(step) {}

  std::size_t bin(float value) const noexcept {
    const float position = (value - lowest_) / step_;
    return static_cast<std::size_t>(std::clamp(position, 0.0F, static_cast<float>(kBins - 1)));
  }

  void add(std::size_t bin) noexcept {
    ++counts_[bin];
    ++total_;
  }
  /// Takes back one value of a bin that has some.
  void remove(std::size_t bin) noexcept {
    --counts_[bin];
    --total_;
  }

  std::uint32_t total() const noexcept { return total_; }

  /// The value that a share `p` in (0, 1) of all values lies below, interpolated within its bin;
  /// empty when nothing was counted. 0.5 gives the median.
  std::optional<float> quantile(float p) const noexcept {
    if (total_ == 0) return std::nullopt;
    const float rank = p * static_cast<float>(total_);
    std::uint32_t below = 0;
    std::size_t b = 0;
    while (b + 1 < kBins && static_cast<float>(below + counts_[b]) < rank) below += counts_[b++];
    const auto inside = static_cast<float>(std::max<std::uint32_t>(counts_[b], 1));
    const float part = std::min((rank - static_cast<float>(below)) / inside, 1.0F);
    return lowest_ + step_ * (static_cast<float>(b) + part);
  }

 private:
  float lowest_;
  float step_;
  std::array<std::uint32_t, kBins> counts_{};
  std::uint32_t total_ = 0;
};

}  // namespace tonecue

/// @file
/// Holds values back for a fixed number of frames.
#pragma once

#include <array>
#include <cstddef>

namespace tonecue {

/// What goes in comes out `kFrames` calls later; a `T{}` comes out before that.
template <class T, std::size_t kFrames>
class DelayLine {
 public:
  T process(const T& newest) noexcept {
    const T oldest = values_[next_];
    values_[next_] = newest;
    next_ = (next_ + 1) % kFrames;
    return oldest;
  }

  void fill(const T& value) noexcept { values_.fill(value); }

 private:
  std::array<T, kFrames> values_{};
  std::size_t next_ = 0;
};

}  // namespace tonecue

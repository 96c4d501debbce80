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
  /// @return What oldest() is now.
  const T& process(const T& newest) noexcept {
    values_[next_] = newest;
    next_ = (next_ + 1) % values_.size();
    return oldest();
  }

  /// Stays where it is until the next call of process().
  const T& oldest() const noexcept { return values_[next_]; }

  void fill(const T& value) noexcept { values_.fill(value); }

 private:
  std::array<T, kFrames + 1> values_{};
  std::size_t next_ = 0;
};

}  // namespace tonecue

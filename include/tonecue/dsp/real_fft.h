/// @file
/// Fourier transform of real signals.
#pragma once

#include <complex>
#include <memory>
#include <span>

#include "tonecue/core/result.h"

namespace tonecue {

/// A real FFT of one fixed size, both ways (KissFFT).
///
/// Real-time: create() allocates; forward() and inverse() do not, because create() refuses the
/// sizes for which KissFFT would (any prime factor other than 2, 3 and 5).
/// Threads: one object belongs to one thread.
class RealFft {
 public:
  /// @param size  Even, [16, 65536], no prime factor but 2, 3 and 5.
  static Result<RealFft> create(int size);

  int size() const noexcept { return size_; }
  int bins() const noexcept { return size_ / 2 + 1; }

  /// @param signal    size() samples. @param spectrum  bins() values; not scaled.
  void forward(std::span<const float> signal, std::span<std::complex<float>> spectrum) noexcept;

  /// @param spectrum  bins() values. @param signal  size() samples; size() times the original.
  void inverse(std::span<const std::complex<float>> spectrum, std::span<float> signal) noexcept;

  RealFft(RealFft&&) noexcept;
  RealFft& operator=(RealFft&&) noexcept;
  ~RealFft();

 private:
  struct Plans;
  RealFft(int size, std::unique_ptr<Plans> plans);

  int size_;
  std::unique_ptr<Plans> plans_;
};

}  // namespace tonecue

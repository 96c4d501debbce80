#include "tonecue/dsp/real_fft.h"

#include <cassert>
#include <string>
#include <utility>

#include <kiss_fftr.h>

namespace tonecue {
namespace {

struct FreePlan {
  void operator()(kiss_fftr_cfg plan) const noexcept { kiss_fftr_free(plan); }
};
using Plan = std::unique_ptr<kiss_fftr_state, FreePlan>;

// std::complex<float> and kiss_fft_cpx are both two floats, real part first.
static_assert(sizeof(std::complex<float>) == sizeof(kiss_fft_cpx));

bool has_small_factors(int size) {
  for (const int factor : {2, 3, 5}) {
    while (size % factor == 0) size /= factor;
  }
  return size == 1;
}

}  // namespace

struct RealFft::Plans {
  Plan forward;
  Plan inverse;
};

Result<RealFft> RealFft::create(int size) {
  if (size < 16 || size > 65536 || size % 2 != 0 || !has_small_factors(size)) {
    return failure(ErrorCode::invalid_argument,
                   "FFT size " + std::to_string(size) +
                       " must be even, in [16, 65536], with no prime factor but 2, 3 and 5");
  }
  auto plans = std::make_unique<Plans>();
  plans->forward.reset(kiss_fftr_alloc(size, 0, nullptr, nullptr));
  plans->inverse.reset(kiss_fftr_alloc(size, 1, nullptr, nullptr));
  if (!plans->forward || !plans->inverse) {
    return failure(ErrorCode::invalid_argument, "no memory for an FFT of " + std::to_string(size));
  }
  return RealFft(size, std::move(plans));
}

RealFft::RealFft(int size, std::unique_ptr<Plans> plans) : size_(size), plans_(std::move(plans)) {}
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;
RealFft::~RealFft() = default;

void RealFft::forward(std::span<const float> signal,
                      std::span<std::complex<float>> spectrum) noexcept {
  assert(std::ssize(signal) == size() && std::ssize(spectrum) == bins());
  kiss_fftr(plans_->forward.get(), signal.data(), reinterpret_cast<kiss_fft_cpx*>(spectrum.data()));
}

void RealFft::inverse(std::span<const std::complex<float>> spectrum,
                      std::span<float> signal) noexcept {
  assert(std::ssize(spectrum) == bins() && std::ssize(signal) == size());
  kiss_fftri(plans_->inverse.get(), reinterpret_cast<const kiss_fft_cpx*>(spectrum.data()),
             signal.data());
}

}  // namespace tonecue

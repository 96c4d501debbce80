#include "tonecue/dsp/real_fft.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/dsp/window.h"

namespace tonecue {
namespace {

TEST(RealFft, FindsASineInItsBin) {
  auto fft = RealFft::create(256);
  ASSERT_TRUE(fft);
  std::vector<float> signal(256);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] = static_cast<float>(
        std::cos(2.0 * std::numbers::pi * 10.0 * static_cast<double>(i) / 256.0));
  }
  std::vector<std::complex<float>> spectrum(129);
  fft->forward(signal, spectrum);
  for (std::size_t bin = 0; bin < spectrum.size(); ++bin) {
    EXPECT_NEAR(std::abs(spectrum[bin]), bin == 10 ? 128.0F : 0.0F, 1e-3F) << "bin " << bin;
  }
}

TEST(RealFft, InverseGivesTheSignalBackTimesItsSize) {
  auto fft = RealFft::create(200);
  ASSERT_TRUE(fft);
  std::vector<float> signal(200);
  for (std::size_t i = 0; i < signal.size(); ++i)
    signal[i] = std::sin(0.37F * static_cast<float>(i * i % 97));
  std::vector<std::complex<float>> spectrum(101);
  std::vector<float> back(200);
  fft->forward(signal, spectrum);
  fft->inverse(spectrum, back);
  for (std::size_t i = 0; i < signal.size(); ++i) EXPECT_NEAR(back[i] / 200.0F, signal[i], 1e-5F);
}

TEST(RealFft, RefusesSizesThatWouldAllocateInTheTransform) {
  for (const int size : {0, -2, 8, 15, 222, 308, 65538}) {
    auto fft = RealFft::create(size);
    ASSERT_FALSE(fft) << size;
    EXPECT_EQ(fft.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(fft.error().message.find(std::to_string(size)), std::string::npos);
  }
}

TEST(HannWindow, OverlappedByHalfAddsUpToOne) {
  const auto window = hann_window(80);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_NEAR(window[i] + window[i + 40], 1.0F, 1e-6F);
}

}  // namespace
}  // namespace tonecue

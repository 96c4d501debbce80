// Voice quality against tests/golden/voice_quality.py, which shares no code with it.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <numbers>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/features/formants.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/voice_quality.h"

namespace tonecue {
namespace {

constexpr float kDbTolerance = 2e-3F;
constexpr float kCepstrumTolerance = 1e-3F;
constexpr float kHzTolerance = 1.0F;

void resonate(std::vector<double>& x, double hz, double width_hz) {
  const double r = std::exp(-std::numbers::pi * width_hz / kSampleRateHz);
  const double c = 2.0 * r * std::cos(2.0 * std::numbers::pi * hz / kSampleRateHz);
  double y1 = 0.0;
  double y2 = 0.0;
  for (double& sample : x) {
    sample = (1.0 - c + r * r) * sample + c * y1 - r * r * y2;
    y2 = std::exchange(y1, sample);
  }
}

// The signal of voice_quality.py: a gliding voice under three resonances, noise, digital silence.
test::Signal reference_signal() {
  test::Signal signal = test::silence(2000);
  std::vector<double> x(signal.size());
  std::uint32_t state = 1;
  const auto time_s = [](std::size_t i) { return static_cast<double>(i) / kSampleRateHz; };
  for (std::size_t i = 0; i < x.size(); ++i) {
    state = 1664525U * state + 1013904223U;
    x[i] = 0.003 * (state / 2147483648.0 - 1.0);
    const double t_s = time_s(i);
    for (int k = 1; k <= 26 && t_s < 1.2; ++k) {
      x[i] += 0.05 / k * std::sin(2.0 * std::numbers::pi * k * (110.0 * t_s + 15.0 * t_s * t_s));
    }
  }
  resonate(x, 600.0, 80.0);
  resonate(x, 1300.0, 100.0);
  resonate(x, 2500.0, 140.0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool silent = time_s(i) >= 1.6 && time_s(i) < 1.8;
    signal[i] = silent ? 0.0F : static_cast<float>(x[i]);
  }
  return signal;
}

using Row = std::vector<std::optional<float>>;

std::vector<Row> read_rows(const std::string& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);  // The header.
  while (std::getline(file, line)) {
    std::istringstream cells(line + ",");
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) {
      row.push_back(cell.empty() ? std::nullopt : std::optional(std::stof(cell)));
    }
  }
  return rows;
}

void expect_row(const Row& row, const PowerSpectrum& power, const MelLevels& mel_db) {
  static const MelCepstrum kMelCepstrum;
  static const FormantEstimator kFormantEstimator;
  ASSERT_EQ(row.size(), 10U);
  EXPECT_NEAR(alpha_ratio_db(power), *row[1], kDbTolerance);
  EXPECT_NEAR(hammarberg_index_db(power), *row[2], kDbTolerance);
  const Cepstrum cepstrum = kMelCepstrum.process(mel_db);
  for (std::size_t i = 0; i < cepstrum.size(); ++i) {
    EXPECT_NEAR(cepstrum[i], *row[3 + i], kCepstrumTolerance) << "MFCC " << i + 1;
  }
  const Formants formants = kFormantEstimator.process(power);
  for (std::size_t i = 0; i < formants.size(); ++i) {
    ASSERT_EQ(formants[i].has_value(), row[7 + i].has_value()) << "F" << i + 1;
    if (!formants[i]) continue;
    EXPECT_NEAR(*formants[i], *row[7 + i], kHzTolerance) << "F" << i + 1;
  }
}

TEST(VoiceQuality, AgreesWithTheReference) {
  const auto rows = read_rows(TONECUE_GOLDEN_DIR "/voice_quality.csv");
  ASSERT_EQ(rows.size(), 67U);
  auto spectrum = SpectrumAnalyzer::create();
  ASSERT_TRUE(spectrum);
  const MelBands mel_bands;
  std::size_t hops = 0;
  auto row = rows.begin();
  test::for_each_hop(reference_signal(), [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    if (row != rows.end() && *row->front() == static_cast<float>(hops)) {
      SCOPED_TRACE("hop " + std::to_string(hops));
      expect_row(*row, power, mel_bands.process(power));
      ++row;
    }
    ++hops;
  });
  EXPECT_EQ(row, rows.end());
}

}  // namespace
}  // namespace tonecue

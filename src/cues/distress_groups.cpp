#include "cues/distress_groups.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>

#include "cues/statistics.h"

namespace tonecue {
namespace {

constexpr float kFramesPerSecond = kHopsPerSecond;
constexpr int kLongestPauseFrames = 50;  // A longer gap lies between turns, not within speech.

/// Mean over the louder half of the active frames, minus the mean over all of them.
float when_loud(const VoiceWindow& window, const WindowSeries& column, float column_mean,
                float median_db) noexcept {
  const auto level_db = window.all_active().level_db.values();
  const auto values = column.values();
  int loud = 0;
  for (const float level : level_db) loud += level >= median_db ? 1 : 0;
  if (loud == 0) return 0.0F;
  const float sum = sum_of(
      values.size(), [&](std::size_t i) { return level_db[i] >= median_db ? values[i] : 0.0F; });
  return sum / static_cast<float>(loud) - column_mean;
}

/// Lengths of the voiced stretches and of the pauses between them, in seconds.
struct Stretches {
  WindowSeries voiced_s;
  WindowSeries gaps_s;
};

Stretches stretches(const VoiceWindow& window) noexcept {
  Stretches found;
  int frames = 0;
  std::int64_t end = -1;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const bool voiced = window.voiced(i);
    if (frames > 0 && (!voiced || !window.joined(i))) {
      found.voiced_s.add(static_cast<float>(frames) / kFramesPerSecond);
      frames = 0;
    }
    if (!voiced) continue;
    const auto gap = static_cast<int>(window.index(i) - end - 1);
    if (frames == 0 && end >= 0 && gap <= kLongestPauseFrames) {
      found.gaps_s.add(static_cast<float>(gap) / kFramesPerSecond);
    }
    ++frames;
    end = window.index(i);
  }
  if (frames > 0) found.voiced_s.add(static_cast<float>(frames) / kFramesPerSecond);
  return found;
}

/// Slope of F0 over `kSlopeFrames` of unbroken voice, st/s, wherever there is that much.
constexpr std::size_t kSlopeFrames = 3;  // One frame's step is mostly the tracker's grain.

WindowSeries f0_slopes(const VoiceWindow& window) noexcept {
  WindowSeries slopes;
  std::size_t run = 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    run = !window.voiced(i) ? 0 : window.joined(i) && run > 0 ? run + 1 : 1;
    if (run <= kSlopeFrames) continue;
    slopes.add((window.f0_st(i) - window.f0_st(i - kSlopeFrames)) * kFramesPerSecond /
               static_cast<float>(kSlopeFrames));
  }
  return slopes;
}

/// Mean size of the second difference of F0, st per frame squared.
float f0_bend(const VoiceWindow& window) noexcept {
  WindowSeries bends;
  for (std::size_t i = 2; i < window.size(); ++i) {
    const bool unbroken = window.joined(i) && window.joined(i - 1) && window.voiced(i) &&
                          window.voiced(i - 1) && window.voiced(i - 2);
    if (!unbroken) continue;
    bends.add(std::abs(window.f0_st(i) - 2.0F * window.f0_st(i - 1) + window.f0_st(i - 2)));
  }
  return mean(bends.values());
}

/// Peaks of the level that stand 3 dB over both valleys beside them.
int level_peaks(const VoiceWindow& window) noexcept {
  constexpr float kProminenceDb = 3.0F;
  int peaks = 0;
  bool rising = true;
  float extreme_db = -1000.0F;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const float level_db = std::max(window.level_db(i), window.active_above_db());
    if (rising ? level_db > extreme_db : level_db < extreme_db) {
      extreme_db = level_db;
    } else if (rising ? level_db < extreme_db - kProminenceDb
                      : level_db > extreme_db + kProminenceDb) {
      peaks += rising ? 1 : 0;
      rising = !rising;
      extreme_db = level_db;
    }
  }
  return peaks;
}

/// The movement of the level under a Hann window, padded with zeros.
std::array<float, kModulationFft> level_movement(const VoiceWindow& window) noexcept {
  std::array<float, kModulationFft> signal{};
  const std::size_t size = window.size();
  for (std::size_t i = 0; i < size; ++i) {
    signal[i] = std::max(window.level_db(i), window.active_above_db());
  }
  const float centre = mean({signal.data(), size});
  // cos of equal steps by Chebyshev's recurrence: cos((i + 1) a) = 2 cos(a) cos(i a) - cos((i-1)
  // a).
  const double step = 2.0 * std::numbers::pi / static_cast<double>(std::max<std::size_t>(1, size));
  const double twice = 2.0 * std::cos(step);
  double before = std::cos(0.5 * step);  // Half a step before the first sample: cos is even.
  double now = before;
  for (std::size_t i = 0; i < size; ++i) {
    signal[i] = (signal[i] - centre) * static_cast<float>(0.5 - 0.5 * now);
    before = std::exchange(now, twice * now - before);
  }
  return signal;
}

/// Shares of the power of the level's movement in five bands.
std::array<float, 5> modulation(const VoiceWindow& window, RealFft& fft) noexcept {
  constexpr std::array<float, 6> kEdgesHz = {0.5F, 2.0F, 4.0F, 8.0F, 16.0F, 25.0F};
  constexpr float kBinWidthHz = kFramesPerSecond / kModulationFft;
  const auto first_bin = [](float edge_hz) {
    return static_cast<std::size_t>(std::ceil(edge_hz / kBinWidthHz));
  };
  std::array<std::complex<float>, kModulationFft / 2 + 1> spectrum;
  fft.forward(level_movement(window), spectrum);
  std::array<float, 5> shares{};
  float total = 1e-6F;
  for (std::size_t band = 0; band < shares.size(); ++band) {
    const std::size_t end = first_bin(kEdgesHz[band + 1]);
    for (std::size_t k = first_bin(kEdgesHz[band]); k < end; ++k) {
      shares[band] += std::norm(spectrum[k]);
    }
    total += shares[band];
  }
  for (float& share : shares) share /= total;
  return shares;
}

using Cepstrum = VoiceWindow::Cepstrum;

/// Mean and deviation of each coefficient, side by side.
struct CepstralSpread {
  Cepstrum mean{};
  Cepstrum deviation{};
};

CepstralSpread spread_of(std::span<const Cepstrum> rows) noexcept {
  CepstralSpread spread;
  if (rows.empty()) return spread;
  const float share = 1.0F / static_cast<float>(rows.size());
  for (const Cepstrum& row : rows) {
    for (std::size_t c = 0; c < kCepstra; ++c) spread.mean[c] += row[c];
  }
  for (float& value : spread.mean) value *= share;
  if (rows.size() < 2) return spread;
  for (const Cepstrum& row : rows) {
    for (std::size_t c = 0; c < kCepstra; ++c) {
      const float step = row[c] - spread.mean[c];
      spread.deviation[c] += step * step;
    }
  }
  for (float& value : spread.deviation) value = std::sqrt(value * share);
  return spread;
}

/// Deviation of the changes over two frames of unbroken speech.
Cepstrum cepstral_movement(const VoiceWindow& window) noexcept {
  std::array<Cepstrum, kWindowMoments> changes{};
  std::size_t count = 0;
  for (std::size_t i = 2; i < window.size(); ++i) {
    const bool unbroken =
        window.joined(i) && window.joined(i - 1) && window.voiced(i) && window.voiced(i - 2);
    if (!unbroken) continue;
    const Cepstrum& now = window.cepstrum(i);
    const Cepstrum& before = window.cepstrum(i - 2);
    Cepstrum& change = changes[count++];
    for (std::size_t c = 0; c < kCepstra; ++c) change[c] = now[c] - before[c];
  }
  return spread_of({changes.data(), count}).deviation;
}

}  // namespace

std::array<float, 15> melody(const VoiceWindow& window) noexcept {
  const auto f0 = window.all_voiced().f0_st.values();
  if (f0.empty()) return {};
  WindowSeries sorted = window.all_voiced().f0_st;
  const auto [p10, p25, median, p75, p90] =
      percentiles(sorted.values(), std::array{0.1F, 0.25F, 0.5F, 0.75F, 0.9F});
  const auto slopes = f0_slopes(window);
  WindowSeries rising;
  WindowSeries falling;
  for (const float slope : slopes.values()) {
    if (slope > 0.0F) rising.add(slope);
    if (slope < 0.0F) falling.add(slope);
  }
  const auto slope = slopes.values();
  const float steepness =
      sum_of(slope.size(), [slope](std::size_t i) { return std::abs(slope[i]); }) /
      static_cast<float>(std::max<std::size_t>(1, slope.size()));
  const auto moving = static_cast<float>(std::max<std::size_t>(1, rising.size() + falling.size()));
  const Moments spread = moments(f0);
  return {median,
          spread.deviation,
          p90 - p10,
          p75 - p25,
          p90 - median,
          median - p10,
          steepness,
          mean(rising.values()),
          mean(falling.values()),
          standard_deviation(slope),
          static_cast<float>(rising.size()) / moving,
          skewness(f0, spread),
          regression_slope(window.all_voiced().time_s.values(), f0),
          f0_bend(window),
          correlation(f0, window.all_voiced().level_db.values())};
}

std::array<float, 6> dynamics(const VoiceWindow& window) noexcept {
  WindowSeries changes;
  for (std::size_t i = 1; i < window.size(); ++i) {
    if (window.joined(i) && window.active(i) && window.active(i - 1)) {
      changes.add(std::abs(window.level_db(i) - window.level_db(i - 1)));
    }
  }
  WindowSeries level = window.all_active().level_db;
  const Moments spread = moments(level.values());
  const float skew = skewness(level.values(), spread);
  const auto [p5, p10, median, p90] =
      percentiles(level.values(), std::array{0.05F, 0.1F, 0.5F, 0.9F});
  return {spread.deviation, p90 - p10, p90 - median, p90 - p5, skew, mean(changes.values())};
}

std::array<float, 3 * kCepstra> timbre(const VoiceWindow& window) noexcept {
  const CepstralSpread spread = spread_of(window.all_cepstra());
  const Cepstrum movement = cepstral_movement(window);
  std::array<float, 3 * kCepstra> row{};
  auto out = std::copy(spread.mean.begin(), spread.mean.end(), row.begin());
  out = std::copy(spread.deviation.begin(), spread.deviation.end(), out);
  std::copy(movement.begin(), movement.end(), out);
  return row;
}

std::array<float, 12> tilt(const VoiceWindow& window) noexcept {
  const VoiceWindow::Active& of = window.all_active();
  const Moments slope = moments(of.tilt_db_per_octave.values());
  const Moments mid = moments(of.mid_tilt_db.values());
  const Moments high = moments(of.high_tilt_db.values());
  WindowSeries levels = of.level_db;
  const float median_db = percentiles(levels.values(), std::array{0.5F})[0];
  WindowSeries mids = of.mid_tilt_db;
  return {slope.mean,
          slope.deviation,
          when_loud(window, of.tilt_db_per_octave, slope.mean, median_db),
          mid.mean,
          mid.deviation,
          percentiles(mids.values(), std::array{0.9F})[0],
          when_loud(window, of.mid_tilt_db, mid.mean, median_db),
          correlation(of.mid_tilt_db.values(), of.level_db.values()),
          high.mean,
          high.deviation,
          when_loud(window, of.high_tilt_db, high.mean, median_db),
          mean(of.peak_db.values())};
}

std::array<float, 8> voice_quality(const VoiceWindow& window) noexcept {
  constexpr std::array kEnds = {0.2F, 0.8F};
  WindowSeries hnr = window.all_voiced().hnr_db;
  WindowSeries voicing = window.all_active().voicing;
  const Moments hnr_spread = moments(hnr.values());
  const Moments voicing_spread = moments(voicing.values());
  const auto [hnr_low, hnr_high] = percentiles(hnr.values(), kEnds);
  const auto [voicing_low, voicing_high] = percentiles(voicing.values(), kEnds);
  return {hnr_spread.mean,     hnr_spread.deviation,     hnr_low,     hnr_high,
          voicing_spread.mean, voicing_spread.deviation, voicing_low, voicing_high};
}

std::array<float, 11> rhythm(const VoiceWindow& window) noexcept {
  const auto active = static_cast<float>(window.all_active().level_db.size());
  if (active == 0.0F) return {};
  const auto voiced = static_cast<float>(window.all_voiced().f0_st.size());
  const auto all = static_cast<float>(window.size());
  int joined = 0;
  for (std::size_t i = 0; i < window.size(); ++i) joined += window.joined(i) ? 1 : 0;
  const auto found = stretches(window);
  const auto lengths = found.voiced_s.values();
  const Moments length = moments(lengths);
  const Moments gap = moments(found.gaps_s.values());
  const float active_s = active / kFramesPerSecond;
  return {voiced / active,
          active / all,
          static_cast<float>(joined) / all,
          static_cast<float>(lengths.size()) / active_s,
          length.mean,
          length.deviation,
          lengths.empty() ? 0.0F : *std::max_element(lengths.begin(), lengths.end()),
          gap.mean,
          gap.deviation,
          static_cast<float>(window.syllables()) / active_s,
          static_cast<float>(level_peaks(window)) / active_s};
}

std::array<float, 7> movement(const VoiceWindow& window, RealFft& fft) noexcept {
  WindowSeries active;
  WindowSeries voiced;
  for (std::size_t i = 0; i < window.size(); ++i) {
    if (!window.joined(i)) continue;
    if (window.active(i)) active.add(window.flux_db(i));
    if (window.voiced(i)) voiced.add(window.flux_db(i));
  }
  const auto shares = modulation(window, fft);
  return {shares[0],
          shares[1],
          shares[2],
          shares[3],
          shares[4],
          mean(active.values()),
          mean(voiced.values())};
}

std::vector<std::string> group_names() {
  std::vector<std::string> names = {
      "f0_median_st",          "f0_sd_st",         "f0_p90_p10_st",
      "f0_p75_p25_st",         "f0_p90_p50_st",    "f0_p50_p10_st",
      "f0_slope_abs_st_per_s", "f0_rise_st_per_s", "f0_fall_st_per_s",
      "f0_slope_sd_st_per_s",  "f0_rising_share",  "f0_skew",
      "f0_trend_st_per_s",     "f0_bend_st",       "f0_level_correlation",
      "level_sd_db",           "level_p90_p10_db", "level_p90_p50_db",
      "level_p90_p5_db",       "level_skew",       "level_change_db"};
  for (const char* kind : {"_mean", "_sd", "_delta_sd"}) {
    for (std::size_t c = 1; c <= kCepstra; ++c) names.push_back("mfcc" + std::to_string(c) + kind);
  }
  names.insert(names.end(), {"tilt_mean_db_per_octave",
                             "tilt_sd_db_per_octave",
                             "tilt_loud_db_per_octave",
                             "mid_tilt_mean_db",
                             "mid_tilt_sd_db",
                             "mid_tilt_p90_db",
                             "mid_tilt_loud_db",
                             "mid_tilt_level_correlation",
                             "high_tilt_mean_db",
                             "high_tilt_sd_db",
                             "high_tilt_loud_db",
                             "spectral_peak_db",
                             "hnr_mean_db",
                             "hnr_sd_db",
                             "hnr_p20_db",
                             "hnr_p80_db",
                             "voicing_mean",
                             "voicing_sd",
                             "voicing_p20",
                             "voicing_p80",
                             "voiced_share",
                             "active_share",
                             "joined_share",
                             "voiced_stretches_per_s",
                             "voiced_stretch_mean_s",
                             "voiced_stretch_sd_s",
                             "voiced_stretch_longest_s",
                             "gap_mean_s",
                             "gap_sd_s",
                             "syllables_per_s",
                             "level_peaks_per_s",
                             "modulation_0_5_to_2_hz",
                             "modulation_2_to_4_hz",
                             "modulation_4_to_8_hz",
                             "modulation_8_to_16_hz",
                             "modulation_16_to_25_hz",
                             "flux_active_db",
                             "flux_voiced_db"});
  return names;
}

}  // namespace tonecue

#include "cues/distress_groups.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

#include "cues/statistics.h"

namespace tonecue {
namespace {

constexpr float kActiveRangeDb = 24.0F;  // reference: below it lies breath and reverberation.
constexpr float kFramesPerSecond = kHopsPerSecond;
constexpr int kLongestPauseFrames = 50;  // A longer gap lies between turns, not within speech.

using WindowSeries = Series<DistressFunctionals::kWindowFrames>;

float sort_and_take(WindowSeries& series, float share) noexcept {
  std::sort(series.values().begin(), series.values().end());
  return percentile(series.values(), share);
}

template <class Value>
WindowSeries collect(const VoiceWindow& window, bool only_voiced, Value value) noexcept {
  WindowSeries series;
  for (const SpeechMoment& moment : window.moments) {
    if (only_voiced ? window.voiced(moment) : window.active(moment)) series.add(value(moment));
  }
  return series;
}

/// Mean over the louder half of the active frames, minus the mean over all of them.
template <class Value>
float when_loud(const VoiceWindow& window, Value value) noexcept {
  auto levels = collect(window, false, [](const auto& m) { return m.level_db; });
  const float median_db = sort_and_take(levels, 0.5F);
  WindowSeries loud;
  WindowSeries all;
  for (const SpeechMoment& moment : window.moments) {
    if (!window.active(moment)) continue;
    all.add(value(moment));
    if (moment.level_db >= median_db) loud.add(value(moment));
  }
  return mean(loud.values()) - mean(all.values());
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
  for (const SpeechMoment& moment : window.moments) {
    const bool voiced = window.voiced(moment);
    if (frames > 0 && (!voiced || !moment.joined)) {
      found.voiced_s.add(static_cast<float>(frames) / kFramesPerSecond);
      frames = 0;
    }
    if (!voiced) continue;
    const auto gap = static_cast<int>(moment.index - end - 1);
    if (frames == 0 && end >= 0 && gap <= kLongestPauseFrames) {
      found.gaps_s.add(static_cast<float>(gap) / kFramesPerSecond);
    }
    ++frames;
    end = moment.index;
  }
  if (frames > 0) found.voiced_s.add(static_cast<float>(frames) / kFramesPerSecond);
  return found;
}

/// Slope of F0 over `kSlopeFrames` of unbroken voice, st/s, wherever there is that much.
constexpr std::size_t kSlopeFrames = 3;  // One frame's step is mostly the tracker's grain.

WindowSeries f0_slopes(const VoiceWindow& window) noexcept {
  WindowSeries slopes;
  const auto moments = window.moments;
  std::size_t run = 0;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const bool voiced = window.voiced(moments[i]);
    run = !voiced ? 0 : moments[i].joined && run > 0 ? run + 1 : 1;
    if (run <= kSlopeFrames) continue;
    slopes.add((moments[i].f0_st - moments[i - kSlopeFrames].f0_st) * kFramesPerSecond /
               static_cast<float>(kSlopeFrames));
  }
  return slopes;
}

/// Mean size of the second difference of F0, st per frame squared.
float f0_bend(const VoiceWindow& window) noexcept {
  WindowSeries bends;
  const auto moments = window.moments;
  for (std::size_t i = 2; i < moments.size(); ++i) {
    const bool unbroken = moments[i].joined && moments[i - 1].joined && window.voiced(moments[i]) &&
                          window.voiced(moments[i - 1]) && window.voiced(moments[i - 2]);
    if (!unbroken) continue;
    bends.add(std::abs(moments[i].f0_st - 2.0F * moments[i - 1].f0_st + moments[i - 2].f0_st));
  }
  return mean(bends.values());
}

/// Peaks of the level that stand 3 dB over both valleys beside them.
int level_peaks(const VoiceWindow& window) noexcept {
  constexpr float kProminenceDb = 3.0F;
  int peaks = 0;
  bool rising = true;
  float extreme_db = -1000.0F;
  for (const SpeechMoment& moment : window.moments) {
    const float level_db = std::max(moment.level_db, window.active_above_db);
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

/// Shares of the power of the level's movement in five bands.
std::array<float, 5> modulation(const VoiceWindow& window, RealFft& fft) noexcept {
  constexpr std::array<float, 6> kEdgesHz = {0.5F, 2.0F, 4.0F, 8.0F, 16.0F, 25.0F};
  constexpr float kBinWidthHz = kFramesPerSecond / kModulationFft;
  std::array<float, 5> shares{};
  WindowSeries level;
  for (const SpeechMoment& moment : window.moments) {
    level.add(std::max(moment.level_db, window.active_above_db));
  }
  const float centre = mean(level.values());
  std::array<float, kModulationFft> signal{};
  const auto size = static_cast<float>(level.size());
  for (std::size_t i = 0; i < level.size(); ++i) {
    const float phase = 2.0F * std::numbers::pi_v<float> * (static_cast<float>(i) + 0.5F) / size;
    signal[i] = (level.values()[i] - centre) * (0.5F - 0.5F * std::cos(phase));
  }
  std::array<std::complex<float>, kModulationFft / 2 + 1> spectrum;
  fft.forward(signal, spectrum);
  float total = 1e-6F;
  for (std::size_t k = 0; k < spectrum.size(); ++k) {
    const float frequency_hz = static_cast<float>(k) * kBinWidthHz;
    for (std::size_t band = 0; band < shares.size(); ++band) {
      if (frequency_hz < kEdgesHz[band] || frequency_hz >= kEdgesHz[band + 1]) continue;
      shares[band] += std::norm(spectrum[k]);
      total += std::norm(spectrum[k]);
    }
  }
  for (float& share : shares) share /= total;
  return shares;
}

}  // namespace

VoiceWindow voice_window(std::span<const SpeechMoment> moments) noexcept {
  WindowSeries levels;
  for (const SpeechMoment& moment : moments) levels.add(moment.level_db);
  return {moments, sort_and_take(levels, 0.95F) - kActiveRangeDb};
}

std::array<float, 15> melody(const VoiceWindow& window) noexcept {
  const auto f0 = collect(window, true, [](const auto& m) { return m.f0_st; });
  if (f0.size() == 0) return {};
  auto level = collect(window, true, [](const auto& m) { return m.level_db; });
  WindowSeries time_s;
  for (std::size_t i = 0; i < window.moments.size(); ++i) {
    if (window.voiced(window.moments[i])) time_s.add(static_cast<float>(i) / kFramesPerSecond);
  }
  auto sorted = f0;
  const float median = sort_and_take(sorted, 0.5F);
  const float p10 = percentile(sorted.values(), 0.1F);
  const float p90 = percentile(sorted.values(), 0.9F);
  const float quartiles = percentile(sorted.values(), 0.75F) - percentile(sorted.values(), 0.25F);
  const auto slopes = f0_slopes(window);
  WindowSeries rising;
  WindowSeries falling;
  WindowSeries steepness;
  for (const float slope : slopes.values()) {
    steepness.add(std::abs(slope));
    if (slope > 0.0F) rising.add(slope);
    if (slope < 0.0F) falling.add(slope);
  }
  const auto moving = static_cast<float>(std::max<std::size_t>(1, rising.size() + falling.size()));
  return {median,
          standard_deviation(f0.values()),
          p90 - p10,
          quartiles,
          p90 - median,
          median - p10,
          mean(steepness.values()),
          mean(rising.values()),
          mean(falling.values()),
          standard_deviation(slopes.values()),
          static_cast<float>(rising.size()) / moving,
          skewness(f0.values()),
          regression_slope(time_s.values(), f0.values()),
          f0_bend(window),
          correlation(f0.values(), level.values())};
}

std::array<float, 6> dynamics(const VoiceWindow& window) noexcept {
  auto level = collect(window, false, [](const auto& m) { return m.level_db; });
  WindowSeries changes;
  for (std::size_t i = 1; i < window.moments.size(); ++i) {
    const SpeechMoment& now = window.moments[i];
    const SpeechMoment& before = window.moments[i - 1];
    if (now.joined && window.active(now) && window.active(before)) {
      changes.add(std::abs(now.level_db - before.level_db));
    }
  }
  const float spread = standard_deviation(level.values());
  const float skew = skewness(level.values());
  const float median = sort_and_take(level, 0.5F);
  const float p90 = percentile(level.values(), 0.9F);
  return {spread,       p90 - percentile(level.values(), 0.1F),
          p90 - median, p90 - percentile(level.values(), 0.05F),
          skew,         mean(changes.values())};
}

std::array<float, 3 * kCepstra> timbre(const VoiceWindow& window) noexcept {
  std::array<float, 3 * kCepstra> row{};
  for (std::size_t c = 0; c < kCepstra; ++c) {
    const auto values = collect(window, true, [c](const auto& m) { return m.cepstrum[c]; });
    WindowSeries changes;
    for (std::size_t i = 2; i < window.moments.size(); ++i) {
      const SpeechMoment& now = window.moments[i];
      const SpeechMoment& before = window.moments[i - 2];
      if (now.joined && window.moments[i - 1].joined && window.voiced(now) &&
          window.voiced(before)) {
        changes.add(now.cepstrum[c] - before.cepstrum[c]);
      }
    }
    row[c] = mean(values.values());
    row[kCepstra + c] = standard_deviation(values.values());
    row[2 * kCepstra + c] = standard_deviation(changes.values());
  }
  return row;
}

std::array<float, 12> tilt(const VoiceWindow& window) noexcept {
  const auto slope_of = [](const SpeechMoment& m) { return m.tilt_db_per_octave; };
  const auto mid_of = [](const SpeechMoment& m) { return m.mid_tilt_db; };
  const auto high_of = [](const SpeechMoment& m) { return m.high_tilt_db; };
  const auto slope = collect(window, false, slope_of);
  const auto mid = collect(window, false, mid_of);
  const auto high = collect(window, false, high_of);
  const auto level = collect(window, false, [](const auto& m) { return m.level_db; });
  auto sorted = mid;
  return {mean(slope.values()),
          standard_deviation(slope.values()),
          when_loud(window, slope_of),
          mean(mid.values()),
          standard_deviation(mid.values()),
          sort_and_take(sorted, 0.9F),
          when_loud(window, mid_of),
          correlation(mid.values(), level.values()),
          mean(high.values()),
          standard_deviation(high.values()),
          when_loud(window, high_of),
          mean(collect(window, false, [](const auto& m) { return m.peak_db; }).values())};
}

std::array<float, 8> voice_quality(const VoiceWindow& window) noexcept {
  auto hnr = collect(window, true, [](const auto& m) { return m.hnr_db; });
  auto voicing = collect(window, false, [](const auto& m) { return m.voicing; });
  const float hnr_mean = mean(hnr.values());
  const float hnr_spread = standard_deviation(hnr.values());
  const float hnr_low = sort_and_take(hnr, 0.2F);
  const float voicing_mean = mean(voicing.values());
  const float voicing_spread = standard_deviation(voicing.values());
  const float voicing_low = sort_and_take(voicing, 0.2F);
  return {hnr_mean,     hnr_spread,     hnr_low,     percentile(hnr.values(), 0.8F),
          voicing_mean, voicing_spread, voicing_low, percentile(voicing.values(), 0.8F)};
}

std::array<float, 11> rhythm(const VoiceWindow& window) noexcept {
  int active = 0;
  int voiced = 0;
  int syllables = 0;
  for (const SpeechMoment& moment : window.moments) {
    active += window.active(moment) ? 1 : 0;
    voiced += window.voiced(moment) ? 1 : 0;
    syllables += moment.syllables;
  }
  if (active == 0) return {};
  const auto found = stretches(window);
  const auto lengths = found.voiced_s.values();
  const float active_s = static_cast<float>(active) / kFramesPerSecond;
  const auto joined = std::count_if(window.moments.begin(), window.moments.end(),
                                    [](const auto& m) { return m.joined; });
  return {static_cast<float>(voiced) / static_cast<float>(active),
          static_cast<float>(active) / static_cast<float>(window.moments.size()),
          static_cast<float>(joined) / static_cast<float>(window.moments.size()),
          static_cast<float>(lengths.size()) / active_s,
          mean(lengths),
          standard_deviation(lengths),
          lengths.empty() ? 0.0F : *std::max_element(lengths.begin(), lengths.end()),
          mean(found.gaps_s.values()),
          standard_deviation(found.gaps_s.values()),
          static_cast<float>(syllables) / active_s,
          static_cast<float>(level_peaks(window)) / active_s};
}

std::array<float, 7> movement(const VoiceWindow& window, RealFft& fft) noexcept {
  WindowSeries active;
  WindowSeries voiced;
  for (const SpeechMoment& moment : window.moments) {
    if (!moment.joined) continue;
    if (window.active(moment)) active.add(moment.flux_db);
    if (window.voiced(moment)) voiced.add(moment.flux_db);
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

/// @file
/// One window of a customer's speech, each measure side by side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "cues/speech_moment.h"
#include "cues/statistics.h"
#include "tonecue/core/hop.h"

namespace tonecue {

inline constexpr std::size_t kWindowMoments = std::size_t{3} * kHopsPerSecond;

using WindowSeries = Series<kWindowMoments>;

/// The moments of a window by column, so that each statistic is one run over neighbours in memory.
/// Filled once per window; the groups of functionals only read it.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class VoiceWindow {
 public:
  using Cepstrum = std::array<float, kCepstra>;

  /// @param older, newer  Together at most kWindowMoments, oldest first. What lies before them has
  /// left the window, so the first is joined to nothing.
  void fill(std::span<const SpeechMoment> older, std::span<const SpeechMoment> newer) noexcept;

  // Of every moment, oldest first.
  std::size_t size() const noexcept { return level_db_.size(); }
  std::int64_t index(std::size_t i) const noexcept { return index_[i]; }
  bool joined(std::size_t i) const noexcept { return joined_[i]; }
  /// Loud enough to carry the voice: at most 24 dB under the 95th percentile of the level.
  bool active(std::size_t i) const noexcept { return level_db(i) >= active_above_db_; }
  /// Active, and its pitch is known.
  bool voiced(std::size_t i) const noexcept { return voiced_[i]; }
  float f0_st(std::size_t i) const noexcept { return f0_st_[i]; }
  float level_db(std::size_t i) const noexcept { return level_db_.values()[i]; }
  float flux_db(std::size_t i) const noexcept { return flux_db_[i]; }
  /// Of a voiced moment.
  const Cepstrum& cepstrum(std::size_t i) const noexcept { return cepstra_[voiced_before_[i]]; }

  float active_above_db() const noexcept { return active_above_db_; }
  int syllables() const noexcept { return syllables_; }

  /// One measure of all moments of one kind.
  struct Active {
    WindowSeries level_db, voicing, tilt_db_per_octave, mid_tilt_db, high_tilt_db, peak_db;
  };
  struct Voiced {
    WindowSeries time_s, f0_st, level_db, hnr_db;
  };
  const Active& all_active() const noexcept { return all_active_; }
  const Voiced& all_voiced() const noexcept { return all_voiced_; }
  std::span<const Cepstrum> all_cepstra() const noexcept {
    return {cepstra_.data(), all_voiced_.f0_st.size()};
  }

 private:
  void clear() noexcept;
  void add(const SpeechMoment& moment) noexcept;

  float active_above_db_ = 0.0F;
  int syllables_ = 0;
  std::size_t filled_ = 0;
  std::array<std::int64_t, kWindowMoments> index_{};
  std::array<bool, kWindowMoments> joined_{};
  std::array<bool, kWindowMoments> voiced_{};
  std::array<std::uint16_t, kWindowMoments> voiced_before_{};
  std::array<float, kWindowMoments> f0_st_{};
  std::array<float, kWindowMoments> flux_db_{};
  WindowSeries level_db_;
  Active all_active_;
  Voiced all_voiced_;
  std::array<Cepstrum, kWindowMoments> cepstra_{};  // Of the voiced moments.
};

}  // namespace tonecue

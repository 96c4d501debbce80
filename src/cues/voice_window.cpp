#include "cues/voice_window.h"

#include <algorithm>

namespace tonecue {
namespace {

constexpr float kActiveRangeDb = 24.0F;  // reference: below it lies breath and reverberation.

}  // namespace

void VoiceWindow::fill(std::span<const SpeechMoment> older,
                       std::span<const SpeechMoment> newer) noexcept {
  clear();
  for (const auto part : {older, newer}) {
    for (const SpeechMoment& moment : part) level_db_.add(moment.level_db);
  }
  WindowSeries levels = level_db_;
  active_above_db_ = percentiles(levels.values(), std::array{0.95F})[0] - kActiveRangeDb;
  for (const auto part : {older, newer}) {
    for (const SpeechMoment& moment : part) add(moment);
  }
  joined_[0] = false;
}

void VoiceWindow::clear() noexcept {
  filled_ = 0;
  syllables_ = 0;
  level_db_.clear();
  for (WindowSeries* column :
       {&all_active_.level_db, &all_active_.voicing, &all_active_.tilt_db_per_octave,
        &all_active_.mid_tilt_db, &all_active_.high_tilt_db, &all_active_.peak_db,
        &all_voiced_.time_s, &all_voiced_.f0_st, &all_voiced_.level_db, &all_voiced_.hnr_db}) {
    column->clear();
  }
}

void VoiceWindow::add(const SpeechMoment& moment) noexcept {
  const std::size_t i = filled_++;
  const bool is_active = moment.level_db >= active_above_db_;
  index_[i] = moment.index;
  joined_[i] = moment.joined;
  voiced_[i] = is_active && moment.voiced;
  f0_st_[i] = moment.f0_st;
  flux_db_[i] = moment.flux_db;
  syllables_ += moment.syllables;
  if (is_active) {
    all_active_.level_db.add(moment.level_db);
    all_active_.voicing.add(moment.voicing);
    all_active_.tilt_db_per_octave.add(moment.tilt_db_per_octave);
    all_active_.mid_tilt_db.add(moment.mid_tilt_db);
    all_active_.high_tilt_db.add(moment.high_tilt_db);
    all_active_.peak_db.add(moment.peak_db);
  }
  if (voiced_[i]) {
    const std::size_t row = all_voiced_.f0_st.size();
    voiced_before_[i] = static_cast<std::uint16_t>(row);
    cepstra_[row] = moment.cepstrum;
    all_voiced_.time_s.add(static_cast<float>(i) / kHopsPerSecond);
    all_voiced_.f0_st.add(moment.f0_st);
    all_voiced_.level_db.add(moment.level_db);
    all_voiced_.hnr_db.add(moment.hnr_db);
  }
}

}  // namespace tonecue

#include "cues/distress_functionals.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>
#include <numeric>
#include <utility>

#include "cues/distress_groups.h"
#include "tonecue/core/decibel.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr float kReferenceHz = 100.0F;

using DctRow = std::array<float, kMelBands>;

/// Orthonormal DCT-II, coefficients 1 to 12.
std::array<DctRow, kCepstra> cosine_table() {
  std::array<DctRow, kCepstra> table{};
  for (std::size_t c = 0; c < kCepstra; ++c) {
    for (std::size_t b = 0; b < kMelBands; ++b) {
      table[c][b] = std::sqrt(2.0F / kMelBands) *
                    std::cos(std::numbers::pi_v<float> * static_cast<float>(c + 1) *
                             (static_cast<float>(b) + 0.5F) / kMelBands);
    }
  }
  return table;
}

const std::array<DctRow, kCepstra> kCosines = cosine_table();

float band_mean(const std::array<float, kMelBands>& mel_db, std::size_t first,
                std::size_t last) noexcept {
  const auto begin = mel_db.begin();
  return std::accumulate(begin + static_cast<std::ptrdiff_t>(first),
                         begin + static_cast<std::ptrdiff_t>(last) + 1, 0.0F) /
         static_cast<float>(last - first + 1);
}

void describe_spectrum(const std::array<float, kMelBands>& mel_db, SpeechMoment& moment) noexcept {
  float power = 0.0F;
  for (const float band_db : mel_db) power += db_to_power(band_db);
  moment.level_db = power_to_db(power);
  moment.mid_tilt_db = band_mean(mel_db, 9, 15) - band_mean(mel_db, 1, 6);
  moment.high_tilt_db = band_mean(mel_db, 14, 18) - band_mean(mel_db, 3, 9);
  moment.peak_db =
      *std::max_element(mel_db.begin(), mel_db.end()) - band_mean(mel_db, 0, kMelBands - 1);
  for (std::size_t c = 0; c < kCepstra; ++c) {
    moment.cepstrum[c] =
        std::inner_product(mel_db.begin(), mel_db.end(), kCosines[c].begin(), 0.0F);
  }
}

}  // namespace

std::vector<std::string> distress_functional_names() { return group_names(); }

Result<DistressFunctionals> DistressFunctionals::create() {
  auto fft = RealFft::create(kModulationFft);
  if (!fft) return tl::unexpected(fft.error());
  return DistressFunctionals(std::move(*fft));
}

DistressFunctionals::DistressFunctionals(RealFft fft)
    : fft_(std::move(fft)), ring_(kWindowFrames), window_(kWindowFrames) {}

std::size_t DistressFunctionals::slot(int age_from_oldest) const noexcept {
  return static_cast<std::size_t>((first_ + age_from_oldest) % kWindowFrames);
}

void DistressFunctionals::process(const CustomerFrame& frame, bool counts) noexcept {
  if (counts) {
    keep(*frame);
  } else if (frame->syllable && size_ > 0) {
    SpeechMoment& newest = ring_[slot(size_ - 1)];
    if (frame->index - newest.index <= kSyllableLatencyHops) ++newest.syllables;
  }
  last_mel_db_ = frame->mel_db;
}

void DistressFunctionals::keep(const FeatureFrame& frame) noexcept {
  SpeechMoment moment;
  moment.index = frame.index;
  moment.joined = size_ > 0 && ring_[slot(size_ - 1)].index + 1 == frame.index;
  moment.syllables = frame.syllable ? 1 : 0;
  moment.voiced = frame.f0_hz.has_value();
  moment.f0_st = frame.f0_hz ? semitones(*frame.f0_hz, kReferenceHz) : 0.0F;
  moment.voicing = frame.voicing;
  moment.hnr_db = frame.hnr_db;
  moment.tilt_db_per_octave = frame.tilt_db_per_octave;
  describe_spectrum(frame.mel_db, moment);
  float rise_db = 0.0F;
  for (std::size_t b = 0; b < kMelBands; ++b) {
    rise_db += std::max(0.0F, frame.mel_db[b] - last_mel_db_[b]);
  }
  moment.flux_db = rise_db / kMelBands;

  if (size_ == kWindowFrames) drop_oldest();
  ring_[slot(size_++)] = moment;
  voiced_ += moment.voiced ? 1 : 0;
}

void DistressFunctionals::drop_oldest() noexcept {
  voiced_ -= ring_[slot(0)].voiced ? 1 : 0;
  first_ = (first_ + 1) % kWindowFrames;
  --size_;
}

void DistressFunctionals::forget_before(std::int64_t index) noexcept {
  while (size_ > 0 && ring_[slot(0)].index < index) drop_oldest();
}

const DistressFunctionalRow& DistressFunctionals::compute() noexcept {
  for (int i = 0; i < size_; ++i) window_[static_cast<std::size_t>(i)] = ring_[slot(i)];
  if (size_ > 0) window_[0].joined = false;  // What it joined has left the window.
  const auto window = voice_window({window_.data(), static_cast<std::size_t>(size_)});
  auto out = row_.begin();
  const auto append = [&out](const auto& group) {
    out = std::copy(group.begin(), group.end(), out);
  };
  append(melody(window));
  append(dynamics(window));
  append(timbre(window));
  append(tilt(window));
  append(voice_quality(window));
  append(rhythm(window));
  append(movement(window, fft_));
  return row_;
}

void DistressFunctionals::reset() noexcept {
  first_ = 0;
  size_ = 0;
  voiced_ = 0;
  last_mel_db_.fill(kMelFloorDb);
}

}  // namespace tonecue

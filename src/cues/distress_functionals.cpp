#include "cues/distress_functionals.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>
#include <numeric>
#include <span>
#include <utility>

#include "cues/distress_groups.h"
#include "tonecue/core/decibel.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr float kReferenceHz = 100.0F;

using DctColumn = std::array<float, kCepstra>;

/// Orthonormal DCT-II, coefficients 1 to 12, band by band.
std::array<DctColumn, kMelBands> cosine_table() {
  std::array<DctColumn, kMelBands> table{};
  for (std::size_t c = 0; c < kCepstra; ++c) {
    for (std::size_t b = 0; b < kMelBands; ++b) {
      table[b][c] = std::sqrt(2.0F / kMelBands) *
                    std::cos(std::numbers::pi_v<float> * static_cast<float>(c + 1) *
                             (static_cast<float>(b) + 0.5F) / kMelBands);
    }
  }
  return table;
}

const std::array<DctColumn, kMelBands> kCosines = cosine_table();

float band_mean(const std::array<float, kMelBands>& mel_db, std::size_t first,
                std::size_t last) noexcept {
  const auto begin = mel_db.begin();
  return std::accumulate(begin + static_cast<std::ptrdiff_t>(first),
                         begin + static_cast<std::ptrdiff_t>(last) + 1, 0.0F) /
         static_cast<float>(last - first + 1);
}

void describe_spectrum(const std::array<float, kMelBands>& mel_db, SpeechMoment& moment) noexcept {
  // 10^(x / 10), by the power of two, which takes a third of the time.
  constexpr float kOctavesPerDb = 0.332192809F;
  float power = 0.0F;
  for (const float band_db : mel_db) power += std::exp2(kOctavesPerDb * band_db);
  moment.level_db = power_to_db(power);
  moment.mid_tilt_db = band_mean(mel_db, 9, 15) - band_mean(mel_db, 1, 6);
  moment.high_tilt_db = band_mean(mel_db, 14, 18) - band_mean(mel_db, 3, 9);
  moment.peak_db =
      *std::max_element(mel_db.begin(), mel_db.end()) - band_mean(mel_db, 0, kMelBands - 1);
  DctColumn cepstrum{};
  for (std::size_t b = 0; b < kMelBands; ++b) {
    for (std::size_t c = 0; c < kCepstra; ++c) cepstrum[c] += mel_db[b] * kCosines[b][c];
  }
  moment.cepstrum = cepstrum;
}

}  // namespace

std::vector<std::string> distress_functional_names() { return group_names(); }

Result<DistressFunctionals> DistressFunctionals::create() {
  auto fft = RealFft::create(kModulationFft);
  if (!fft) return tl::unexpected(fft.error());
  return DistressFunctionals(std::move(*fft));
}

DistressFunctionals::DistressFunctionals(RealFft fft)
    : fft_(std::move(fft)), ring_(kWindowFrames), window_(std::make_unique<VoiceWindow>()) {}

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
  const std::span<const SpeechMoment> ring(ring_);
  const auto first = static_cast<std::size_t>(first_);
  const auto size = static_cast<std::size_t>(size_);
  const std::size_t older = std::min(size, ring.size() - first);
  VoiceWindow& window = *window_;
  window.fill(ring.subspan(first, older), ring.first(size - older));
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

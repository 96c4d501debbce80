/// @file
/// The last seconds of a customer's voice in one row of numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cues/speech_moment.h"
#include "cues/voice_window.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"
#include "tonecue/dsp/real_fft.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {

inline constexpr int kDistressFunctionals = 95;

using DistressFunctionalRow = std::array<float, kDistressFunctionals>;

/// Names of the values, in their order; each ends in its unit where it has one.
std::vector<std::string> distress_functional_names();

/// Statistics of a voice ("functionals", as eGeMAPS calls them; Eyben et al. 2016) over its last
/// 3 s of speech: melody in semitones, dynamics, spectral shape, voice quality, rhythm, movement.
/// Nothing in them knows the absolute level, which on the telephone says nothing.
///
/// Only frames of the customer's own clean speech count, with a tenth of a second before and after,
/// which the speech detector is late for or too strict with (without it a left-out corpus loses
/// .006 of AUC); silence between them is left out.
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread.
class DistressFunctionals {
 public:
  static constexpr int kWindowFrames = static_cast<int>(kWindowMoments);

  static Result<DistressFunctionals> create();

  /// Takes the next frame of the call.
  /// @param speech  This frame is clean speech of the customer.
  /// @param clean   Nobody else is heard in it, so that it may count as what lies beside speech.
  void process(const CustomerFrame& frame, bool speech, bool clean) noexcept;

  /// Forgets the frames before `index`.
  void forget_before(std::int64_t index) noexcept;

  /// The row over what the window holds; all values finite, zeros without speech.
  const DistressFunctionalRow& compute() noexcept;

  float speech_s() const noexcept { return static_cast<float>(size_) / kHopsPerSecond; }
  float voiced_s() const noexcept { return static_cast<float>(voiced_) / kHopsPerSecond; }

  void reset() noexcept;

 private:
  explicit DistressFunctionals(RealFft fft);

  static constexpr std::size_t kMarginHops = 10;  // Counted before and after speech.

  bool give_to_speech(const FeatureFrame& nucleus) noexcept;
  void hold(const FeatureFrame& frame) noexcept;
  void keep_lead() noexcept;
  void keep(const FeatureFrame& frame) noexcept;
  void drop_oldest() noexcept;
  std::size_t slot(int age_from_oldest) const noexcept;

  RealFft fft_;
  std::vector<SpeechMoment> ring_;
  int first_ = 0;
  int size_ = 0;
  int voiced_ = 0;
  std::array<float, kMelBands> last_mel_db_{};    // Of the frame before the next to be kept.
  std::array<FeatureFrame, kMarginHops> lead_{};  // Clean frames before speech, as a ring.
  std::size_t lead_next_ = 0;
  std::size_t lead_size_ = 0;
  std::size_t trail_left_ = 0;           // Frames after speech that still count.
  std::unique_ptr<VoiceWindow> window_;  // For compute().
  DistressFunctionalRow row_{};
};

}  // namespace tonecue

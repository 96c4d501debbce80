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

/// Version of what the values mean: raised with every change after which weights must be trained
/// anew. A model file says which one it was trained on.
inline constexpr int kDistressDefinitions = 2;

/// Names of the values, in their order; each ends in its unit where it has one.
std::vector<std::string> distress_functional_names();

/// Statistics of a voice ("functionals", as eGeMAPS calls them; Eyben et al. 2016) over its last
/// 3 s of speech: melody in semitones, dynamics, spectral shape, voice quality, rhythm, movement.
/// Nothing in them knows the absolute level, which on the telephone says nothing.
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread.
class DistressFunctionals {
 public:
  static constexpr int kWindowFrames = static_cast<int>(kWindowMoments);

  static Result<DistressFunctionals> create();

  /// Takes the next frame that SpeechGate passes.
  void add(const FeatureFrame& frame) noexcept;

  /// Forgets the frames before `index`.
  void forget_before(std::int64_t index) noexcept;

  /// The row over what the window holds; all values finite, zeros without speech.
  const DistressFunctionalRow& compute() noexcept;

  int frames() const noexcept { return size_; }
  float speech_s() const noexcept { return static_cast<float>(size_) / kHopsPerSecond; }
  float voiced_s() const noexcept { return static_cast<float>(voiced_) / kHopsPerSecond; }

  void reset() noexcept;

 private:
  explicit DistressFunctionals(RealFft fft);

  void drop_oldest() noexcept;
  std::size_t slot(int age_from_oldest) const noexcept;

  RealFft fft_;
  std::vector<SpeechMoment> ring_;
  int first_ = 0;
  int size_ = 0;
  int voiced_ = 0;
  std::array<float, kMelBands> last_mel_db_{};  // Of the frame before.
  std::unique_ptr<VoiceWindow> window_;         // For compute().
  DistressFunctionalRow row_{};
};

}  // namespace tonecue

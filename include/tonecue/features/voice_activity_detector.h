/// @file
/// Whether a voice is speaking, one hop at a time.
#pragma once

#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/spectrum.h"
#include "tonecue/features/vad_inputs.h"
#include "tonecue/model/dense_layer.h"
#include "tonecue/model/gru_layer.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// How late the detector answers: the frame that process() returns describes the hop taken five
/// calls before. No later than the other features, and each hop of look-ahead makes it surer.
inline constexpr int kSpeechLatencyHops = 5;

struct SpeechFrame {
  float prob = 0.0F;    ///< Probability that the hop holds speech, [0, 1].
  bool speech = false;  ///< `prob` with hysteresis: on from 0.6, off below 0.5; no hangover.
};

/// Tells speech from noise, music, tones and silence: a small recurrent network (dense, convolution
/// over three hops, GRU, dense) over VadInputs. Its weights are those of models/vad, within the
/// program; how it was trained, and its scores, are told in models/vad/README.md.
///
/// Levels: works alike from -55 to -3 dBFS. Power that is not finite counts as silence.
/// Real-time: create() allocates; process() and reset() neither allocate, lock nor throw.
/// Threads: one object belongs to one thread.
class VoiceActivityDetector {
 public:
  static Result<VoiceActivityDetector> create();

  /// The text of the built-in model file.
  static std::string_view built_in_file() noexcept;

  /// @return `corrupt` or `unsupported`, saying why, when this model is none for the detector.
  static Result<void> expect_fit(ModelFile model);

  /// Takes the spectrum and mel levels of the next hop; tells of the hop kSpeechLatencyHops before
  /// it. The first kSpeechLatencyHops results describe nothing and are to be dropped.
  SpeechFrame process(const PowerSpectrum& power, const MelLevels& mel_db) noexcept;

  /// Forgets all audio; the next frame is that of a new detector.
  void reset() noexcept;

 private:
  struct Layers {
    DenseLayer dense;
    DenseLayer convolution;
    GruLayer gru;
    DenseLayer output;
  };
  static Result<Layers> create_layers(ModelFile& model);
  static const Result<Layers>& built_in_layers();
  VoiceActivityDetector(VadInputs inputs, Layers layers);

  VadInputs inputs_;
  Layers layers_;
  std::vector<float> dense_out_;  // Of the convolution's hops, oldest first.
  std::vector<float> convolution_out_;
  std::vector<float> gru_out_;
  bool speech_ = false;
};

}  // namespace tonecue

/// @file
/// One score for a short recording of one voice.
#pragma once

#include <memory>
#include <optional>

#include "tonecue/core/result.h"
#include "tonecue/cues/distress_weights.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {

/// The distress model over one clip, whose speaker's usual is not known.
///
/// The log-odds of the full 3-s windows of speech, one each 0.5 s, are averaged; a clip with less
/// speech is one window. Without the caller's usual the scores rank clips; as an alarm in ordinary
/// calls they would fire far too often (models/distress/README.md).
///
/// Real-time: create() allocates; process() does not. Threads: one object belongs to one thread.
class DistressClipScorer {
 public:
  struct Score {
    float agitated = 0.0F;       ///< [0, 1]
    float distress = 0.0F;       ///< [0, 1]
    std::optional<float> anger;  ///< Against ordinary speech, [0, 1]; where the model tells it.
  };

  /// Shares the weights with every other scorer that is made of them.
  static Result<DistressClipScorer> create(const DistressWeights& weights);

  /// Of the built-in weights. @return `corrupt` when they do not fit this program.
  static Result<DistressClipScorer> create();

  /// Takes the next frame of the clip; those with speech count.
  void process(const CustomerFrame& frame) noexcept;

  /// The clip is over. @return nothing ("don't know") when it held less than 0.5 s of voiced
  /// speech. The next frame is that of a new clip.
  std::optional<Score> finish() noexcept;

  DistressClipScorer(DistressClipScorer&&) noexcept;
  DistressClipScorer& operator=(DistressClipScorer&&) noexcept;
  ~DistressClipScorer();

 private:
  struct Parts;
  explicit DistressClipScorer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tonecue

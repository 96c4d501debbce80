#include "tonecue/cues/distress_clip_scorer.h"

#include <utility>

#include "cues/distress_functionals.h"
#include "cues/distress_network.h"
#include "cues/distress_window.h"
#include "cues/speech_gate.h"
#include "tonecue/cues/log_odds.h"

namespace tonecue {

struct DistressClipScorer::Parts {
  Parts(DistressFunctionals the_functionals, DistressNetwork the_network)
      : functionals(std::move(the_functionals)), network(std::move(the_network)) {}

  SpeechGate gate;
  DistressFunctionals functionals;
  DistressNetwork network;
  int speech_hops = 0;
  int windows = 0;
  float agitated_sum = 0.0F;  // Of the windows' log-odds.
  float distress_sum = 0.0F;

  void judge() noexcept {
    if (functionals.voiced_s() < kClipLeastVoicedS) return;
    const DistressScore score = network.process(functionals.compute(), nullptr);
    agitated_sum += log_odds(score.agitated);
    distress_sum += log_odds(score.distress);
    ++windows;
  }
};

Result<DistressClipScorer> DistressClipScorer::create() {
  const auto& weights = DistressWeights::built_in();
  return weights ? create(*weights) : tl::unexpected(weights.error());
}

Result<DistressClipScorer> DistressClipScorer::create(const DistressWeights& weights) {
  auto functionals = DistressFunctionals::create();
  if (!functionals) return tl::unexpected(functionals.error());
  return DistressClipScorer(std::make_unique<Parts>(std::move(*functionals), weights.network()));
}

DistressClipScorer::DistressClipScorer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DistressClipScorer::DistressClipScorer(DistressClipScorer&&) noexcept = default;
DistressClipScorer& DistressClipScorer::operator=(DistressClipScorer&&) noexcept = default;
DistressClipScorer::~DistressClipScorer() = default;

void DistressClipScorer::process(const CustomerFrame& frame) noexcept {
  Parts& parts = *parts_;
  parts.gate.process(frame, frame->speech, true,
                     [&](const FeatureFrame& kept) { parts.functionals.add(kept); });
  if (!frame->speech) return;
  ++parts.speech_hops;
  const int beyond_first_window = parts.speech_hops - DistressFunctionals::kWindowFrames;
  if (beyond_first_window >= 0 && beyond_first_window % kDistressUpdateHops == 0) parts.judge();
}

std::optional<DistressClipScorer::Score> DistressClipScorer::finish() noexcept {
  Parts& parts = *parts_;
  if (parts.windows == 0) parts.judge();
  std::optional<Score> score;
  if (parts.windows > 0) {
    const auto windows = static_cast<float>(parts.windows);
    score = Score{probability_of(parts.agitated_sum / windows),
                  probability_of(parts.distress_sum / windows)};
  }
  parts.gate.reset();
  parts.functionals.reset();
  parts.speech_hops = 0;
  parts.windows = 0;
  parts.agitated_sum = 0.0F;
  parts.distress_sum = 0.0F;
  return score;
}

}  // namespace tonecue

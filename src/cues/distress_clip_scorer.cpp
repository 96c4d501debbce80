#include "tonecue/cues/distress_clip_scorer.h"

#include <span>
#include <utility>

#include "cues/distress_functionals.h"
#include "cues/distress_network.h"
#include "cues/distress_window.h"
#include "cues/speech_gate.h"
#include "cues/voice_inputs.h"
#include "cues/voice_network.h"
#include "tonecue/cues/log_odds.h"

namespace tonecue {

namespace {

/// The mean of log-odds.
class Pool {
 public:
  void add(float probability) noexcept {
    sum_ += log_odds(probability);
    ++count_;
  }
  float probability() const noexcept { return probability_of(sum_ / static_cast<float>(count_)); }

 private:
  float sum_ = 0.0F;
  int count_ = 0;
};

}  // namespace

struct DistressClipScorer::Parts {
  Parts(DistressFunctionals the_functionals, const DistressWeights& weights)
      : functionals(std::move(the_functionals)),
        network(weights.network()),
        voice_network(weights.voice_alone()) {}

  SpeechGate gate;
  DistressFunctionals functionals;
  DistressNetwork network;
  VoiceInputs inputs;
  VoiceNetwork voice_network;
  int speech_hops = 0;
  bool judged = false;
  Pool agitated, distress, anger;

  void judge() noexcept {
    DistressNetwork::LogOdds voice{};
    const std::span<float> heads = std::span(voice).first(network.heads());
    if (functionals.voiced_s() < kClipLeastVoicedS || !voice_network.process(false, heads)) return;
    const DistressScore score = network.process(functionals.compute(), nullptr, voice);
    agitated.add(score.agitated);
    distress.add(score.distress);
    anger.add(score.anger.value_or(0.5F));
    judged = true;
  }

  void forget() noexcept {
    gate.reset();
    functionals.reset();
    inputs.reset();
    voice_network.reset();
    speech_hops = 0;
    judged = false;
    agitated = distress = anger = {};
  }
};

Result<DistressClipScorer> DistressClipScorer::create() {
  const auto& weights = DistressWeights::built_in();
  return weights ? create(*weights) : tl::unexpected(weights.error());
}

Result<DistressClipScorer> DistressClipScorer::create(const DistressWeights& weights) {
  auto functionals = DistressFunctionals::create();
  if (!functionals) return tl::unexpected(functionals.error());
  return DistressClipScorer(std::make_unique<Parts>(std::move(*functionals), weights));
}

DistressClipScorer::DistressClipScorer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DistressClipScorer::DistressClipScorer(DistressClipScorer&&) noexcept = default;
DistressClipScorer& DistressClipScorer::operator=(DistressClipScorer&&) noexcept = default;
DistressClipScorer::~DistressClipScorer() = default;

void DistressClipScorer::process(const CustomerFrame& frame) noexcept {
  Parts& parts = *parts_;
  parts.gate.process(frame, frame->speech, true, [&](const FeatureFrame& kept) {
    parts.functionals.add(kept);
    parts.voice_network.add(parts.inputs.process(kept), nullptr);
  });
  if (!frame->speech) return;
  ++parts.speech_hops;
  const int beyond_first_window = parts.speech_hops - DistressFunctionals::kWindowFrames;
  if (beyond_first_window >= 0 && beyond_first_window % kDistressUpdateHops == 0) parts.judge();
}

std::optional<DistressClipScorer::Score> DistressClipScorer::finish() noexcept {
  Parts& parts = *parts_;
  if (!parts.judged) parts.judge();
  std::optional<Score> score;
  if (parts.judged) {
    score = Score{parts.agitated.probability(), parts.distress.probability(), {}};
    if (parts.network.has_anger()) score->anger = parts.anger.probability();
  }
  parts.forget();
  return score;
}

}  // namespace tonecue

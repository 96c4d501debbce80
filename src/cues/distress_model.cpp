#include "tonecue/cues/distress_model.h"

#include <span>
#include <utility>

#include "cues/caller_baseline.h"
#include "cues/distress_network.h"
#include "cues/distress_reasons.h"
#include "cues/distress_window.h"
#include "cues/usual_frame.h"
#include "cues/voice_inputs.h"
#include "cues/voice_network.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/log_odds.h"

namespace tonecue {
namespace {

// Taken off the log-odds while the usual is hardly known: an ordinary voice of which three words
// are known departs from them further than from its first 12 s.
constexpr float kMostDoubt = 2.0F;

// A window over it has no part in the caller's usual: a probability of about a quarter.
constexpr float kOrdinaryLogOdds = -1.0F;

}  // namespace

struct DistressModel::Parts {
  Parts(DistressWindow the_window, const DistressWeights& weights, const LogOddsScale& the_scale)
      : window(std::move(the_window)),
        network(weights.network()),
        voice_network(weights.voice_against_usual()),
        scale(the_scale) {}

  DistressWindow window;
  DistressNetwork network;
  CallerBaseline baseline;
  VoiceInputs inputs;
  VoiceNetwork voice_network;
  UsualFrame usual_frame;
  LogOddsScale scale;

  void listen(const FeatureFrame& frame) noexcept;
  void judge(const DistressWindow::Update& update, DistressEstimate& estimate) noexcept;
  float score(const DistressFunctionalRow& row, const DistressNetwork::LogOdds& voice,
              DistressEstimate& estimate) noexcept;
  void learn(const DistressWindow::Update& update) noexcept;
};

Result<DistressModel> DistressModel::create() {
  const auto& weights = DistressWeights::built_in();
  return weights ? create(*weights) : tl::unexpected(weights.error());
}

Result<DistressModel> DistressModel::create(const DistressWeights& weights,
                                            const LogOddsScale& scale) {
  auto window = DistressWindow::create();
  if (!window) return tl::unexpected(window.error());
  return DistressModel(std::make_unique<Parts>(std::move(*window), weights, scale));
}

DistressModel::DistressModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DistressModel::DistressModel(DistressModel&&) noexcept = default;
DistressModel& DistressModel::operator=(DistressModel&&) noexcept = default;
DistressModel::~DistressModel() = default;

std::optional<DistressEstimate> DistressModel::process(const CustomerFrame& frame,
                                                       const PartyTurn& turn) noexcept {
  Parts& parts = *parts_;
  const auto update =
      parts.window.process(frame, turn, [&parts](const FeatureFrame& kept) { parts.listen(kept); });
  if (!update) return {};
  parts.voice_network.forget_before(frame->index + 1 - kDistressMemoryHops);
  DistressEstimate estimate;
  estimate.state = update->state;
  estimate.speech_s = update->speech_s;
  if (estimate.state == DistressState::ok && !parts.network.is_in_range(*update->row)) {
    estimate.state = DistressState::out_of_range;
  }
  if (estimate.state == DistressState::ok) {
    parts.judge(*update, estimate);
  } else if (estimate.state != DistressState::too_little_voice) {
    parts.usual_frame.leave_out();
  }
  return estimate;
}

void DistressModel::Parts::listen(const FeatureFrame& frame) noexcept {
  const VoiceInput input = inputs.process(frame);
  if (!baseline.is_formed()) usual_frame.add(input);
  if (baseline.is_known()) voice_network.add(input, &usual_frame);
}

void DistressModel::Parts::judge(const DistressWindow::Update& update,
                                 DistressEstimate& estimate) noexcept {
  DistressNetwork::LogOdds voice{};
  const std::span<float> heads = std::span(voice).first(network.heads());
  if (!baseline.is_known() || !voice_network.process(true, heads)) {
    estimate.state = DistressState::baseline_forming;
    learn(update);
    return;
  }
  if (score(*update.row, voice, estimate) <= kOrdinaryLogOdds) {
    learn(update);
  } else {
    baseline.leave_out(update.speech_s);
    usual_frame.leave_out();
  }
}

/// @return The model's own log-odds of agitation, whatever the site's scale makes of them.
float DistressModel::Parts::score(const DistressFunctionalRow& row,
                                  const DistressNetwork::LogOdds& voice,
                                  DistressEstimate& estimate) noexcept {
  const DistressScore heard = network.process(row, &baseline.usual(), voice);
  const float doubt = kMostDoubt * baseline.doubt();
  const auto doubted = [doubt](float p) { return probability_of(log_odds(p) - doubt); };
  const float agitated = doubted(heard.agitated);
  estimate.agitated = rescaled(agitated, scale);
  estimate.distress = doubted(heard.distress);
  if (heard.subdued) estimate.subdued = doubted(*heard.subdued);
  estimate.usual_s = baseline.speech_s();
  if (estimate.agitated >= kLeastRaiseProbability) {
    estimate.reasons = find_reasons(network, row, baseline.usual(), voice, heard);
  }
  return log_odds(agitated);
}

void DistressModel::Parts::learn(const DistressWindow::Update& update) noexcept {
  baseline.add(*update.row, update.speech_s);
  usual_frame.keep();
}

void DistressModel::reset() noexcept {
  parts_->window.reset();
  parts_->baseline = {};
  parts_->inputs.reset();
  parts_->voice_network.reset();
  parts_->usual_frame = {};
}

}  // namespace tonecue

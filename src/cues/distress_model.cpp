#include "tonecue/cues/distress_model.h"

#include <utility>

#include "cues/caller_baseline.h"
#include "cues/distress_network.h"
#include "cues/distress_reasons.h"
#include "cues/distress_window.h"
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
  Parts(DistressWindow the_window, DistressNetwork the_network, const LogOddsScale& the_scale)
      : window(std::move(the_window)), network(std::move(the_network)), scale(the_scale) {}

  DistressWindow window;
  DistressNetwork network;
  LogOddsScale scale;
  CallerBaseline baseline;

  void judge(const DistressWindow::Update& update, DistressEstimate& estimate) noexcept;
};

Result<DistressModel> DistressModel::create() {
  const auto& weights = DistressWeights::built_in();
  return weights ? create(*weights) : tl::unexpected(weights.error());
}

Result<DistressModel> DistressModel::create(const DistressWeights& weights,
                                            const LogOddsScale& scale) {
  auto window = DistressWindow::create();
  if (!window) return tl::unexpected(window.error());
  return DistressModel(std::make_unique<Parts>(std::move(*window), weights.network(), scale));
}

DistressModel::DistressModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DistressModel::DistressModel(DistressModel&&) noexcept = default;
DistressModel& DistressModel::operator=(DistressModel&&) noexcept = default;
DistressModel::~DistressModel() = default;

std::optional<DistressEstimate> DistressModel::process(const CustomerFrame& frame,
                                                       const PartyTurn& turn) noexcept {
  const auto update = parts_->window.process(frame, turn);
  if (!update) return {};
  DistressEstimate estimate;
  estimate.state = update->state;
  estimate.speech_s = update->speech_s;
  if (update->state != DistressState::ok) return estimate;
  if (!parts_->network.is_in_range(*update->row)) {
    estimate.state = DistressState::out_of_range;
    return estimate;
  }
  parts_->judge(*update, estimate);
  return estimate;
}

void DistressModel::Parts::judge(const DistressWindow::Update& update,
                                 DistressEstimate& estimate) noexcept {
  const DistressFunctionalRow& row = *update.row;
  if (!baseline.is_known()) {
    baseline.add(row, update.speech_s);
    estimate.state = DistressState::baseline_forming;
    return;
  }
  const DistressScore heard = network.process(row, &baseline.usual());
  DistressScore score = heard;
  if (!baseline.is_formed()) {
    const float doubt = kMostDoubt * baseline.doubt();
    const auto doubted = [doubt](float p) { return probability_of(log_odds(p) - doubt); };
    score.agitated = doubted(score.agitated);
    score.distress = doubted(score.distress);
    if (score.subdued) score.subdued = doubted(*score.subdued);
  }
  estimate.agitated = rescaled(score.agitated, scale);
  estimate.distress = score.distress;
  estimate.subdued = score.subdued;
  estimate.usual_s = baseline.speech_s();
  if (estimate.agitated >= kLeastRaiseProbability) {
    estimate.reasons = find_reasons(network, row, baseline.usual(), heard);
  }
  if (log_odds(score.agitated) <= kOrdinaryLogOdds) {
    baseline.add(row, update.speech_s);
  } else {
    baseline.leave_out(update.speech_s);
  }
}

void DistressModel::reset() noexcept {
  parts_->window.reset();
  parts_->baseline = {};
}

}  // namespace tonecue

#include "tonecue/cues/distress_model.h"

#include <utility>

#include "cues/caller_baseline.h"
#include "cues/distress_network.h"
#include "cues/distress_window.h"

namespace tonecue {

struct DistressModel::Parts {
  Parts(DistressWindow the_window, DistressNetwork the_network)
      : window(std::move(the_window)), network(std::move(the_network)) {}

  DistressWindow window;
  DistressNetwork network;
  CallerBaseline baseline;
};

Result<DistressModel> DistressModel::create() {
  const auto& weights = DistressWeights::built_in();
  return weights ? create(*weights) : tl::unexpected(weights.error());
}

Result<DistressModel> DistressModel::create(const DistressWeights& weights) {
  auto window = DistressWindow::create();
  if (!window) return tl::unexpected(window.error());
  return DistressModel(std::make_unique<Parts>(std::move(*window), weights.network()));
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
  CallerBaseline& baseline = parts_->baseline;
  if (!baseline.ready()) {
    baseline.add(*update->row, update->speech_s);
    estimate.state = DistressState::baseline_forming;
    return estimate;
  }
  const DistressScore score = parts_->network.process(*update->row, &baseline.usual());
  estimate.agitated = score.agitated;
  estimate.distress = score.distress;
  return estimate;
}

void DistressModel::reset() noexcept {
  parts_->window.reset();
  parts_->baseline = {};
}

}  // namespace tonecue

#include "tonecue/cues/distress_cues.h"

namespace tonecue {

DistressCues::DistressCues(const DistressConfig& config) noexcept
    : agitated_(config, DistressForm::agitated) {
  if (config.subdued) subdued_.emplace(config, DistressForm::subdued);
}

void DistressCues::process(const std::optional<DistressEstimate>& estimate, const TurnFrame& turn,
                           CueChanges& changes) noexcept {
  agitated_.process(estimate, turn, changes);
  if (!subdued_) return;
  if (agitated_.agitation() == Agitation::present) {
    subdued_->stop(changes);
  } else {
    subdued_->process(estimate, turn, changes);
  }
}

void DistressCues::finish(CueChanges& changes) noexcept {
  agitated_.stop(changes);
  if (subdued_) subdued_->stop(changes);
}

}  // namespace tonecue

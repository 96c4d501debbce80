#include "tonecue/cues/distress_model.h"

#include <string_view>
#include <utility>

#include "cues/caller_baseline.h"
#include "cues/distress_functionals.h"
#include "cues/distress_network.h"
#include "cues/distress_window.h"
#include "cues/line_noise.h"

namespace tonecue {

extern const std::string_view kDistressModelJson;  // models/distress/model.json

namespace {

// A voice this near to the noise was not in training (5 dB and up there).
constexpr float kLeastSnrDb = 5.0F;

// An update of this much of the other party's voice, and less of the customer's, tells nothing.
constexpr int kMostBleedHops = kDistressUpdateHops / 2;

}  // namespace

struct DistressModel::Parts {
  DistressFunctionals functionals;
  DistressNetwork network;
  CallerBaseline baseline{};
  LineNoise noise{};

  // Since the last update.
  int hops = 0;
  int active_hops = 0;
  int clean_hops = 0;
  int bleed_hops = 0;

  std::optional<DistressEstimate> update(std::int64_t index) noexcept;
};

Result<DistressModel> DistressModel::create() {
  auto functionals = DistressFunctionals::create();
  if (!functionals) return tl::unexpected(functionals.error());
  auto network = DistressNetwork::create(kDistressModelJson);
  if (!network) return tl::unexpected(network.error());
  return DistressModel(
      std::unique_ptr<Parts>(new Parts{std::move(*functionals), std::move(*network)}));
}

DistressModel::DistressModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DistressModel::DistressModel(DistressModel&&) noexcept = default;
DistressModel& DistressModel::operator=(DistressModel&&) noexcept = default;
DistressModel::~DistressModel() = default;

std::optional<DistressEstimate> DistressModel::process(const CustomerFrame& frame,
                                                       const PartyTurn& turn) noexcept {
  Parts& parts = *parts_;
  const bool clean = turn.active && turn.alone && !turn.bleed;
  parts.functionals.process(frame, clean);
  parts.noise.process(*frame, turn);
  parts.active_hops += turn.active ? 1 : 0;
  parts.clean_hops += clean ? 1 : 0;
  parts.bleed_hops += turn.bleed ? 1 : 0;
  if (++parts.hops < kDistressUpdateHops) return {};
  auto estimate = parts.update(frame->index);
  parts.hops = parts.active_hops = parts.clean_hops = parts.bleed_hops = 0;
  return estimate;
}

std::optional<DistressEstimate> DistressModel::Parts::update(std::int64_t index) noexcept {
  functionals.forget_before(index + 1 - kDistressMemoryHops);
  if (active_hops == 0 && bleed_hops == 0) return {};
  DistressEstimate estimate;
  estimate.speech_s = static_cast<float>(clean_hops) / kHopsPerSecond;
  if (bleed_hops > kMostBleedHops && bleed_hops > clean_hops) {
    estimate.state = DistressState::bleed;
  } else if (noise.snr_db() < kLeastSnrDb) {
    estimate.state = DistressState::noisy;
  } else if (clean_hops == 0 || functionals.voiced_s() < kDistressLeastVoicedS) {
    estimate.state = DistressState::too_little_voice;
  } else if (const auto& row = functionals.compute(); !baseline.ready()) {
    baseline.add(row, estimate.speech_s);
    estimate.state = DistressState::baseline_forming;
  } else {
    const DistressScore score = network.process(row, &baseline.usual());
    estimate.state = DistressState::ok;
    estimate.agitated = score.agitated;
    estimate.distress = score.distress;
  }
  return estimate;
}

void DistressModel::reset() noexcept {
  Parts& parts = *parts_;
  parts.functionals.reset();
  parts.baseline = {};
  parts.noise = {};
  parts.hops = parts.active_hops = parts.clean_hops = parts.bleed_hops = 0;
}

}  // namespace tonecue

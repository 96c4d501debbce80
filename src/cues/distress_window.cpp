#include "cues/distress_window.h"

#include <utility>

namespace tonecue {
namespace {

// A voice this near to the noise was not in training (5 dB and up there).
constexpr float kLeastSnrDb = 5.0F;

}  // namespace

Result<DistressWindow> DistressWindow::create() {
  auto functionals = DistressFunctionals::create();
  if (!functionals) return tl::unexpected(functionals.error());
  return DistressWindow(std::move(*functionals));
}

DistressWindow::DistressWindow(DistressFunctionals functionals)
    : functionals_(std::move(functionals)) {}

std::optional<DistressWindow::Update> DistressWindow::hear(const FeatureFrame& frame,
                                                           const PartyTurn& turn) noexcept {
  noise_.process(frame, turn);
  heard_.active += turn.active ? 1 : 0;
  heard_.clean += is_clean(turn) ? 1 : 0;
  heard_.bleed += turn.bleed ? 1 : 0;
  if (++heard_.hops < kDistressUpdateHops) return {};
  return update(frame.index, std::exchange(heard_, {}));
}

std::optional<DistressWindow::Update> DistressWindow::update(std::int64_t index,
                                                             const Heard& heard) noexcept {
  functionals_.forget_before(index + 1 - kDistressMemoryHops);
  if (heard.active == 0 && heard.bleed == 0) return {};
  Update update;
  update.speech_s = static_cast<float>(heard.clean) / kHopsPerSecond;
  if (heard.bleed > kDistressUpdateHops / 2) {
    update.state = DistressState::bleed;
  } else if (noise_.snr_db() < kLeastSnrDb) {
    update.state = DistressState::noisy;
  } else if (heard.clean > 0 && functionals_.voiced_s() >= kDistressLeastVoicedS) {
    update.state = DistressState::ok;
    update.row = &functionals_.compute();
  }
  return update;
}

void DistressWindow::reset() noexcept {
  gate_.reset();
  functionals_.reset();
  noise_ = {};
  heard_ = {};
}

}  // namespace tonecue

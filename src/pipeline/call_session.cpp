#include "tonecue/pipeline/call_session.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>
#include <optional>
#include <utility>

#include "tonecue/cues/conduct_cues.h"
#include "tonecue/cues/distress_cues.h"
#include "tonecue/cues/distress_model.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/turns/turn_tracker.h"

namespace tonecue {
namespace {

// Of a model file its name alone: where it lies is nobody's business but this machine's.
DistressJudge judge_of(const DistressWeights& weights, const SessionConfig& config) {
  return {std::filesystem::path(weights.origin()).filename().string(),
          weights.card().sha256.substr(0, DistressJudge::kShaDigits), !config.calibration.empty()};
}

struct Distress {
  std::optional<DistressModel> model{};
  DistressJudge judge{};
};

Result<Distress> make_distress(const SessionConfig& config) {
  if (!config.judge_distress) return Distress{};
  const auto weights = distress_weights_of(config);
  if (!weights) return tl::unexpected(weights.error());
  auto model = DistressModel::create(*weights, config.distress.scale);
  if (!model) return tl::unexpected(model.error());
  return Distress{std::move(*model), judge_of(*weights, config)};
}

}  // namespace

// Samples -> hops -> frames per party -> turns -> cues -> alerts, all on the caller's thread.
struct CallSession::Chain {
  FrameExtractor<Party::agent> agent_frames;
  FrameExtractor<Party::customer> customer_frames;
  TurnConfig turn_config;
  DistressJudge distress_judge;
  TurnTracker turns;
  std::optional<DistressModel> distress_model;  // None: the caller's voice is not judged.
  DistressCues distress_cues;
  ConductCues conduct_cues;
  AlertPolicy alerts;

  CallHop hop{};
  std::size_t hop_fill = 0;  // Samples of `hop` that have come.
  std::int64_t now_ms = 0;   // Where a live listener is.
  CueChanges changes{};

  void take_hop(CallListener& listener) noexcept;
  void take_frame(const AgentFrame& agent, const CustomerFrame& customer,
                  CallListener& listener) noexcept;
  void tell(const TurnFrame& turn, CallListener& listener) noexcept;
};

Result<DistressWeights> distress_weights_of(const SessionConfig& config) {
  if (config.distress_weights) return *config.distress_weights;
  return DistressWeights::built_in();
}

Result<void> validate(const SessionConfig& config) {
  if (auto ok = validate(config.turns); !ok) return ok;
  if (auto ok = validate(config.conduct); !ok) return ok;
  if (auto ok = validate(config.distress); !ok) return ok;
  if (!config.distress.subdued || !config.judge_distress) return {};
  const auto weights = distress_weights_of(config);
  if (!weights) return tl::unexpected(weights.error());
  if (!weights->has_subdued()) {
    return failure(ErrorCode::invalid_argument,
                   "distress.subdued is on, but this distress model does not tell a subdued voice; "
                   "turn it off, or set distress.model to one that does");
  }
  return {};
}

Result<CallSession> CallSession::create(const SessionConfig& config, PerParty<bool> present,
                                        const AlertHistory& history) {
  auto agent_frames = FrameExtractor<Party::agent>::create();
  if (!agent_frames) return tl::unexpected(agent_frames.error());
  auto customer_frames = FrameExtractor<Party::customer>::create();
  if (!customer_frames) return tl::unexpected(customer_frames.error());
  if (const auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  auto distress = make_distress(config);
  if (!distress) return tl::unexpected(distress.error());
  auto conduct_cues = ConductCues::create(config.conduct, present);
  if (!conduct_cues) return tl::unexpected(conduct_cues.error());
  auto alerts = AlertPolicy::create(config.alerts, config.wording, history);
  if (!alerts) return tl::unexpected(alerts.error());
  return CallSession(std::make_unique<Chain>(
      Chain{std::move(*agent_frames), std::move(*customer_frames), config.turns,
            std::move(distress->judge), TurnTracker(config.turns), std::move(distress->model),
            DistressCues(config.distress), *conduct_cues, std::move(*alerts)}));
}

CallSession::CallSession(std::unique_ptr<Chain> chain) : chain_(std::move(chain)) {}
CallSession::CallSession(CallSession&&) noexcept = default;
CallSession& CallSession::operator=(CallSession&&) noexcept = default;
CallSession::~CallSession() = default;

void CallSession::push(const CallBlock& block, CallListener& listener) noexcept {
  assert(block.agent.size() == block.customer.size());
  const std::size_t samples = block.agent.size();
  for (std::size_t taken = 0; taken < samples;) {
    const std::size_t n = std::min(samples - taken, kHopSamples - chain_->hop_fill);
    for (const Party party : kParties) {
      std::copy_n(block[party].begin() + static_cast<std::ptrdiff_t>(taken), n,
                  chain_->hop[party].begin() + static_cast<std::ptrdiff_t>(chain_->hop_fill));
    }
    taken += n;
    chain_->hop_fill += n;
    if (chain_->hop_fill == kHopSamples) {
      chain_->hop_fill = 0;
      chain_->take_hop(listener);
    }
  }
}

void CallSession::finish(CallListener& listener) noexcept {
  Chain& chain = *chain_;
  if (chain.hop_fill > 0) {
    for (const Party party : kParties) {
      std::fill(chain.hop[party].begin() + static_cast<std::ptrdiff_t>(chain.hop_fill),
                chain.hop[party].end(), 0.0F);
    }
    chain.hop_fill = 0;
    chain.take_hop(listener);
  }
  // The frames that still wait for their look-ahead get silence.
  for (const Party party : kParties) chain.hop[party].fill(0.0F);
  for (int i = 0; i < kFrameLatencyHops; ++i) chain.take_hop(listener);

  const TurnFrame& last = chain.turns.flush();
  listener.on_turn(last);
  chain.changes.clear();
  chain.conduct_cues.process(last, chain.distress_cues.agitation(), chain.changes);
  chain.conduct_cues.finish(chain.changes);
  chain.distress_cues.finish(chain.changes);
  chain.tell(last, listener);
  for (const Alert& alert : chain.alerts.finish(chain.now_ms)) listener.on_alert(alert);
}

void CallSession::answer(const AlertAnswer& answer, CallListener& listener) noexcept {
  Chain& chain = *chain_;
  if (answer.alert_id < 1 || answer.alert_id > chain.alerts.delivered()) return;
  AlertAnswer taken = answer;
  taken.at_ms = chain.now_ms;
  taken.snooze_min =
      answer.answer == Answer::not_now ? std::clamp(answer.snooze_min, 0, kLongestSnoozeMin) : 0;
  chain.alerts.answer(taken);
  listener.on_answer(taken);
}

void CallSession::wake() noexcept { chain_->alerts.wake(); }

void CallSession::Chain::take_hop(CallListener& listener) noexcept {
  listener.on_hop(hop);
  const AgentFrame agent = agent_frames.process(hop.agent);
  const CustomerFrame customer = customer_frames.process(hop.customer);
  if (agent->index >= 0) take_frame(agent, customer, listener);
}

void CallSession::Chain::take_frame(const AgentFrame& agent, const CustomerFrame& customer,
                                    CallListener& listener) noexcept {
  const TurnFrame& turn = turns.process(*agent, *customer);
  // By type, only the customer's frames fit here.
  const std::optional<DistressEstimate> distress =
      distress_model ? distress_model->process(customer, turn.parties.customer) : std::nullopt;
  listener.on_frame({{*agent, *customer}, distress});
  listener.on_turn(turn);

  changes.clear();
  distress_cues.process(distress, turn, changes);
  conduct_cues.process(turn, distress_cues.agitation(), changes);
  tell(turn, listener);
}

void CallSession::Chain::tell(const TurnFrame& turn, CallListener& listener) noexcept {
  for (const CueChange& change : changes) listener.on_cue(change);
  now_ms = hops_to_ms(turn.index + kFrameLatencyHops + 1);
  const AlertHop now{
      .changes = changes,
      .agent_active = turn.parties.agent.active,
      .usual_known = {turn.parties.agent.baseline_ready, turn.parties.customer.baseline_ready},
      .now_ms = now_ms};
  for (const Alert& alert : alerts.process(now)) listener.on_alert(alert);
}

PerParty<PartySummary> CallSession::summary() const noexcept { return chain_->turns.summary(); }

TalkSummary CallSession::talk_summary() const noexcept { return chain_->turns.talk_summary(); }

const TurnConfig& CallSession::turn_config() const noexcept { return chain_->turn_config; }

const DistressJudge& CallSession::distress_judge() const noexcept { return chain_->distress_judge; }

const AlertHistory& CallSession::alert_history() const noexcept { return chain_->alerts.history(); }

}  // namespace tonecue

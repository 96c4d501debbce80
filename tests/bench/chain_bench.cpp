/// @file
/// Time per hop of what comes after the features, and of the whole call: `chain_bench`; the time
/// shown is that of one hop of both voices, or of loading once. `heap_kb` is what one more call
/// holds on the heap.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "bench/instruction_set.h"
#include "bench/sample_call.h"
#include "cues/distress_window.h"
#include "cues/made_voice.h"
#include "cues/usual_frame.h"
#include "cues/voice_inputs.h"
#include "cues/voice_network.h"
#include "tonecue/alerts/alert_policy.h"
#include "tonecue/cues/conduct_cues.h"
#include "tonecue/cues/distress_cues.h"
#include "tonecue/cues/distress_model.h"
#include "tonecue/cues/distress_weights.h"
#include "tonecue/features/frame_extractor.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/turns/turn_tracker.h"

namespace tonecue {
namespace {

using bench::measure_each;

constexpr int kBothVoices = 2;

// What each stage hands to the next at one hop.
struct Moment {
  PerParty<Hop> hop;
  AgentFrame agent;
  CustomerFrame customer;
  TurnFrame turn;
  std::optional<DistressEstimate> distress;
  CueChanges changes;
};

const std::vector<Moment>& moments() {
  static const auto all = [] {
    auto agent = FrameExtractor<Party::agent>::create();
    auto customer = FrameExtractor<Party::customer>::create();
    TurnTracker turns;
    auto model = DistressModel::create();
    DistressCues distress_cues;
    auto conduct_cues = ConductCues::create({});
    std::vector<Moment> made;
    for (std::size_t i = 0; i < bench::sample_hops().size(); ++i) {
      const PerParty<Hop> hop{bench::sample_hops(Party::agent)[i],
                              bench::sample_hops(Party::customer)[i]};
      Moment moment{hop, agent->process(hop.agent), customer->process(hop.customer), {}, {}, {}};
      if (moment.agent->index < 0) continue;
      moment.turn = turns.process(*moment.agent, *moment.customer);
      moment.distress = model->process(moment.customer, moment.turn.parties.customer);
      distress_cues.process(moment.distress, moment.turn, moment.changes);
      conduct_cues->process(moment.turn, distress_cues.agitation(), moment.changes);
      made.push_back(moment);
    }
    return made;
  }();
  return all;
}

void BM_TurnTracker(benchmark::State& state) {
  TurnTracker turns;
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    return turns.process(*at.agent, *at.customer).both_silent_s;
  });
}
BENCHMARK(BM_TurnTracker);

void BM_DistressModel(benchmark::State& state) {
  auto model = DistressModel::create();
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    return model->process(at.customer, at.turn.parties.customer).has_value();
  });
}
BENCHMARK(BM_DistressModel);

// As wide as the trained one, with an answer every 0.5 s. Only speech comes to it, and fresh from
// the chain: 3 s of it, so that they stay near the processor.
void BM_VoiceNetwork(benchmark::State& state) {
  state.SetLabel("one frame of speech; part of DistressModel");
  constexpr std::size_t kFrames = 300;
  std::vector<FeatureFrame> speech;
  for (const Moment& at : moments()) {
    if (at.customer->speech && speech.size() < kFrames) speech.push_back(*at.customer);
  }
  const test::MadeVoiceNetwork made({.first = 32, .trunk = 40, .hidden = 64});
  auto file = ModelFile::parse(test::model_of(made.tensors()));
  auto network = VoiceNetwork::create(*file, "sequence", test::kMadeHeads);
  VoiceInputs inputs;
  UsualFrame usual;
  std::array<float, test::kMadeHeads> log_odds{};
  int frames = 0;
  measure_each(state, speech, 1, [&](const FeatureFrame& frame) {
    const VoiceInput input = inputs.process(frame);
    usual.add(input);
    network->add(input, &usual);
    if (++frames % kDistressUpdateHops != 0) return false;
    usual.leave_out();
    return network->process(true, log_odds);
  });
}
BENCHMARK(BM_VoiceNetwork);

// Once per process, not per hop: hash, base64, sizes, layers.
void BM_LoadDistressWeights(benchmark::State& state) {
  for ([[maybe_unused]] auto pass : state) {
    auto file = ModelFile::parse(built_in_distress_file("research"));
    benchmark::DoNotOptimize(DistressWeights::create(std::move(*file), "research"));
  }
}
BENCHMARK(BM_LoadDistressWeights)->Unit(benchmark::kMillisecond);

void BM_DistressCues(benchmark::State& state) {
  DistressCues cues;
  CueChanges changes;
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    changes.clear();
    cues.process(at.distress, at.turn, changes);
    return changes.size();
  });
}
BENCHMARK(BM_DistressCues);

void BM_ConductCues(benchmark::State& state) {
  auto cues = ConductCues::create({});
  CueChanges changes;
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    changes.clear();
    cues->process(at.turn, Agitation::none, changes);
    return changes.size();
  });
}
BENCHMARK(BM_ConductCues);

void BM_AlertPolicy(benchmark::State& state) {
  auto alerts = AlertPolicy::create({}, Wording::defaults());
  std::int64_t now_ms = 0;
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    now_ms += kHopMs;
    const PerParty<PartyTurn>& voices = at.turn.parties;
    return alerts
        ->process({.changes = at.changes,
                   .agent_active = voices.agent.active,
                   .usual_known = {voices.agent.baseline_ready, voices.customer.baseline_ready},
                   .now_ms = now_ms})
        .size();
  });
}
BENCHMARK(BM_AlertPolicy);

std::size_t heap_bytes() {
  const struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

void BM_CallSession(benchmark::State& state) {
  state.SetLabel("the whole call");
  const auto earlier_call = CallSession::create({});  // Holds what all calls share.
  const std::size_t before = heap_bytes();
  auto session = CallSession::create({});
  const auto held = static_cast<double>(heap_bytes() - before);
  CallListener nobody;
  measure_each(state, moments(), kBothVoices, [&](const Moment& at) {
    session->push({at.hop.agent, at.hop.customer}, nobody);
    return session.has_value();
  });
  state.counters["heap_kb"] = held / 1000.0;
}
BENCHMARK(BM_CallSession);

}  // namespace
}  // namespace tonecue

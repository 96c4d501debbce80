// distress_series MODEL.json RECORDING SIDE
//
// What a model says of a recording through the program's own chain, for call_series.py. SIDE (0, 1)
// is the channel that counts as the customer's; a mono recording has only 0. Rows on the standard
// output, one per estimate, then one per distress cue:
//
//     estimate,end_s,state,log_odds,speech_s
//     cue,raised_at_s
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "tonecue/audio/file_source.h"
#include "tonecue/cues/log_odds.h"
#include "tonecue/pipeline/call_session.h"

namespace {

class Printer : public tonecue::CallListener {
 public:
  void on_frame(const tonecue::CallFrame& frame) noexcept override {
    if (!frame.distress) return;
    const auto& estimate = *frame.distress;
    const auto end = frame.voice.customer.index + 1;
    std::printf("estimate,%.2f,%s,%.4f,%.2f\n", static_cast<double>(end) / tonecue::kHopsPerSecond,
                name(estimate.state).data(),
                static_cast<double>(tonecue::log_odds(estimate.agitated)),
                static_cast<double>(estimate.speech_s));
  }
  void on_cue(const tonecue::CueChange& change) noexcept override {
    if (change.cue.kind != tonecue::CueKind::distress) return;
    if (change.phase != tonecue::CuePhase::raised) return;
    std::printf("cue,%.2f\n", static_cast<double>(change.cue.raised_at_ms) / 1000.0);
  }
};

/// The whole chain over a recording.
tonecue::Result<void> print_series(const std::string& model, const std::string& recording,
                                   bool second_side) {
  std::ifstream file(model, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto parsed = tonecue::ModelFile::parse(text);
  if (!parsed) return tl::unexpected(parsed.error());
  auto weights = tonecue::DistressWeights::create(std::move(*parsed), model);
  if (!weights) return tl::unexpected(weights.error());
  tonecue::SessionConfig config;
  config.distress_weights = *weights;

  using enum tonecue::Channel;
  auto source = tonecue::FileSource::create(recording,
                                            {second_side ? left : right, tonecue::Party::customer});
  if (!source) return tl::unexpected(source.error());
  auto session = tonecue::CallSession::create(config, source->info().present);
  if (!session) return tl::unexpected(session.error());
  Printer printer;
  for (auto block = source->read(tonecue::kHopSamples); block && !block->agent.empty();
       block = source->read(tonecue::kHopSamples)) {
    session->push(*block, printer);
  }
  session->finish(printer);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: distress_series MODEL.json RECORDING SIDE\n";
    return 2;
  }
  const auto done = print_series(argv[1], argv[2], std::string_view(argv[3]) == "1");
  if (!done) std::cerr << done.error().message << '\n';
  return done ? 0 : 1;
}

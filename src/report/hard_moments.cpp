#include "tonecue/report/hard_moments.h"

#include <algorithm>

#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

bool is_hard(const Cue& cue) {
  return cue.party == Party::customer &&
         (cue.kind == CueKind::distress || cue.kind == CueKind::raised_voice);
}

/// The cues that matter here, in the order in which they held.
std::vector<Cue> by_start(const CallReport& report) {
  std::vector<Cue> cues;
  for (const Cue& cue : report.cues) {
    if (is_hard(cue) || cue.kind == CueKind::recovered) cues.push_back(cue);
  }
  std::ranges::stable_sort(cues, {}, &Cue::start_ms);
  return cues;
}

std::optional<std::int64_t> acknowledged_after_ms(const CallReport& report, std::int64_t start_ms) {
  const auto customer = spoken_turns(report, Party::customer);
  const auto turn = std::ranges::find_if(
      customer, [&](const SpokenTurn& spoken) { return spoken.end_ms >= start_ms; });
  if (turn == customer.end()) return std::nullopt;
  const auto agent = spoken_turns(report, Party::agent);
  const auto answer = std::ranges::find_if(
      agent, [&](const SpokenTurn& spoken) { return spoken.end_ms > turn->end_ms; });
  if (answer == agent.end() || answer->start_ms < turn->end_ms) return std::nullopt;
  return answer->start_ms - turn->end_ms;
}

}  // namespace

std::vector<HardMoment> hard_moments(const CallReport& report) {
  std::vector<HardMoment> moments;
  for (const Cue& cue : by_start(report)) {
    const bool open = !moments.empty() && !moments.back().recovered_after_ms;
    if (!is_hard(cue)) {
      if (open) moments.back().recovered_after_ms = cue.start_ms - moments.back().start_ms;
    } else if (open) {
      moments.back().end_ms = std::max(moments.back().end_ms, cue.end_ms);
    } else {
      moments.push_back({.start_ms = cue.start_ms,
                         .end_ms = cue.end_ms,
                         .acknowledged_after_ms = acknowledged_after_ms(report, cue.start_ms),
                         .recovered_after_ms = {}});
    }
  }
  return moments;
}

}  // namespace tonecue

#include "tonecue/practice/practice_script.h"

#include <algorithm>
#include <cstdlib>

#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

/// The same moment, as a segment and as an overlap tell it.
constexpr std::int64_t kSameMs = 50;

/// Where the agent began to speak who speaks when the customer comes in; else that moment itself.
std::int64_t agent_onset_ms(const std::vector<SpokenTurn>& agent, std::int64_t start_ms) {
  std::int64_t onset_ms = start_ms;
  for (const SpokenTurn& turn : agent) {
    if (turn.start_ms <= start_ms && turn.end_ms > start_ms) onset_ms = turn.start_ms;
  }
  return onset_ms;
}

bool cuts_in(const CallReport& report, const SpokenTurn& turn) {
  return std::ranges::any_of(report.overlaps, [&](const Overlap& overlap) {
    const bool takes_floor =
        overlap.kind == OverlapKind::interruption || overlap.kind == OverlapKind::attempt;
    return takes_floor && overlap.starter == Party::customer &&
           std::abs(overlap.start_ms - turn.start_ms) <= kSameMs;
  });
}

}  // namespace

PracticeScript practice_script(const CallReport& report) {
  PracticeScript script;
  const auto agent = spoken_turns(report, Party::agent);
  for (const SpokenTurn& turn : spoken_turns(report, Party::customer)) {
    CustomerLine line{turn.start_ms, turn.end_ms, CustomerEntry::after_agent, 0};
    if (cuts_in(report, turn)) {
      line.entry = CustomerEntry::into_agent;
      line.after_onset_ms = turn.start_ms - agent_onset_ms(agent, turn.start_ms);
    }
    script.lines.push_back(line);
  }
  for (const SpeechSegment& word : backchannels(report)) {
    if (word.party != Party::customer) continue;
    script.lines.push_back({word.start_ms, word.end_ms, CustomerEntry::beside_agent,
                            word.start_ms - agent_onset_ms(agent, word.start_ms)});
  }
  std::ranges::stable_sort(script.lines, {}, &CustomerLine::start_ms);
  return script;
}

}  // namespace tonecue

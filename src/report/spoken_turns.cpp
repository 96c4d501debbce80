#include "tonecue/report/spoken_turns.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace tonecue {
namespace {

bool is_backchannel(const CallReport& report, const SpeechSegment& segment) {
  constexpr std::int64_t kAfterwardsMs = 300;  // What is spoken on after the overlap is no word.
  return std::ranges::any_of(report.overlaps, [&](const Overlap& overlap) {
    return overlap.kind == OverlapKind::backchannel && overlap.starter == segment.party &&
           overlap.start_ms >= segment.start_ms && overlap.start_ms < segment.end_ms &&
           segment.end_ms <= overlap.end_ms + kAfterwardsMs;
  });
}

/// How long the other party answered within this time.
std::int64_t answer_ms(std::span<const SpeechSegment> speech, Party party, std::int64_t from_ms,
                       std::int64_t to_ms) {
  std::int64_t answered_ms = 0;
  for (const SpeechSegment& segment : speech) {
    if (segment.party == party) continue;
    answered_ms += std::max<std::int64_t>(
        0, std::min(segment.end_ms, to_ms) - std::max(segment.start_ms, from_ms));
  }
  return answered_ms;
}

}  // namespace

std::vector<SpeechSegment> without_backchannels(const CallReport& report) {
  std::vector<SpeechSegment> speech;
  std::ranges::copy_if(report.segments, std::back_inserter(speech),
                       [&](const SpeechSegment& s) { return !is_backchannel(report, s); });
  return speech;
}

std::vector<SpeechSegment> backchannels(const CallReport& report) {
  std::vector<SpeechSegment> words;
  std::ranges::copy_if(report.segments, std::back_inserter(words),
                       [&](const SpeechSegment& s) { return is_backchannel(report, s); });
  return words;
}

std::vector<SpokenTurn> spoken_turns(const CallReport& report, Party party) {
  const std::vector<SpeechSegment> speech = without_backchannels(report);
  std::vector<SpokenTurn> turns;
  for (const SpeechSegment& segment : speech) {
    if (segment.party != party) continue;
    const bool goes_on = !turns.empty() && answer_ms(speech, party, turns.back().end_ms,
                                                     segment.start_ms) < kShortestAnswerMs;
    if (goes_on) {
      turns.back().end_ms = std::max(turns.back().end_ms, segment.end_ms);
    } else {
      turns.push_back({segment.start_ms, segment.end_ms});
    }
  }
  return turns;
}

}  // namespace tonecue

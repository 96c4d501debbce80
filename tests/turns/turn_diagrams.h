/// @file
/// Calls drawn as strings: one character per 100 ms.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/hop.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_tracker.h"

namespace tonecue::test {

inline constexpr int kHopsPerMark = 100 / kHopMs;
inline constexpr float kVoiceDbfs = -26.0F;
inline constexpr float kSoftVoiceDbfs = -40.0F;
inline constexpr float kLeakDbfs = -52.0F;  // 26 dB below the voice itself.
inline constexpr float kRoomDbfs = -75.0F;

inline float level_of(char mark) {
  switch (mark) {
    case 'S':
      return kVoiceDbfs;
    case 's':
      return kSoftVoiceDbfs;
    case 'l':
      return kLeakDbfs;
    default:
      return kRoomDbfs;
  }
}

/// S speech, s soft speech, l leak of the other voice that the detector takes for speech, _
/// silence.
inline FeatureFrame frame_of(char mark, std::int64_t index) {
  FeatureFrame frame;
  frame.index = index;
  frame.speech = mark != '_';
  frame.speech_prob = frame.speech ? 1.0F : 0.0F;
  frame.level_dbfs = level_of(mark);
  frame.mel_db.fill(level_of(mark));
  if (frame.speech) frame.f0_hz = 120.0F;
  frame.voicing = frame.speech_prob;
  return frame;
}

/// What a call gave, in order.
struct Heard {
  std::vector<SpeechSegment> segments;
  std::vector<Overlap> overlaps;
  std::vector<Interruption> interruptions;
  std::vector<std::int64_t> raised_ms;  ///< The frame of each interruption.
  std::vector<InterruptionOutcome> outcomes;
  PerParty<PartySummary> summary;
  TalkSummary talk;
};

inline void collect(const TurnFrame& frame, Heard& heard) {
  for (const Party party : kParties) {
    if (const auto& segment = frame.ended_segment[party]) heard.segments.push_back(*segment);
    if (const auto& overlap = frame.ended_overlap[party]) heard.overlaps.push_back(*overlap);
    if (const auto& cut = frame.interruption[party]) {
      heard.interruptions.push_back(*cut);
      heard.raised_ms.push_back(hops_to_ms(frame.index));
    }
    if (const auto& outcome = frame.outcome[party]) heard.outcomes.push_back(*outcome);
  }
}

/// Both strings have the same length. The call ends with them.
inline Heard hear(std::string_view agent, std::string_view customer,
                  const TurnConfig& config = {}) {
  TurnTracker tracker(config);
  Heard heard;
  const std::size_t marks = std::max(agent.size(), customer.size());
  for (std::size_t i = 0; i < marks * kHopsPerMark; ++i) {
    const auto index = static_cast<std::int64_t>(i);
    const std::size_t mark = i / kHopsPerMark;
    collect(tracker.process(frame_of(agent[mark], index), frame_of(customer[mark], index)), heard);
  }
  collect(tracker.flush(), heard);
  heard.summary = tracker.summary();
  heard.talk = tracker.talk_summary();
  return heard;
}

inline char mark_of(OverlapKind kind) {
  switch (kind) {
    case OverlapKind::backchannel:
      return 'b';
    case OverlapKind::terminal_overlap:
      return 't';
    case OverlapKind::interruption:
      return 'I';
    case OverlapKind::attempt:
      return 'a';
    case OverlapKind::simultaneous_start:
      return '2';
  }
  return '?';
}

/// The kinds of the overlaps, each where it began.
inline std::string drawn(const std::vector<Overlap>& overlaps, std::size_t marks) {
  std::string events(marks, ' ');
  for (const Overlap& overlap : overlaps) {
    events[static_cast<std::size_t>(overlap.start_ms / 100)] = mark_of(overlap.kind);
  }
  return events;
}

}  // namespace tonecue::test

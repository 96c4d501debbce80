/// @file
/// Made-up calls for the tests of the reports.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <random>
#include <string>

#include "tonecue/report/call_report.h"

namespace tonecue::test {

inline Cue cue(CueKind kind, Party party, std::int64_t start_ms, std::int64_t end_ms,
               std::initializer_list<EvidenceItem> evidence = {}) {
  Cue made;
  made.kind = kind;
  made.party = party;
  made.start_ms = start_ms;
  made.end_ms = end_ms;
  made.raised_at_ms = start_ms + 800;
  made.confidence = 0.75F;
  for (const EvidenceItem& item : evidence) made.evidence.add(item.name, item.value);
  return made;
}

/// Fills the track: speech at -20 dBFS where a segment lies, silence elsewhere.
inline void draw_track(CallReport& report) {
  const auto points = static_cast<std::size_t>(report.duration_ms / kTrackStepMs);
  for (const Party party : kParties) {
    report.track[party].assign(points, {});
    for (const SpeechSegment& segment : report.segments) {
      if (segment.party != party) continue;
      for (std::int64_t t = segment.start_ms; t < segment.end_ms; t += kTrackStepMs) {
        const auto i = static_cast<std::size_t>(t / kTrackStepMs);
        if (i < points) report.track[party][i] = {0.5F, -20.0F, 180.0F, true, std::nullopt};
      }
    }
  }
}

/// Three seconds: the agent speaks, the customer answers and is cut off.
inline CallReport short_call() {
  CallReport report;
  report.file = "short.wav";
  report.duration_ms = 3000;
  report.sample_rate_hz = 8000;
  report.parties.agent.talk_s = 1.5F;
  report.parties.agent.talk_share = 0.5F;
  report.parties.agent.interruptions = 1;
  report.parties.agent.f0_median_hz = 181.23456F;
  report.segments = {
      {Party::agent, 0, 1000}, {Party::customer, 1200, 2400}, {Party::agent, 2000, 2500}};
  report.overlaps = {{Party::agent, OverlapKind::interruption, 2000, 2400}};
  report.cues = {cue(CueKind::interruption, Party::agent, 2000, 2400,
                     {{"overlap_s", 0.4F}, {"holder_turn_s", 0.8F}})};
  report.alerts = {
      {2600, CueKind::interruption, Party::agent, "Let them finish.", Delivery::delivered},
      {2900, CueKind::monologue, Party::agent, "Ask a question.", Delivery::over_budget}};
  draw_track(report);
  return report;
}

/// Any call that the types allow: spans that touch, coincide, are empty or leave the call.
inline CallReport random_call(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&random](int bound) {
    return static_cast<int>(random() % static_cast<std::uint32_t>(bound));
  };
  CallReport report;
  report.file = "random \"" + std::to_string(seed) + "\".wav";
  report.duration_ms = 10 + below(60'000);
  const auto length_ms = static_cast<int>(report.duration_ms);
  const auto party = [&] { return below(2) == 0 ? Party::agent : Party::customer; };
  for (int i = below(12); i > 0; --i) {
    const std::int64_t start_ms = below(length_ms);
    report.segments.push_back({party(), start_ms, start_ms + below(4000)});
    report.overlaps.push_back(
        {party(), static_cast<OverlapKind>(below(5)), start_ms, start_ms + below(900)});
    report.cues.push_back(cue(static_cast<CueKind>(below(kCueKinds)), party(), start_ms,
                              start_ms + below(5000), {{"made_up", 1.5F}}));
  }
  std::ranges::sort(report.segments, {}, &SpeechSegment::start_ms);
  std::ranges::sort(report.overlaps, {}, &Overlap::start_ms);
  std::ranges::sort(report.cues, {}, &Cue::raised_at_ms);
  draw_track(report);
  return report;
}

}  // namespace tonecue::test

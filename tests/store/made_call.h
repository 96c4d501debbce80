/// @file
/// Calls of any length with something in every field.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tonecue/report/call_report.h"
#include "tonecue/store/call_details.h"

namespace tonecue::test {

inline constexpr std::string_view kSomeSha256 =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

inline CallDetails some_details(std::string_view agent = "Kim", std::string_view team = "north") {
  return {.started_unix_ms = 1'700'000'000'000,
          .agent = std::string(agent),
          .team = std::string(team),
          .queue = "billing",
          .caller_ref = "caller 7",
          .consent_ref = "spoken notice 2",
          .origin = CallOrigin::live,
          .source = "",
          .content_sha256 = ""};
}

inline CallMakers some_makers() {
  return {.program_version = "0.1.0", .settings_toml = "[cues]\nraised_level_db = 6\n"};
}

/// The same seed makes the same call.
class MadeCall {
 public:
  explicit MadeCall(unsigned seed) : random_(seed) {}

  CallReport report(std::int64_t duration_ms) {
    CallReport report;
    report.file = "calls/made é.flac";
    report.duration_ms = duration_ms;
    report.sample_rate_hz = 44100;
    report.line_delay_ms = 120;
    for (const Party party : kParties) {
      report.parties[party] = summary();
      report.track[party] = track(party, duration_ms);
    }
    report.usual_ready_at_ms.customer = 21'340;
    report.usual.customer = {
        .f0_hz = number(80, 250), .level_dbfs = number(-40, -20), .rate_syl_per_s = number(3, 6)};
    report.talk = {.either_s = number(10, 200),
                   .sum_s = number(10, 200),
                   .both_s = number(0, 20),
                   .overtalk_ratio = number(0, 1),
                   .overtalk_incidents = count(30),
                   .agent_overtalk_incidents = count(9),
                   .non_talk_s = number(0, 20),
                   .non_talk_incidents = count(5)};
    report.distress = {.judged_s = number(1, 100),
                       .unknown_s = number(1, 100),
                       .peak_score = number(0, 1),
                       .distressed_s = number(0, 50),
                       .unknown_by_s = {0.0F, 0.1F, 2.2F, 3.3F, 4.4F, 5.5F},
                       .judge = {"research", "536b48e037cd", true}};
    add_stretches(report);
    add_cues(report);
    return report;
  }

 private:
  float number(float from, float to) {
    return std::uniform_real_distribution<float>(from, to)(random_);
  }
  int count(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  bool once_in(int times) { return count(times - 1) == 0; }

  PartySummary summary() {
    return {.talk_s = number(0, 200),
            .talk_share = number(0, 1),
            .syllables = count(900),
            .speech_rate_syl_per_s = number(2, 5),
            .articulation_rate_syl_per_s = number(3, 6),
            .f0_median_hz = number(80, 250),
            .f0_range_st = number(3, 12),
            .level_dbfs = number(-40, -20),
            .interruptions = count(9),
            .interruptions_per_hour = number(0, 90),
            .given_back = count(3),
            .given_back_median_s = number(0, 9),
            .backchannels = count(20),
            .longest_turn_s = number(3, 60),
            .response_gap_p10_ms = number(100, 300),
            .response_gap_median_ms = number(300, 600),
            .response_gap_p90_ms = number(600, 1200),
            .bleed = BleedState::guarded,
            .baseline_ready = true};
  }

  // Turns of some seconds with syllables, a pitch that wanders, and a line's noise between.
  std::vector<TrackPoint> track(Party party, std::int64_t duration_ms) {
    std::vector<TrackPoint> points(static_cast<std::size_t>(duration_ms / kTrackStepMs));
    bool speaking = party == Party::agent;
    int left = 0;
    float f0_hz = party == Party::agent ? 120.0F : 190.0F;
    std::optional<float> distress;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (left-- == 0) {
        speaking = !speaking;
        left = 5 + count(60);
      }
      TrackPoint& point = points[i];
      point.speaking = speaking;
      point.level_dbfs = speaking ? number(-38, -18) : number(-64, -60);
      point.peak = std::pow(10.0F, 0.05F * (point.level_dbfs + number(8, 14)));
      f0_hz = std::clamp(f0_hz * std::exp2(number(-0.1F, 0.1F)), 70.0F, 320.0F);
      if (speaking && !once_in(3)) point.f0_hz = f0_hz;
      if (speaking) point.syllables = count(1);
      if (party == Party::agent) continue;
      if (i % 5 == 0) distress = once_in(4) ? std::nullopt : std::optional(number(0, 1));
      if (speaking) point.distress = distress;
    }
    return points;
  }

  void add_stretches(CallReport& report) {
    for (std::int64_t at_ms = 500; at_ms + 3000 < report.duration_ms; at_ms += 1000 + count(5000)) {
      const Party party = once_in(2) ? Party::agent : Party::customer;
      report.segments.push_back({party, at_ms, at_ms + 200 + count(9000)});
      if (!once_in(3)) continue;
      report.overlaps.push_back(
          {other(party), static_cast<OverlapKind>(count(4)), at_ms, at_ms + 100 + count(1000)});
    }
  }

  void add_cues(CallReport& report) {
    int id = 0;
    for (std::int64_t at_ms = 2000; at_ms < report.duration_ms; at_ms += 1000 + count(39'000)) {
      Cue cue{.kind = static_cast<CueKind>(count(kCueKinds - 1)),
              .party = once_in(2) ? Party::agent : Party::customer,
              .start_ms = at_ms - 1500,
              .end_ms = at_ms + count(9000),
              .raised_at_ms = at_ms,
              .confidence = number(0, 1)};
      cue.evidence.add("level_db", number(-9, 9));
      cue.evidence.add("rate_ratio", number(0, 2));
      cue.evidence.add("syllables", static_cast<float>(count(90)));
      report.cues.push_back(cue);
      AlertRecord alert{.at_ms = at_ms + 200,
                        .cue = cue.kind,
                        .party = cue.party,
                        .text = "Let them finish: \"I hear you.\"",
                        .delivery = static_cast<Delivery>(count(6)),
                        .id = ++id,
                        .escalation = once_in(5),
                        .answer = {},
                        .raised_at_ms = at_ms,
                        .confidence = cue.confidence};
      if (once_in(2)) {
        alert.answer =
            AlertAnswer{id, static_cast<tonecue::Answer>(count(2)), count(60), at_ms + 900};
      }
      report.alerts.push_back(alert);
    }
  }

  std::mt19937 random_;
};

/// What a listener had of a call at a moment: what began before, as far as it had come.
inline CallReport so_far(const CallReport& whole, std::int64_t now_ms) {
  CallReport report = whole;
  report.duration_ms = std::min(whole.duration_ms, now_ms);
  std::erase_if(report.segments, [&](const SpeechSegment& one) { return one.end_ms > now_ms; });
  std::erase_if(report.overlaps, [&](const Overlap& one) { return one.end_ms > now_ms; });
  std::erase_if(report.cues, [&](const Cue& cue) { return cue.raised_at_ms > now_ms; });
  for (Cue& cue : report.cues) cue.end_ms = std::min(cue.end_ms, now_ms);
  std::erase_if(report.alerts, [&](const AlertRecord& alert) { return alert.at_ms > now_ms; });
  for (AlertRecord& alert : report.alerts) {
    if (alert.answer && alert.answer->at_ms > now_ms) alert.answer.reset();
  }
  for (const Party party : kParties) {
    const auto points = static_cast<std::size_t>(now_ms / kTrackStepMs);
    auto& track = report.track[party];
    track.resize(std::min(track.size(), points));
  }
  return report;
}

}  // namespace tonecue::test

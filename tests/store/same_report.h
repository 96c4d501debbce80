/// @file
/// Whether two reports say the same.
#pragma once

#include <cmath>

#include <gtest/gtest.h>

#include "tonecue/report/call_report.h"

namespace tonecue::test {

inline void expect_same(const PartySummary& kept, const PartySummary& was) {
  EXPECT_EQ(kept.talk_s, was.talk_s);
  EXPECT_EQ(kept.talk_share, was.talk_share);
  EXPECT_EQ(kept.syllables, was.syllables);
  EXPECT_EQ(kept.speech_rate_syl_per_s, was.speech_rate_syl_per_s);
  EXPECT_EQ(kept.articulation_rate_syl_per_s, was.articulation_rate_syl_per_s);
  EXPECT_EQ(kept.f0_median_hz, was.f0_median_hz);
  EXPECT_EQ(kept.f0_range_st, was.f0_range_st);
  EXPECT_EQ(kept.level_dbfs, was.level_dbfs);
  EXPECT_EQ(kept.interruptions, was.interruptions);
  EXPECT_EQ(kept.interruptions_per_hour, was.interruptions_per_hour);
  EXPECT_EQ(kept.given_back, was.given_back);
  EXPECT_EQ(kept.given_back_median_s, was.given_back_median_s);
  EXPECT_EQ(kept.backchannels, was.backchannels);
  EXPECT_EQ(kept.longest_turn_s, was.longest_turn_s);
  EXPECT_EQ(kept.response_gap_p10_ms, was.response_gap_p10_ms);
  EXPECT_EQ(kept.response_gap_median_ms, was.response_gap_median_ms);
  EXPECT_EQ(kept.response_gap_p90_ms, was.response_gap_p90_ms);
  EXPECT_EQ(kept.bleed, was.bleed);
  EXPECT_EQ(kept.baseline_ready, was.baseline_ready);
}

inline void expect_same(const DistressSummary& kept, const DistressSummary& was) {
  EXPECT_EQ(kept.judged_s, was.judged_s);
  EXPECT_EQ(kept.unknown_s, was.unknown_s);
  EXPECT_EQ(kept.peak_score, was.peak_score);
  EXPECT_EQ(kept.distressed_s, was.distressed_s);
  EXPECT_EQ(kept.unknown_by_s, was.unknown_by_s);
  EXPECT_EQ(kept.judge.model, was.judge.model);
  EXPECT_EQ(kept.judge.sha256_begins, was.judge.sha256_begins);
  EXPECT_EQ(kept.judge.site_calibrated, was.judge.site_calibrated);
}

inline void expect_same(const TalkSummary& kept, const TalkSummary& was) {
  EXPECT_EQ(kept.either_s, was.either_s);
  EXPECT_EQ(kept.sum_s, was.sum_s);
  EXPECT_EQ(kept.both_s, was.both_s);
  EXPECT_EQ(kept.overtalk_ratio, was.overtalk_ratio);
  EXPECT_EQ(kept.overtalk_incidents, was.overtalk_incidents);
  EXPECT_EQ(kept.agent_overtalk_incidents, was.agent_overtalk_incidents);
  EXPECT_EQ(kept.non_talk_s, was.non_talk_s);
  EXPECT_EQ(kept.non_talk_incidents, was.non_talk_incidents);
}

inline void expect_same(const Cue& kept, const Cue& was) {
  EXPECT_EQ(kept.kind, was.kind);
  EXPECT_EQ(kept.party, was.party);
  EXPECT_EQ(kept.start_ms, was.start_ms);
  EXPECT_EQ(kept.end_ms, was.end_ms);
  EXPECT_EQ(kept.raised_at_ms, was.raised_at_ms);
  EXPECT_EQ(kept.confidence, was.confidence);
  const auto kept_items = kept.evidence.items();
  const auto was_items = was.evidence.items();
  ASSERT_EQ(kept_items.size(), was_items.size());
  for (std::size_t i = 0; i < kept_items.size(); ++i) {
    EXPECT_EQ(kept_items[i].name, was_items[i].name);
    EXPECT_EQ(kept_items[i].value, was_items[i].value);
  }
}

inline void expect_same(const AlertRecord& kept, const AlertRecord& was) {
  EXPECT_EQ(kept.at_ms, was.at_ms);
  EXPECT_EQ(kept.cue, was.cue);
  EXPECT_EQ(kept.party, was.party);
  EXPECT_EQ(kept.text, was.text);
  EXPECT_EQ(kept.delivery, was.delivery);
  EXPECT_EQ(kept.id, was.id);
  EXPECT_EQ(kept.escalation, was.escalation);
  EXPECT_EQ(kept.raised_at_ms, was.raised_at_ms);
  EXPECT_EQ(kept.confidence, was.confidence);
  ASSERT_EQ(kept.answer.has_value(), was.answer.has_value());
  if (!was.answer) return;
  EXPECT_EQ(kept.answer->alert_id, was.answer->alert_id);
  EXPECT_EQ(kept.answer->answer, was.answer->answer);
  EXPECT_EQ(kept.answer->snooze_min, was.answer->snooze_min);
  EXPECT_EQ(kept.answer->at_ms, was.answer->at_ms);
}

inline void expect_same(const DeviceHealth& kept, const DeviceHealth& was) {
  EXPECT_EQ(kept.name, was.name);
  EXPECT_EQ(kept.parties.agent, was.parties.agent);
  EXPECT_EQ(kept.parties.customer, was.parties.customer);
  EXPECT_EQ(kept.sample_rate_hz, was.sample_rate_hz);
  EXPECT_EQ(kept.drift_ppm, was.drift_ppm);
  EXPECT_EQ(kept.wrong_rate, was.wrong_rate);
  EXPECT_EQ(kept.times_lost, was.times_lost);
  EXPECT_EQ(kept.gaps, was.gaps);
  EXPECT_EQ(kept.gap_ms, was.gap_ms);
  EXPECT_EQ(kept.dropped_ms, was.dropped_ms);
  EXPECT_EQ(kept.overruns, was.overruns);
  EXPECT_EQ(kept.bad_samples, was.bad_samples);
}

/// Within half a step of the trace: 2 dB, 1/4 semitone and 1 %; 4 dB where nobody speaks.
inline void expect_near(const TrackPoint& kept, const TrackPoint& was) {
  ASSERT_EQ(kept.speaking, was.speaking);
  const float half_db = was.speaking ? 1.001F : 2.001F;
  const auto peak_db = [](float peak) { return 20.0F * std::log10(std::max(peak, 1e-5F)); };
  EXPECT_NEAR(kept.level_dbfs, std::max(was.level_dbfs, -100.0F), half_db);
  EXPECT_NEAR(peak_db(kept.peak), peak_db(was.peak), half_db);
  ASSERT_EQ(kept.distress.has_value(), was.distress.has_value());
  if (was.distress) {
    EXPECT_NEAR(*kept.distress, *was.distress, 0.00501F);
  }
  EXPECT_EQ(kept.syllables, was.syllables);
  ASSERT_EQ(kept.f0_hz.has_value(), was.speaking && was.f0_hz.has_value());
  if (kept.f0_hz) {
    EXPECT_NEAR(12.0F * std::log2(*kept.f0_hz / *was.f0_hz), 0.0F, 0.12501F);
  }
}

template <class T>
void expect_all_same(const std::vector<T>& kept, const std::vector<T>& was) {
  ASSERT_EQ(kept.size(), was.size());
  for (std::size_t i = 0; i < kept.size(); ++i) expect_same(kept[i], was[i]);
}

/// Every field, the track within its steps.
inline void expect_same(const CallReport& kept, const CallReport& was) {
  EXPECT_EQ(kept.file, was.file);
  EXPECT_EQ(kept.duration_ms, was.duration_ms);
  EXPECT_EQ(kept.sample_rate_hz, was.sample_rate_hz);
  EXPECT_EQ(kept.line_delay_ms, was.line_delay_ms);
  expect_same(kept.talk, was.talk);
  expect_same(kept.distress, was.distress);
  for (const Party party : kParties) {
    EXPECT_EQ(kept.present[party], was.present[party]);
    expect_same(kept.parties[party], was.parties[party]);
    EXPECT_EQ(kept.usual_ready_at_ms[party], was.usual_ready_at_ms[party]);
    ASSERT_EQ(kept.usual[party].has_value(), was.usual[party].has_value());
    if (was.usual[party]) {
      EXPECT_EQ(kept.usual[party]->f0_hz, was.usual[party]->f0_hz);
      EXPECT_EQ(kept.usual[party]->level_dbfs, was.usual[party]->level_dbfs);
      EXPECT_EQ(kept.usual[party]->rate_syl_per_s, was.usual[party]->rate_syl_per_s);
    }
    ASSERT_EQ(kept.track[party].size(), was.track[party].size());
    for (std::size_t i = 0; i < was.track[party].size(); ++i) {
      SCOPED_TRACE(testing::Message() << name(party) << ", point " << i);
      expect_near(kept.track[party][i], was.track[party][i]);
    }
  }
  ASSERT_EQ(kept.segments.size(), was.segments.size());
  for (std::size_t i = 0; i < was.segments.size(); ++i) {
    EXPECT_EQ(kept.segments[i].party, was.segments[i].party);
    EXPECT_EQ(kept.segments[i].start_ms, was.segments[i].start_ms);
    EXPECT_EQ(kept.segments[i].end_ms, was.segments[i].end_ms);
  }
  ASSERT_EQ(kept.overlaps.size(), was.overlaps.size());
  for (std::size_t i = 0; i < was.overlaps.size(); ++i) {
    EXPECT_EQ(kept.overlaps[i].starter, was.overlaps[i].starter);
    EXPECT_EQ(kept.overlaps[i].kind, was.overlaps[i].kind);
    EXPECT_EQ(kept.overlaps[i].start_ms, was.overlaps[i].start_ms);
    EXPECT_EQ(kept.overlaps[i].end_ms, was.overlaps[i].end_ms);
  }
  expect_all_same(kept.cues, was.cues);
  expect_all_same(kept.alerts, was.alerts);
  ASSERT_EQ(kept.live.has_value(), was.live.has_value());
  if (!was.live) return;
  EXPECT_EQ(kept.live->decision_median_ms, was.live->decision_median_ms);
  EXPECT_EQ(kept.live->decision_p99_ms, was.live->decision_p99_ms);
  expect_all_same(kept.live->devices, was.live->devices);
}

}  // namespace tonecue::test

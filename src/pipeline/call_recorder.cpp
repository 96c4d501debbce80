#include "tonecue/pipeline/call_recorder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tonecue {
namespace {

constexpr int kHopsPerStep = kTrackStepMs / kHopMs;

float peak_of(const std::array<float, kHopSamples>& hop) {
  float peak = 0.0F;
  for (const float x : hop) peak = std::isfinite(x) ? std::max(peak, std::abs(x)) : peak;
  return std::min(peak, 1.0F);
}

template <class T>
void sort_by(std::vector<T>& items, std::int64_t T::*time) {
  std::stable_sort(items.begin(), items.end(),
                   [time](const T& a, const T& b) { return a.*time < b.*time; });
}

}  // namespace

CallRecorder::CallRecorder(RecordingInfo info) {
  report_.file = std::move(info.path);
  report_.sample_rate_hz = info.sample_rate_hz;
  report_.present = info.present;
}

void CallRecorder::on_hop(const CallHop& hop) noexcept {
  const bool new_step = hops_++ % kHopsPerStep == 0;
  for (const Party party : kParties) {
    auto& peaks = peak_[party];
    if (new_step) peaks.push_back(0.0F);
    peaks.back() = std::max(peaks.back(), peak_of(hop[party]));
  }
}

void CallRecorder::on_frame(const CallFrame& frame) noexcept {
  for (const Party party : kParties) {
    const FeatureFrame& voice = frame.voice[party];
    StepVoice& step = step_[party];
    ++step.frames;
    step.power += db_to_power(voice.level_dbfs);
    if (voice.syllable) ++step.syllables;
    if (voice.f0_hz) step.f0_hz[static_cast<std::size_t>(step.voiced++)] = *voice.f0_hz;
  }
  if (frame.distress) take_estimate(*frame.distress);
}

void CallRecorder::take_estimate(const DistressEstimate& estimate) {
  distress_.reset();
  distress_state_ = estimate.state;
  if (estimate.state == DistressState::ok) {
    distress_ = estimate.agitated;
    report_.distress.peak_score = std::max(report_.distress.peak_score, estimate.agitated);
  }
}

void CallRecorder::on_turn(const TurnFrame& frame) noexcept {
  const bool again = frame.index == last_turn_;  // The last frame, to tell what the end closed.
  last_turn_ = frame.index;
  const PartyTurn& customer = frame.parties.customer;
  if (customer.active && !again) ++customer_hops_[static_cast<std::size_t>(distress_state_)];
  for (const Party party : kParties) {
    if (frame.parties[party].baseline_ready && !report_.usual_ready_at_ms[party]) {
      report_.usual_ready_at_ms[party] = hops_to_ms(frame.index + kFrameLatencyHops + 1);
    }
    if (frame.parties[party].usual) report_.usual[party] = frame.parties[party].usual;
    if (frame.parties[party].speaking && !again) ++step_[party].speaking;
    if (frame.ended_segment[party]) report_.segments.push_back(*frame.ended_segment[party]);
    if (frame.ended_overlap[party]) report_.overlaps.push_back(*frame.ended_overlap[party]);
    if (frame.outcome[party]) outcomes_.push_back(*frame.outcome[party]);
    if (step_[party].frames == kHopsPerStep) end_step(party);
  }
}

void CallRecorder::end_step(Party party) {
  StepVoice& step = step_[party];
  if (step.frames == 0) return;
  TrackPoint point;
  point.level_dbfs = power_to_db(step.power / static_cast<float>(step.frames));
  point.speaking = 2 * step.speaking >= step.frames;
  if (point.speaking) point.syllables = step.syllables;
  if (2 * step.voiced >= step.frames) {
    const auto middle = step.f0_hz.begin() + step.voiced / 2;
    std::nth_element(step.f0_hz.begin(), middle, step.f0_hz.begin() + step.voiced);
    point.f0_hz = *middle;
  }
  if (party == Party::customer && point.speaking) point.distress = distress_;
  report_.track[party].push_back(point);
  step = {};
}

void CallRecorder::on_cue(const CueChange& change) noexcept {
  const Cue& cue = change.cue;
  if (change.phase == CuePhase::raised) {
    report_.cues.push_back(cue);
    return;
  }
  const auto begun = std::find_if(report_.cues.rbegin(), report_.cues.rend(), [&](const Cue& c) {
    return c.kind == cue.kind && c.party == cue.party && c.raised_at_ms == cue.raised_at_ms;
  });
  if (begun != report_.cues.rend()) *begun = cue;
}

void CallRecorder::on_alert(const Alert& alert) noexcept {
  report_.alerts.push_back(record_of(alert));
}

void CallRecorder::on_answer(const AlertAnswer& answer) noexcept {
  const auto alert = std::ranges::find(report_.alerts, answer.alert_id, &AlertRecord::id);
  if (alert != report_.alerts.end()) alert->answer = answer;
}

// The cue was over before anybody could know.
void CallRecorder::add_outcomes() {
  for (const InterruptionOutcome& outcome : outcomes_) {
    const auto cut = std::find_if(report_.cues.begin(), report_.cues.end(), [&](const Cue& cue) {
      return cue.kind == CueKind::interruption && cue.party == outcome.starter &&
             cue.start_ms == outcome.start_ms;
    });
    if (cut == report_.cues.end()) continue;
    cut->evidence.add("given_back", outcome.given_back_after_s ? 1.0F : 0.0F);
    if (outcome.given_back_after_s) {
      cut->evidence.add("given_back_after_s", *outcome.given_back_after_s);
    }
  }
}

void CallRecorder::add_distress(const DistressJudge& judge) {
  DistressSummary& distress = report_.distress;
  distress.judge = judge;
  for (const Cue& cue : report_.cues) {
    if (cue.kind != CueKind::distress) continue;
    distress.distressed_s += static_cast<float>(ms_to_s(cue.end_ms - cue.start_ms));
  }
  if (judge.model.empty()) return;  // Nobody asked, so "don't know" is not the answer.
  constexpr auto kJudged = static_cast<std::size_t>(DistressState::ok);
  for (std::size_t state = 0; state < customer_hops_.size(); ++state) {
    const float seconds = hops_to_s(customer_hops_[state]);
    if (state == kJudged) {
      distress.judged_s = seconds;
    } else {
      distress.unknown_by_s[state] = seconds;
      distress.unknown_s += seconds;
    }
  }
}

void CallRecorder::add_peaks() {
  for (const Party party : kParties) {
    auto& track = report_.track[party];
    std::size_t& told = peaks_told_[party];
    for (; told < std::min(track.size(), peak_[party].size()); ++told) {
      track[told].peak = peak_[party][told];
    }
  }
}

const CallReport& CallRecorder::so_far() {
  report_.duration_ms = hops_to_ms(hops_);
  add_peaks();
  return report_;
}

CallReport CallRecorder::report(const CallSession& session, std::int64_t duration_samples) {
  report_.duration_ms = duration_samples * 1000 / kSampleRateHz;
  report_.parties = session.summary();
  report_.talk = session.talk_summary();
  report_.line_delay_ms = session.turn_config().line_delay_ms;
  add_outcomes();
  add_distress(session.distress_judge());
  sort_by(report_.segments, &SpeechSegment::start_ms);
  sort_by(report_.overlaps, &Overlap::start_ms);
  sort_by(report_.cues, &Cue::raised_at_ms);
  const auto steps =
      static_cast<std::size_t>((report_.duration_ms + kTrackStepMs - 1) / kTrackStepMs);
  for (const Party party : kParties) {
    end_step(party);
    report_.track[party].resize(steps);
  }
  add_peaks();
  return std::move(report_);
}

}  // namespace tonecue

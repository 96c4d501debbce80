#include "audio/timeline/input_timeline.h"

#include <algorithm>
#include <utility>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kNsPerSample = kNsPerSecond / kSampleRateHz;

// Sample times taken from a ring at once: more than devices bring in one callback.
constexpr std::size_t kRoomTimes = 4800;

// Notices between two times that they are asked for; the health of the devices counts all.
constexpr std::size_t kMostNotices = 64;

// A person is not told of what no ear would miss; it is counted.
constexpr std::int64_t kLeastToldGapMs = 100;

constexpr std::int64_t kOverrunsTellMs = 10'000;  // A device that is ill says so with each block.

}  // namespace

PerParty<bool> InputTimeline::Input::parties() const noexcept {
  PerParty<bool> parties{true, true};
  if (layout.channels == 1) parties[other(layout.party)] = false;
  return parties;
}

Result<InputTimeline> InputTimeline::create(std::span<const Input> inputs,
                                            InputKeeper::Events& events) {
  std::vector<StreamLayout> layouts;
  std::vector<State> states;
  for (const Input& input : inputs) {
    layouts.push_back(input.layout);
    states.push_back({.input = input, .sample_rate_hz = input.layout.sample_rate_hz});
  }
  auto timeline = CallTimeline::create(layouts);
  if (!timeline) return tl::unexpected(timeline.error());
  return InputTimeline(std::move(states), std::move(*timeline), events);
}

InputTimeline::InputTimeline(std::vector<State> states, CallTimeline timeline,
                             InputKeeper::Events& events)
    : states_(std::move(states)), timeline_(std::move(timeline)), events_(&events) {
  constexpr std::size_t kMostChannels = 2;
  room_.resize(kRoomTimes * kMostChannels);
  notices_.reserve(kMostNotices);
}

CallBlock InputTimeline::read(std::int64_t now_ns, int max_samples) noexcept {
  if (std::exchange(notices_taken_, false)) notices_.clear();
  if (!finished_) take_in();
  const CallBlock block = timeline_.read(now_ns, max_samples);
  if (timeline_.origin_ns() != 0) collect_notices();
  return block;
}

void InputTimeline::finish() noexcept {
  take_in();
  timeline_.finish();
  finished_ = true;
}

std::span<const DeviceNotice> InputTimeline::notices() noexcept {
  notices_taken_ = true;
  return notices_;
}

std::int64_t InputTimeline::captured_ns() const noexcept {
  return timeline_.origin_ns() + timeline_.given_samples() * kNsPerSample;
}

DeviceHealth InputTimeline::health(std::size_t input) const {
  const State& state = states_[input];
  const auto stream = static_cast<int>(input);
  const StreamCounts& counts = timeline_.counts(stream);
  constexpr std::int64_t kMsPerSecond = 1000;
  const std::int64_t no_room_ms =
      state.input.buffer->dropped_sample_times() * kMsPerSecond / state.sample_rate_hz;
  return {.name = {},
          .parties = state.input.parties(),
          .sample_rate_hz = state.sample_rate_hz,
          .drift_ppm = timeline_.drift_ppm(stream),
          .wrong_rate = timeline_.wrong_rate(stream),
          .times_lost = state.times_lost,
          .gaps = counts.gaps,
          .gap_ms = counts.gap_samples * kMsPerSecond / kSampleRateHz,
          .dropped_ms = counts.dropped_samples * kMsPerSecond / kSampleRateHz + no_room_ms,
          .overruns = state.input.buffer->overruns(),
          .bad_samples = counts.invalid_samples};
}

void InputTimeline::take_in() noexcept {
  for (std::size_t i = 0; i < states_.size(); ++i) take_in(static_cast<int>(i), states_[i]);
}

void InputTimeline::take_in(int stream, State& state) noexcept {
  for (auto sound = state.input.buffer->pop(room_); !sound.interleaved.empty();
       sound = state.input.buffer->pop(room_)) {
    if (sound.opening != state.opening) {
      // The first stream is what the time line was made for.
      if (state.opening != 0) static_cast<void>(timeline_.restart(stream, sound.sample_rate_hz));
      state.opening = sound.opening;
      state.sample_rate_hz = sound.sample_rate_hz;
      state.arrival_ns = 0;
    }
    state.arrival_ns = std::max(state.arrival_ns, sound.arrival_ns);
    timeline_.push(stream, sound.interleaved, state.arrival_ns);
  }
}

void InputTimeline::collect_notices() noexcept {
  note_events();
  note_wrong_rates();
  note_gaps();
  for (State& state : states_) note_overruns(state);
}

void InputTimeline::note_events() noexcept {
  InputEvent event;
  while (events_->pop(event)) {
    State& state = states_[static_cast<std::size_t>(event.input)];
    state.back = event.kind == InputEvent::Kind::back;
    if (state.back) continue;
    state.lost = true;
    ++state.times_lost;
    const std::int64_t at_ms = (event.at_ns - timeline_.origin_ns()) / kNsPerMs;
    note(DeviceNotice::Kind::lost, state.input.parties(), std::max<std::int64_t>(0, at_ms));
  }
}

/// The gap of a device that was lost ends with its return. One that lost no sound that the call
/// knows of, as it had not begun, returns without.
void InputTimeline::note_gaps() noexcept {
  while (const auto gap = timeline_.next_gap()) {
    State& state = state_of(*gap);
    const auto parties = state.input.parties();
    if (!state.lost) {
      if (gap->length_ms < kLeastToldGapMs || state.wrong_rate_told) continue;
      note(DeviceNotice::Kind::gap, parties, gap->start_ms, gap->length_ms);
    } else if (!finished_) {
      state.lost = false;
      note(DeviceNotice::Kind::returned, parties, gap->start_ms + gap->length_ms, gap->length_ms);
    }
  }
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    if (!state.lost || !state.back || timeline_.in_gap(static_cast<int>(i))) continue;
    state.lost = false;
    note(DeviceNotice::Kind::returned, state.input.parties(), call_ms());
  }
}

/// One notice for what would be a gap every second.
void InputTimeline::note_wrong_rates() noexcept {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    State& state = states_[i];
    if (state.wrong_rate_told || !timeline_.wrong_rate(static_cast<int>(i))) continue;
    state.wrong_rate_told = true;
    note(DeviceNotice::Kind::wrong_rate, state.input.parties(), call_ms());
  }
}

void InputTimeline::note_overruns(State& state) noexcept {
  const std::int64_t overruns = state.input.buffer->overruns();
  const bool told_lately =
      state.overruns_told != 0 && call_ms() - state.overrun_told_at_ms < kOverrunsTellMs;
  if (overruns == state.overruns_told || told_lately) return;
  state.overruns_told = overruns;
  state.overrun_told_at_ms = call_ms();
  note(DeviceNotice::Kind::overrun, state.input.parties(), call_ms());
}

void InputTimeline::note(DeviceNotice::Kind kind, PerParty<bool> parties, std::int64_t at_ms,
                         std::int64_t gap_ms) noexcept {
  if (notices_.size() == kMostNotices) return;
  notices_.push_back({kind, parties, at_ms, gap_ms});
}

std::int64_t InputTimeline::call_ms() const noexcept {
  return timeline_.given_samples() * 1000 / kSampleRateHz;
}

InputTimeline::State& InputTimeline::state_of(const TimelineGap& gap) noexcept {
  const auto found = std::find_if(states_.begin(), states_.end(), [&](const State& state) {
    return states_.size() == 1 || state.input.layout.party == gap.party;
  });
  return found != states_.end() ? *found : states_.front();
}

}  // namespace tonecue

#include "audio/timeline/stream_track.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace tonecue {
namespace {

constexpr int kReach = FractionalResampler::kReach;
constexpr double kMaxDeviation = FractionalResampler::kMaxDeviation;
constexpr double kCallSampleNs = 1e9 / kSampleRateHz;

// Longer than a stream waits for the other, with what a ring of 2 s may bring at once.
constexpr std::size_t kKeptSamples = 4 * std::size_t{kSampleRateHz};

constexpr int kBlocksPerSecond = 10;

// An error is steered away with this time constant: 1 ms with 500 ppm at first, under one cent.
constexpr double kSteerS = 2.0;

// Pitch does not jump: a tenth of a cent per 10 ms.
constexpr double kMaxSlewPerSample = 5e-5 / kHopSamples;

// Beyond this it is not steered but moved: the device lost sound, or its rate is wrong. Cues bear
// 20 ms; less than that the steering takes away within 10 s.
constexpr double kMostOffSamples = 0.020 * kSampleRateHz;

// Where the rate is right, what turns out to have been earlier was not lost: a sound server had
// kept each block back, by up to 30 ms. To drop it would harm more than 10 s longer out of place.
constexpr double kMostEarlySamples = 0.040 * kSampleRateHz;

// Silence that pushes what the filters hold out before a gap: more than their 6 ms and 2.5 ms.
constexpr int kPushOutMs = kHopMs;

// What a stream must have to sound again: 50 ms.
constexpr std::int64_t kResumeSamples = kSampleRateHz / 20;

constexpr std::int64_t kMaxRateHz = 48000;  // The highest that Resampler takes.

// A stream that begins so shortly after where it is due begins at once: 1 ms is soon steered away,
// and no gap.
constexpr double kNearSamples = kSampleRateHz / 1000.0;

double bounded(double deviation) { return std::clamp(deviation, -kMaxDeviation, kMaxDeviation); }

constexpr std::int64_t samples_to_ms(std::int64_t samples) {
  return (samples * 1000 + kSampleRateHz / 2) / kSampleRateHz;
}

}  // namespace

Result<StreamTrack> StreamTrack::create(const StreamLayout& layout) {
  auto voices = StreamVoices::create(layout, layout.sample_rate_hz / kBlocksPerSecond);
  if (!voices) return tl::unexpected(voices.error());
  return StreamTrack(layout, std::move(*voices));
}

StreamTrack::StreamTrack(const StreamLayout& layout, StreamVoices voices)
    : layout_(layout),
      voices_(std::move(voices)),
      clock_(layout.sample_rate_hz),
      queues_{VoiceQueue(kKeptSamples, kReach), VoiceQueue(kKeptSamples, kReach)} {}

Result<void> StreamTrack::restart(int sample_rate_hz) {
  StreamLayout layout = layout_;
  layout.sample_rate_hz = sample_rate_hz;
  auto voices = StreamVoices::create(layout, sample_rate_hz / kBlocksPerSecond);
  if (!voices) return tl::unexpected(voices.error());
  if (origin_ns_) {
    const double unheard = position_of(static_cast<double>(arrived_times_)) - position_;
    counts_.dropped_samples += std::max<std::int64_t>(0, std::llround(unheard));
  }
  layout_ = layout;
  voices_ = std::move(*voices);
  clock_ = StreamClock(sample_rate_hz);
  for (const Party party : kParties) queues_[party].clear();
  arrived_times_ = 0;
  owed_times_ = 0;
  sounding_ = false;
  position_ = 0.0;
  dry_at_.reset();
  return {};
}

void StreamTrack::push(std::span<const float> interleaved, std::int64_t arrival_ns) noexcept {
  const auto channels = static_cast<std::size_t>(layout_.channels);
  assert(interleaved.size() % channels == 0);
  const auto times = static_cast<std::int64_t>(interleaved.size() / channels);
  const std::int64_t owed = std::min(owed_times_, times);
  owed_times_ -= owed;
  counts_.dropped_samples += std::llround(position_of(static_cast<double>(owed)));
  keep(interleaved.subspan(static_cast<std::size_t>(owed) * channels));
  arrived_times_ += times;
  clock_.observe(arrived_times_, arrival_ns);
}

double StreamTrack::first_ns() const noexcept {
  const auto first = static_cast<double>(std::max<std::int64_t>(0, queue().begin() + kReach));
  return clock_.time_ns(first * layout_.sample_rate_hz / kSampleRateHz);
}

void StreamTrack::begin(std::int64_t origin_ns) noexcept {
  origin_ns_ = origin_ns;
  if (placeable()) position_ = std::max(position_, due_position(0));
}

std::int64_t StreamTrack::ready_until(std::int64_t from) const noexcept {
  if (!placeable()) return from;
  const double due = due_position(from);
  if (sounding_ && may_be_steered(due - position_)) return from + readable(position_);
  const double start = std::max(due, std::max(position_, first_readable()));
  if (!may_sound_from(start)) return from;
  return from + readable(start) + static_cast<std::int64_t>(start - due);
}

void StreamTrack::fill(std::int64_t from, const PerParty<std::span<float>>& out,
                       GapQueue& gaps) noexcept {
  const std::size_t count = out.agent.size();
  assert(count <= kMaxFillSamples);
  const double step = steer(from, count);
  std::size_t done = sounding_ ? 0 : wait(from, count, gaps);
  while (sounding_ && done < count) {
    done += sound(done, step, out);
    if (done == count) break;
    const std::int64_t at = from + static_cast<std::int64_t>(done);
    if (dry_at_ || finished_) {
      fall_silent(at);
    } else {
      run_dry(at);
    }
  }
}

void StreamTrack::finish() noexcept {
  static constexpr std::array<float, kReach + 1> kSilence{};
  voices_.finish([this](Party party, auto samples) { queues_[party].push(samples); });
  for (const Party party : kParties) queues_[party].push(kSilence);
  finished_ = true;
}

void StreamTrack::end_gap(std::int64_t at, GapQueue& gaps) noexcept {
  if (!gap_start_) return;
  const std::int64_t samples = at - *gap_start_;
  if (samples > 0) {
    gaps.push({.party = layout_.channels == 2 ? std::nullopt : std::optional(layout_.party),
               .start_ms = samples_to_ms(*gap_start_),
               .length_ms = samples_to_ms(samples)});
    counts_.gap_samples += samples;
  } else {
    --counts_.gaps;
  }
  gap_start_.reset();
}

bool StreamTrack::wrong_rate() const noexcept {
  return !clock_.learning() && std::abs(clock_.drift_ppm()) > kMaxDeviation * 1e6;
}

/// Both parties' queues are of one length where both are there.
const VoiceQueue& StreamTrack::queue() const noexcept {
  return queues_[layout_.channels == 2 ? Party::agent : layout_.party];
}

double StreamTrack::position_of(double sample_time) const noexcept {
  return sample_time * kSampleRateHz / layout_.sample_rate_hz;
}

/// The position that belongs at a sample of the call.
double StreamTrack::due_position(std::int64_t at) const noexcept {
  const double time_ns =
      static_cast<double>(origin_ns_.value_or(0)) + static_cast<double>(at) * kCallSampleNs;
  return position_of(clock_.sample_at(time_ns));
}

bool StreamTrack::may_be_steered(double error) const noexcept {
  return error >= -kMostOffSamples && error <= (wrong_rate() ? kMostOffSamples : kMostEarlySamples);
}

/// The least that FractionalResampler may be asked for.
double StreamTrack::first_readable() const noexcept {
  return static_cast<double>(queue().begin() + kReach - 1);
}

/// How many samples can be given from a position on, whatever the step.
std::int64_t StreamTrack::readable(double position) const noexcept {
  const double ahead = static_cast<double>(queue().end() - kReach) - position;
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(ahead / (1.0 + kMaxDeviation)));
}

void StreamTrack::keep(std::span<const float> interleaved) noexcept {
  const std::size_t block =
      static_cast<std::size_t>(voices_.max_block()) * static_cast<std::size_t>(layout_.channels);
  const std::int64_t invalid = voices_.invalid_samples();
  for (auto rest = interleaved; !rest.empty();) {
    const auto part = rest.first(std::min(block, rest.size()));
    voices_.push(part, [this](Party party, auto samples) { queues_[party].push(samples); });
    rest = rest.subspan(part.size());
  }
  counts_.invalid_samples += voices_.invalid_samples() - invalid;
}

/// Chooses where the next samples are taken from, and the step from there: what is far from where
/// it is due is moved there; what is early stays silent until it is due.
double StreamTrack::steer(std::int64_t from, std::size_t count) noexcept {
  const double drift = clock_.drift_ppm() * 1e-6;
  const double due = sounding_ ? due_position(from) : 0.0;
  const double error = due - position_;
  if (sounding_ && may_be_steered(error) && position_ >= first_readable()) {
    const double wanted = bounded(drift + error / (kSteerS * kSampleRateHz));
    const double slew = kMaxSlewPerSample * static_cast<double>(count);
    deviation_ += std::clamp(wanted - deviation_, -slew, slew);
  } else {
    deviation_ = bounded(drift);
    if (sounding_) move_to(due, from);
  }
  return 1.0 + deviation_;
}

void StreamTrack::move_to(double due, std::int64_t at) noexcept {
  ++counts_.moves;
  if (due < std::max(position_, first_readable())) return fall_silent(at);
  const double held = std::min(due, static_cast<double>(queue().end())) - position_;
  counts_.dropped_samples += std::llround(std::max(0.0, held));
  position_ = due;
}

/// Whether a silent stream has enough from a position on to sound again: what is just too late,
/// time and again, would come in shreds.
bool StreamTrack::may_sound_from(double position) const noexcept {
  return readable(position) >= (finished_ ? 1 : kResumeSamples);
}

/// The stream is silent. @return After how many of the next samples it sounds; `count` if not yet.
std::size_t StreamTrack::wait(std::int64_t from, std::size_t count, GapQueue& gaps) noexcept {
  if (placeable()) {
    const double due = due_position(from);
    const double ahead = std::max(position_, first_readable()) - due;
    const double silent = ahead > kNearSamples ? std::ceil(ahead) : 0.0;
    const double start = std::max({due + silent, position_, first_readable()});
    if (silent < static_cast<double>(count) && may_sound_from(start)) {
      counts_.dropped_samples += std::llround(std::max(0.0, start - position_));
      position_ = start;
      sounding_ = true;
      if (silent > 0.0) open_gap(from);
      end_gap(from + static_cast<std::int64_t>(silent), gaps);
      return static_cast<std::size_t>(silent);
    }
  }
  open_gap(from);
  return count;
}

/// Gives what there is. @return How many samples.
std::size_t StreamTrack::sound(std::size_t done, double step,
                               const PerParty<std::span<float>>& out) noexcept {
  const double until = dry_at_ ? std::max(0.0, std::ceil(*dry_at_ - position_)) : kMaxFillSamples;
  const auto left = std::min(out.agent.size() - done, static_cast<std::size_t>(until));
  const auto count = std::min(left, static_cast<std::size_t>(readable(position_)));
  for (const Party party : kParties) {
    if (count == 0 || !voices_.has(party)) continue;
    const VoiceQueue& queue = queues_[party];
    resampler_.read(queue.samples(), position_ - static_cast<double>(queue.begin()), step,
                    out[party].subspan(done, count));
  }
  position_ += step * static_cast<double>(count);
  return count;
}

/// Nothing more came, and the call goes on: silence takes the place of the next sound, so that what
/// the filters hold comes out.
void StreamTrack::run_dry(std::int64_t at) noexcept {
  static constexpr std::array<float, 2 * kMaxRateHz / 1000 * kPushOutMs> kSilence{};
  dry_at_ = position_of(static_cast<double>(arrived_times_));
  open_gap(at + std::llround(std::max(0.0, *dry_at_ - position_)));
  owed_times_ = std::int64_t{layout_.sample_rate_hz / 1000} * kPushOutMs;
  keep(std::span(kSilence).first(static_cast<std::size_t>(owed_times_ * layout_.channels)));
}

/// From here on the stream is silent, until more comes than the silence that pushed its end out.
void StreamTrack::fall_silent(std::int64_t at) noexcept {
  sounding_ = false;
  if (dry_at_) {
    const double pushed_out = position_of(layout_.sample_rate_hz / 1000.0 * kPushOutMs);
    position_ = std::max(position_, *dry_at_ + pushed_out);
  }
  dry_at_.reset();
  open_gap(at);
}

void StreamTrack::open_gap(std::int64_t at) noexcept {
  if (!gap_start_) ++counts_.gaps;
  gap_start_ = std::min(at, gap_start_.value_or(at));
}

}  // namespace tonecue

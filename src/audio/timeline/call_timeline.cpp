#include "audio/timeline/call_timeline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

namespace tonecue {
namespace {

constexpr std::int64_t kCallSampleNs = 1'000'000'000 / kSampleRateHz;
constexpr std::int64_t kStartPatienceNs = CallTimeline::kStartPatienceMs * std::int64_t{1'000'000};
constexpr std::int64_t kMaxLagSamples =
    std::int64_t{kSampleRateHz / 1000} * CallTimeline::kMaxLagMs;

}  // namespace

Result<CallTimeline> CallTimeline::create(std::span<const StreamLayout> streams) {
  const bool one = streams.size() == 1;
  const bool two = streams.size() == 2 && streams[0].channels == 1 && streams[1].channels == 1 &&
                   streams[0].party != streams[1].party;
  if (!one && !two) {
    return failure(ErrorCode::invalid_argument,
                   "a call takes one stream, or two of one channel each, one for each party");
  }
  std::vector<StreamTrack> tracks;
  for (const StreamLayout& layout : streams) {
    auto track = StreamTrack::create(layout);
    if (!track) return tl::unexpected(track.error());
    tracks.push_back(std::move(*track));
  }
  return CallTimeline(std::move(tracks));
}

CallTimeline::CallTimeline(std::vector<StreamTrack> tracks) : tracks_(std::move(tracks)) {
  for (const Party party : kParties) block_[party].resize(kMaxReadSamples);
}

void CallTimeline::push(int stream, std::span<const float> interleaved,
                        std::int64_t arrival_ns) noexcept {
  track(stream).push(interleaved, arrival_ns);
}

Result<void> CallTimeline::restart(int stream, int sample_rate_hz) {
  return track(stream).restart(sample_rate_hz);
}

CallBlock CallTimeline::read(std::int64_t now_ns, int max_samples) noexcept {
  assert(max_samples > 0);
  if (!begin(now_ns)) return {};
  const std::size_t most = std::min(static_cast<std::size_t>(max_samples), kMaxReadSamples);
  std::size_t count = 0;
  while (count < most) {
    const std::int64_t ready = may_give_until(now_ns) - given_;
    const auto wanted = std::min(most - count, StreamTrack::kMaxFillSamples);
    if (ready <= 0) break;
    const auto part = std::min(wanted, static_cast<std::size_t>(ready));
    PerParty<std::span<float>> out;
    for (const Party party : kParties) {
      out[party] = std::span(block_[party]).subspan(count, part);
      std::fill(out[party].begin(), out[party].end(), 0.0F);
    }
    for (StreamTrack& track : tracks_) track.fill(given_, out, gaps_);
    count += part;
    given_ += static_cast<std::int64_t>(part);
  }
  if (finished_ && count == 0) {
    for (StreamTrack& track : tracks_) track.end_gap(given_, gaps_);
  }
  return {std::span(block_.agent).first(count), std::span(block_.customer).first(count)};
}

void CallTimeline::finish() noexcept {
  for (StreamTrack& track : tracks_) track.finish();
  finished_ = true;
}

const StreamTrack& CallTimeline::track(int stream) const noexcept {
  assert(stream >= 0 && stream < static_cast<int>(tracks_.size()));
  return tracks_[static_cast<std::size_t>(stream)];
}

StreamTrack& CallTimeline::track(int stream) noexcept {
  assert(stream >= 0 && stream < static_cast<int>(tracks_.size()));
  return tracks_[static_cast<std::size_t>(stream)];
}

/// Begins the call if it can, and tells whether it has begun.
bool CallTimeline::begin(std::int64_t now_ns) noexcept {
  if (origin_ns_) return true;
  if (!first_read_ns_) first_read_ns_ = now_ns;
  const std::int64_t waited_until_ns = *first_read_ns_ + kStartPatienceNs;
  std::optional<double> first_ns;
  bool all = true;
  for (const StreamTrack& track : tracks_) {
    if (track.placeable()) first_ns = std::max(first_ns.value_or(0.0), track.first_ns());
    all = all && track.placeable();
  }
  const bool waited = now_ns >= waited_until_ns;
  if (!first_ns && waited && !finished_) first_ns = static_cast<double>(waited_until_ns);
  if (!first_ns || !(all || finished_ || waited)) return false;
  origin_ns_ = static_cast<std::int64_t>(std::ceil(*first_ns));
  if (!all && !finished_) origin_ns_ = std::max(*origin_ns_, waited_until_ns);
  for (StreamTrack& track : tracks_) track.begin(*origin_ns_);
  return true;
}

/// Up to which sample the call may go: to what all streams have, but no stream holds it back for
/// long.
std::int64_t CallTimeline::may_give_until(std::int64_t now_ns) const noexcept {
  std::optional<std::int64_t> ready;
  for (const StreamTrack& track : tracks_) {
    const std::int64_t until = track.ready_until(given_);
    const bool gone = finished_ && until == given_ && (track.in_gap() || !track.placeable());
    if (!gone) ready = std::min(ready.value_or(until), until);
  }
  const std::int64_t until = ready.value_or(given_);
  if (finished_) return until;
  const std::int64_t lag_limit = (now_ns - origin_ns()) / kCallSampleNs - kMaxLagSamples;
  return std::max(until, lag_limit);
}

}  // namespace tonecue

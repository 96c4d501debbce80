#include "support/sink_ear.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <stdexcept>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tonecue::test {
namespace {

using std::chrono::steady_clock;

std::chrono::nanoseconds length_of(std::size_t samples) {
  return std::chrono::nanoseconds(samples * 1'000'000'000U / SinkEar::kRateHz);
}

/// Of a sound and of as long a stretch of what was heard, [-1, 1].
double correlation(std::span<const float> sound, std::span<const float> heard) {
  const auto product = [](std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  const double powers = product(sound, sound) * product(heard, heard);
  return powers > 0.0 ? product(sound, heard) / std::sqrt(powers) : 0.0;
}

}  // namespace

SinkEar::SinkEar(const SoundServer& server, const std::string& sink)
    : pipe_((server.folder() / ("ear_of_" + sink)).string()), server_(&server), sink_(sink) {
  if (::mkfifo(pipe_.c_str(), 0600) != 0) throw std::runtime_error("no pipe " + pipe_);
  // 40 ms, as our own capture asks for: a recorder in a hurry would hurry the sink.
  recorder_.emplace(std::vector<std::string>{
      "parec", "--device=" + sink + ".monitor", "--rate=" + std::to_string(kRateHz), "--channels=1",
      "--format=float32le", "--raw", "--latency-msec=40", pipe_});
  reader_ = std::thread([this] { read(); });
}

SinkEar::~SinkEar() { stop(); }

void SinkEar::read() {
  const int pipe = ::open(pipe_.c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<char> bytes;
  std::array<char, 1U << 16U> part{};
  for (ssize_t got = 0; (got = ::read(pipe, part.data(), part.size())) > 0;) {
    const auto now = steady_clock::now();
    bytes.insert(bytes.end(), part.begin(), part.begin() + got);
    arrivals_.emplace_back(bytes.size() / sizeof(float), now);
  }
  ::close(pipe);
  samples_.resize(bytes.size() / sizeof(float));
  std::memcpy(samples_.data(), bytes.data(), samples_.size() * sizeof(float));
}

void SinkEar::stop() {
  if (!recorder_) return;
  sink_latency_ = server_->latency(sink_);
  recorder_->end();
  recorder_.reset();
  reader_.join();
  start_ = Time::max();
  // What was waiting when the recorder began comes in one lump; it only makes a later line.
  for (const auto& [samples, arrived] : arrivals_) {
    start_ = std::min(start_, arrived - length_of(samples));
  }
}

SinkEar::Time SinkEar::time_of(std::size_t sample) const { return start_ + length_of(sample); }

std::size_t SinkEar::sample_at(Time time) const {
  const std::chrono::duration<double> after = time - start_;
  return static_cast<std::size_t>(std::max(0.0, after.count() * kRateHz));
}

std::optional<SinkEar::Time> SinkEar::heard_at(std::span<const float> sound, Time from,
                                               Time to) const {
  constexpr double kResembles = 0.9;
  const std::size_t last =
      std::min(sample_at(to), samples_.size() - std::min(samples_.size(), sound.size()));
  double best = kResembles;
  std::optional<Time> at;
  for (std::size_t i = sample_at(from); i < last; ++i) {
    const double now = correlation(sound, std::span(samples_).subspan(i, sound.size()));
    if (now <= best) continue;
    best = now;
    at = time_of(i) + sink_latency_;
  }
  return at;
}

}  // namespace tonecue::test

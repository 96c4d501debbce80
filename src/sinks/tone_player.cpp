#include "tonecue/sinks/tone_player.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

constexpr int kRestMs = 150;
constexpr std::uint32_t kTooLateMs = 500;

float rms(const std::vector<float>& samples) {
  const double power = std::inner_product(samples.begin(), samples.end(), samples.begin(), 0.0);
  return static_cast<float>(std::sqrt(power / static_cast<double>(samples.size())));
}

}  // namespace

TonePlayer::TonePlayer(int sample_rate_hz)
    : rest_samples_(static_cast<std::size_t>(sample_rate_hz) * kRestMs / 1000) {
  for (const ToneShape shape : {ToneShape::conduct, ToneShape::distress}) {
    Voice& voice = voices_[static_cast<std::size_t>(shape)];
    voice.samples = render_tone(shape, sample_rate_hz);
    voice.rms = rms(voice.samples);
  }
}

std::uint32_t TonePlayer::now_ms() noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

void TonePlayer::play(ToneShape shape, float level_dbfs) noexcept {
  const auto index = static_cast<std::uint32_t>(shape);
  const float gain = db_to_amplitude(std::min(level_dbfs, kLoudestToneDbfs)) / voices_[index].rms;
  requested_.store({gain, now_ms() << 1U | index}, std::memory_order_release);
}

void TonePlayer::begin_requested() noexcept {
  const Request request = requested_.exchange({}, std::memory_order_acquire);
  // In 31 bits: the clock of milliseconds may turn over in between.
  const std::uint32_t waited_ms = (now_ms() - (request.shape_and_ms >> 1U)) & 0x7FFFFFFFU;
  if (!(request.gain > 0.0F) || waited_ms > kTooLateMs) return;  // Nor what is not a number.
  sounding_ = voices_[request.shape_and_ms & 1U].samples;
  gain_ = request.gain;
  rest_left_ = rest_samples_;
  played_.fetch_add(1, std::memory_order_relaxed);
}

void TonePlayer::render(std::span<float> mono) noexcept {
  if (sounding_.empty() && rest_left_ == 0) begin_requested();
  for (float& sample : mono) sample = next_sample();
  playing_.store(!sounding_.empty(), std::memory_order_relaxed);
}

float TonePlayer::next_sample() noexcept {
  if (sounding_.empty()) {
    if (rest_left_ > 0) --rest_left_;
    return 0.0F;
  }
  const float sample = gain_ * sounding_.front();
  sounding_ = sounding_.subspan(1);
  return sample;
}

}  // namespace tonecue

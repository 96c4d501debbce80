#include "tonecue/dsp/resampler.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <speex/speex_resampler.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// Measured against its neighbours from 48 kHz: quality 5 loses 1.9 dB at 3.6 kHz, 8 costs twice as
// much for what telephones do not carry.
constexpr int kQuality = 6;

// The first of two stages only has to clear the way: it is flat far beyond the 4 kHz that the
// second keeps. The lowest quality that lets less than -100 dB fold back.
constexpr int kFirstStageQuality = 5;

// More than the filters' delay at the output: 6 ms and, of a first stage, 3 ms.
constexpr int kMaxTailSamples = 128;

constexpr int kFlushSamples = 64;

struct FreeState {
  void operator()(SpeexResamplerState* state) const noexcept { speex_resampler_destroy(state); }
};
using State = std::unique_ptr<SpeexResamplerState, FreeState>;

/// speexdsp keeps one filter per output phase only for a few phases, and otherwise interpolates
/// between filters for each sample: four times the work, on filters as long as the ratio is high.
/// From 44.1 kHz (80 phases) a whole step down to a third first halves the time.
int intermediate_rate_hz(int input_rate_hz) {
  return input_rate_hz == 44100 ? 14700 : kSampleRateHz;
}

class Stage {
 public:
  static std::optional<Stage> create(int from_hz, int to_hz, int quality, int max_block_samples) {
    int error = RESAMPLER_ERR_SUCCESS;
    State state(speex_resampler_init(1, static_cast<spx_uint32_t>(from_hz),
                                     static_cast<spx_uint32_t>(to_hz), quality, &error));
    if (!state) return std::nullopt;
    speex_resampler_skip_zeros(state.get());  // Takes the filter's delay off.
    return Stage(std::move(state), max_block_samples);
  }

  int max_output_samples() const noexcept { return static_cast<int>(output_.size()); }

  std::span<const float> process(std::span<const float> block) noexcept {
    auto in = static_cast<spx_uint32_t>(block.size());
    auto out = static_cast<spx_uint32_t>(output_.size());
    speex_resampler_process_float(state_.get(), 0, block.data(), &in, output_.data(), &out);
    assert(in == block.size());
    return {output_.data(), out};
  }

 private:
  // Never more samples out than in, but for one that rounding may carry over.
  Stage(State state, int max_block_samples)
      : state_(std::move(state)), output_(static_cast<std::size_t>(max_block_samples) + 1) {}

  State state_;
  std::vector<float> output_;
};

}  // namespace

struct Resampler::Chain {
  std::optional<Stage> first;
  Stage last;
  std::array<float, kMaxTailSamples> tail{};

  std::span<const float> process(std::span<const float> block) noexcept {
    return last.process(first ? first->process(block) : block);
  }
};

Result<Resampler> Resampler::create(int input_rate_hz, int max_block_samples) {
  if (input_rate_hz < kSampleRateHz || input_rate_hz > 48000) {
    return failure(ErrorCode::invalid_argument,
                   "input_rate_hz " + std::to_string(input_rate_hz) + " is outside [8000, 48000]");
  }
  if (max_block_samples < 1) {
    return failure(ErrorCode::invalid_argument, "max_block_samples must be at least 1");
  }
  if (input_rate_hz == kSampleRateHz) return Resampler(input_rate_hz, nullptr);

  int block_samples = std::max(max_block_samples, kFlushSamples);
  const int between_hz = intermediate_rate_hz(input_rate_hz);
  std::optional<Stage> first;
  if (between_hz != kSampleRateHz) {
    first = Stage::create(input_rate_hz, between_hz, kFirstStageQuality, block_samples);
    if (first) block_samples = first->max_output_samples();
  }
  auto last =
      Stage::create(first ? between_hz : input_rate_hz, kSampleRateHz, kQuality, block_samples);
  if (!last) {
    return failure(ErrorCode::invalid_argument,
                   "no memory to resample from " + std::to_string(input_rate_hz) + " Hz");
  }
  return Resampler(input_rate_hz,
                   std::make_unique<Chain>(Chain{std::move(first), std::move(*last)}));
}

Resampler::Resampler(int input_rate_hz, std::unique_ptr<Chain> chain)
    : input_rate_hz_(input_rate_hz), chain_(std::move(chain)) {}
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

std::span<const float> Resampler::process(std::span<const float> block) noexcept {
  if (!chain_) return block;
  const auto output = chain_->process(block);
  taken_ += std::ssize(block);
  given_ += std::ssize(output);
  return output;
}

std::span<const float> Resampler::flush() noexcept {
  if (!chain_) return {};
  static constexpr std::array<float, kFlushSamples> kSilence{};
  const std::int64_t rate_hz = input_rate_hz_;
  const std::int64_t owed = (2 * taken_ * kSampleRateHz + rate_hz) / (2 * rate_hz) - given_;
  assert(owed >= 0 && owed <= kMaxTailSamples);
  const auto rest = std::span(chain_->tail).first(static_cast<std::size_t>(owed));
  for (std::size_t filled = 0; filled < rest.size();) {
    const auto output = chain_->process(kSilence);
    const std::size_t count = std::min(output.size(), rest.size() - filled);
    std::copy_n(output.begin(), count, rest.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += count;
  }
  return rest;
}

}  // namespace tonecue

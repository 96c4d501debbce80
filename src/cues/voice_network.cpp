#include "cues/voice_network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace tonecue {
namespace {

constexpr ConvShape kFirst{.taps = 5, .stride = 2};
constexpr ConvShape kSecond{.taps = 3, .stride = 2};

// Keeps the deviation's root smooth near 0; as in the trainer.
constexpr float kLeastVariance = 1e-4F;

/// Nothing when the layer has as many outputs as it should.
Result<void> expect_outputs(const std::string& name, int outputs, int wanted) {
  if (outputs == wanted) return {};
  return failure(ErrorCode::corrupt, "model file: tensor '" + name + ".weight' has " +
                                         std::to_string(outputs) + " rows, expected " +
                                         std::to_string(wanted) +
                                         "; use a distress model of this version of tonecue");
}

Result<ConvLayer> take_residual(ModelFile& file, const std::string& network, int at, int width) {
  const std::string name = network + ".residual" + std::to_string(at);
  auto layer =
      ConvLayer::create(file, name, width, {.taps = 3, .dilation = 1 << at}, Activation::relu);
  if (!layer) return layer;
  if (const auto ok = expect_outputs(name, layer->outputs(), width); !ok) {
    return tl::unexpected(ok.error());
  }
  return layer;
}

}  // namespace

Result<VoiceNetwork> VoiceNetwork::create(ModelFile& file, const std::string& name, int heads) {
  auto trunk = take_trunk(file, name);
  if (!trunk) return tl::unexpected(trunk.error());
  auto hidden =
      DenseLayer::create(file, name + ".hidden", 2 * trunk->second.outputs() + 1, Activation::relu);
  if (!hidden) return tl::unexpected(hidden.error());
  auto last = DenseLayer::create(file, name + ".heads", hidden->outputs(), Activation::none);
  if (!last) return tl::unexpected(last.error());
  if (const auto ok = expect_outputs(name + ".heads", last->outputs(), heads); !ok) {
    return tl::unexpected(ok.error());
  }
  return VoiceNetwork(std::move(*trunk), std::move(*hidden), std::move(*last));
}

Result<VoiceNetwork::Trunk> VoiceNetwork::take_trunk(ModelFile& file, const std::string& name) {
  auto first = ConvLayer::create(file, name + ".conv1", kVoiceInputs, kFirst, Activation::relu);
  if (!first) return tl::unexpected(first.error());
  auto second =
      ConvLayer::create(file, name + ".conv2", first->outputs(), kSecond, Activation::relu);
  if (!second) return tl::unexpected(second.error());
  auto near = take_residual(file, name, 0, second->outputs());
  if (!near) return tl::unexpected(near.error());
  auto far = take_residual(file, name, 1, second->outputs());
  if (!far) return tl::unexpected(far.error());
  return Trunk{std::move(*first), std::move(*second), {std::move(*near), std::move(*far)}};
}

VoiceNetwork::VoiceNetwork(Trunk trunk, DenseLayer hidden, DenseLayer heads)
    : trunk_(std::move(trunk)),
      hidden_(std::move(hidden)),
      heads_(std::move(heads)),
      first_out_(static_cast<std::size_t>(trunk_.first.outputs())),
      output_(static_cast<std::size_t>(trunk_.second.outputs())),
      residual_out_(output_.size()),
      held_(kPooledOutputs * output_.size()),
      pooled_(2 * output_.size() + 1),
      hidden_out_(static_cast<std::size_t>(hidden_.outputs())) {}

void VoiceNetwork::add(const VoiceInput& input, const UsualFrame* usual) noexcept {
  const auto values = usual == nullptr ? input.values : usual->taken_off(input);
  if (!trunk_.first.process(values, first_out_)) return;
  if (!trunk_.second.process(first_out_, output_)) return;
  for (ConvLayer& residual : trunk_.residuals) {
    residual.process(output_, residual_out_);
    for (std::size_t i = 0; i < output_.size(); ++i) output_[i] += residual_out_[i];
  }
  hold_output(input.index);
}

void VoiceNetwork::hold_output(std::int64_t index) noexcept {
  const auto slot = static_cast<std::size_t>((first_ + size_) % kPooledOutputs);
  std::copy(output_.begin(), output_.end(),
            held_.begin() + static_cast<std::ptrdiff_t>(slot * width()));
  held_until_[slot] = index;
  if (size_ < kPooledOutputs) {
    ++size_;
  } else {
    first_ = (first_ + 1) % kPooledOutputs;
  }
}

void VoiceNetwork::forget_before(std::int64_t index) noexcept {
  while (size_ > 0 && held_until_[static_cast<std::size_t>(first_)] < index) {
    first_ = (first_ + 1) % kPooledOutputs;
    --size_;
  }
}

std::span<const float> VoiceNetwork::pooled_output(int age_from_oldest) const noexcept {
  const auto slot = static_cast<std::size_t>((first_ + age_from_oldest) % kPooledOutputs);
  return std::span(held_).subspan(slot * width(), width());
}

void VoiceNetwork::pool() noexcept {
  const auto count = static_cast<float>(size_);
  const auto mean = std::span(pooled_).first(width());
  const auto deviation = std::span(pooled_).subspan(width(), width());
  std::fill(pooled_.begin(), pooled_.end(), 0.0F);
  for (int age = 0; age < size_; ++age) {
    const auto output = pooled_output(age);
    for (std::size_t i = 0; i < width(); ++i) mean[i] += output[i];
  }
  for (float& value : mean) value /= count;
  for (int age = 0; age < size_; ++age) {
    const auto output = pooled_output(age);
    for (std::size_t i = 0; i < width(); ++i) {
      deviation[i] += (output[i] - mean[i]) * (output[i] - mean[i]);
    }
  }
  for (float& value : deviation) value = std::sqrt(value / count + kLeastVariance);
}

bool VoiceNetwork::process(bool known, std::span<float> log_odds) noexcept {
  assert(std::ssize(log_odds) == heads());
  if (size_ < kLeastOutputs) return false;
  pool();
  pooled_.back() = known ? 1.0F : 0.0F;
  hidden_.process(pooled_, hidden_out_);
  heads_.process(hidden_out_, log_odds);
  return true;
}

void VoiceNetwork::reset() noexcept {
  trunk_.first.reset();
  trunk_.second.reset();
  for (ConvLayer& residual : trunk_.residuals) residual.reset();
  first_ = 0;
  size_ = 0;
}

}  // namespace tonecue

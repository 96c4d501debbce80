#include "tonecue/model/conv_layer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tonecue {
namespace {

int frames_seen(const ConvShape& shape) noexcept { return (shape.taps - 1) * shape.dilation + 1; }

}  // namespace

Result<ConvLayer> ConvLayer::create(ModelFile& model, const std::string& name, int inputs,
                                    const ConvShape& shape, Activation activation) {
  assert(inputs > 0 && shape.taps > 0 && shape.stride > 0 && shape.dilation > 0);
  auto filters = DenseLayer::create(model, name, shape.taps * inputs, activation);
  if (!filters) return tl::unexpected(filters.error());
  return ConvLayer(std::move(*filters), shape);
}

ConvLayer::ConvLayer(DenseLayer filters, const ConvShape& shape)
    : filters_(std::move(filters)),
      shape_(shape),
      past_(static_cast<std::size_t>(frames_seen(shape) * inputs())),
      taps_(static_cast<std::size_t>(filters_.inputs())) {}

std::span<const float> ConvLayer::past(std::size_t age) const noexcept {
  const auto width = static_cast<std::size_t>(inputs());
  const std::size_t frames = past_.size() / width;
  return std::span(past_).subspan((newest_ + frames - age) % frames * width, width);
}

bool ConvLayer::process(std::span<const float> in, std::span<float> out) noexcept {
  assert(std::ssize(in) == inputs() && std::ssize(out) == outputs());
  newest_ = (newest_ + 1) % (past_.size() / in.size());
  std::copy(in.begin(), in.end(), past_.begin() + static_cast<std::ptrdiff_t>(newest_ * in.size()));
  if (++waiting_ < shape_.stride) return false;
  waiting_ = 0;
  auto tap = taps_.begin();
  for (int later = shape_.taps - 1; later >= 0; --later) {
    const auto frame =
        past(static_cast<std::size_t>(later) * static_cast<std::size_t>(shape_.dilation));
    tap = std::copy(frame.begin(), frame.end(), tap);
  }
  filters_.process(taps_, out);
  return true;
}

void ConvLayer::reset() noexcept {
  std::fill(past_.begin(), past_.end(), 0.0F);
  waiting_ = 0;
}

}  // namespace tonecue

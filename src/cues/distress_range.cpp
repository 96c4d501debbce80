#include "cues/distress_range.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cues/statistics.h"

namespace tonecue {
namespace {

// One wild measure alone does not make a voice strange: ordinary calls have such. As in the
// trainer.
constexpr float kInputLimit = 6.0F;

}  // namespace

Result<DistressRange> DistressRange::create(ModelFile& model) {
  auto centre = model.take_tensor("range.centre", std::array{kDistressFunctionals});
  if (!centre) return tl::unexpected(centre.error());
  auto scale = model.take_tensor("range.scale", std::array{kDistressFunctionals});
  if (!scale) return tl::unexpected(scale.error());
  auto whiten = DenseLayer::create(model, "range.whiten", kDistressFunctionals, Activation::none);
  if (!whiten) return tl::unexpected(whiten.error());
  const auto limit = model.take_number("range_limit");
  if (!limit) return tl::unexpected(limit.error());
  if (!(*limit > 0.0F)) {
    return failure(ErrorCode::corrupt, "model file: '" + model.name() +
                                           "' has a range_limit that is not above 0; use a "
                                           "distress model of this version of tonecue");
  }
  DistressRange range(std::move(*whiten));
  range.centre_ = std::move(centre->values);
  range.scale_ = std::move(scale->values);
  range.limit_ = *limit;
  return range;
}

DistressRange::DistressRange(DenseLayer whiten)
    : whiten_(std::move(whiten)), independent_(static_cast<std::size_t>(whiten_.outputs())) {}

bool DistressRange::holds(const DistressFunctionalRow& row) noexcept {
  for (std::size_t i = 0; i < row.size(); ++i) {
    standardised_[i] = std::clamp((row[i] - centre_[i]) * scale_[i], -kInputLimit, kInputLimit);
  }
  whiten_.process(standardised_, independent_);
  const float power = sum_of(independent_.size(),
                             [this](std::size_t i) { return independent_[i] * independent_[i]; });
  return power <= limit_ * static_cast<float>(independent_.size());
}

}  // namespace tonecue

#include "cues/distress_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <utility>

namespace tonecue {

extern const std::string_view kDistressModelJson;  // models/distress/model.json

namespace {

// The trainer clips standardised inputs here: beyond it lie errors of the tracker, not voices.
constexpr float kInputLimit = 4.0F;
constexpr int kMostMembers = 16;

float standardised(float value, float centre, float scale) noexcept {
  return std::clamp((value - centre) * scale, -kInputLimit, kInputLimit);
}

Result<std::vector<float>> take_row(ModelFile& file, const std::string& name) {
  auto tensor = file.take_tensor(name, std::array{kDistressFunctionals});
  if (!tensor) return tl::unexpected(tensor.error());
  return std::move(tensor->values);
}

}  // namespace

Result<DistressNetwork> DistressNetwork::create(std::string_view text) {
  auto file = ModelFile::parse(text);
  if (!file) return tl::unexpected(file.error());
  auto inputs = file->take_strings("inputs");
  if (!inputs) return tl::unexpected(inputs.error());
  if (*inputs != distress_functional_names()) {
    return failure(ErrorCode::corrupt, "model " + file->name() +
                                           ": its inputs are not the functionals of this program");
  }
  DistressNetwork network;
  if (auto ok = network.take_scaling(*file); !ok) return tl::unexpected(ok.error());
  if (auto ok = network.take_members(*file); !ok) return tl::unexpected(ok.error());
  if (auto ok = network.take_calibration(*file); !ok) return tl::unexpected(ok.error());
  if (auto ok = network.take_range(*file); !ok) return tl::unexpected(ok.error());
  if (auto whole = file->expect_all_taken(); !whole) return tl::unexpected(whole.error());
  return network;
}

const Result<DistressNetwork>& DistressNetwork::built_in() {
  static const Result<DistressNetwork> network = create(kDistressModelJson);
  return network;
}

Result<void> DistressNetwork::take_scaling(ModelFile& file) {
  auto centre = take_row(file, "centre");
  if (!centre) return tl::unexpected(centre.error());
  auto scale = take_row(file, "scale");
  if (!scale) return tl::unexpected(scale.error());
  auto step_scale = take_row(file, "step_scale");
  if (!step_scale) return tl::unexpected(step_scale.error());
  centre_ = std::move(*centre);
  scale_ = std::move(*scale);
  step_scale_ = std::move(*step_scale);
  return {};
}

Result<void> DistressNetwork::take_members(ModelFile& file) {
  auto count = file.take_number("members");
  if (!count) return tl::unexpected(count.error());
  if (!(*count >= 1.0F && *count <= kMostMembers)) {
    return failure(ErrorCode::corrupt, "model " + file.name() + ": members must lie in [1, " +
                                           std::to_string(kMostMembers) + "]");
  }
  for (int m = 0; m < static_cast<int>(*count); ++m) {
    const std::string prefix = "member" + std::to_string(m) + ".";
    auto first = DenseLayer::create(file, prefix + "first", kInputs, Activation::relu);
    if (!first) return tl::unexpected(first.error());
    auto second = DenseLayer::create(file, prefix + "second", first->outputs(), Activation::relu);
    if (!second) return tl::unexpected(second.error());
    auto heads = DenseLayer::create(file, prefix + "heads", second->outputs(), Activation::none);
    if (!heads) return tl::unexpected(heads.error());
    if (heads->outputs() != static_cast<int>(kHeads)) {
      return failure(ErrorCode::corrupt,
                     "model " + file.name() + ": " + prefix + "heads must have 2 outputs");
    }
    const auto widen = [](std::vector<float>& out, int size) {
      out.resize(std::max(out.size(), static_cast<std::size_t>(size)));
    };
    widen(first_out_, first->outputs());
    widen(second_out_, second->outputs());
    members_.push_back({std::move(*first), std::move(*second), std::move(*heads)});
  }
  return {};
}

Result<void> DistressNetwork::take_calibration(ModelFile& file) {
  auto tensor = file.take_tensor("calibration", std::array{2, static_cast<int>(kHeads), 2});
  if (!tensor) return tl::unexpected(tensor.error());
  auto value = tensor->values.begin();
  for (Calibration& calibration : calibration_) {
    for (Logistic& head : calibration) {
      head.slope = *value++;
      head.offset = *value++;
    }
  }
  return {};
}

Result<void> DistressNetwork::take_range(ModelFile& file) {
  if (!file.tensors().contains("range.centre")) return {};
  auto range = DistressRange::create(file);
  if (!range) return tl::unexpected(range.error());
  range_ = std::move(*range);
  return {};
}

DistressScore DistressNetwork::process(const DistressFunctionalRow& row,
                                       const DistressFunctionalRow* baseline) noexcept {
  for (std::size_t i = 0; i < row.size(); ++i) {
    input_[i] = standardised(row[i], centre_[i], scale_[i]);
    input_[row.size() + i] =
        baseline == nullptr ? 0.0F : standardised(row[i], (*baseline)[i], step_scale_[i]);
  }
  input_.back() = baseline == nullptr ? 0.0F : 1.0F;

  std::array<float, kHeads> log_odds{};
  for (const Member& member : members_) {
    const auto outputs = [](std::vector<float>& out, const DenseLayer& layer) {
      return std::span<float>(out).first(static_cast<std::size_t>(layer.outputs()));
    };
    const auto first = outputs(first_out_, member.first);
    const auto second = outputs(second_out_, member.second);
    std::array<float, kHeads> heads{};
    member.first.process(input_, first);
    member.second.process(first, second);
    member.heads.process(second, heads);
    for (std::size_t h = 0; h < kHeads; ++h) log_odds[h] += heads[h];
  }
  const Calibration& calibration = calibration_[baseline == nullptr ? 0 : 1];
  const auto probability = [&](std::size_t head) {
    const float mean = log_odds[head] / static_cast<float>(members_.size());
    return 1.0F / (1.0F + std::exp(-(calibration[head].slope * mean + calibration[head].offset)));
  };
  return {probability(0), probability(1), std::nullopt};
}

}  // namespace tonecue

#include "cues/distress_network.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "tonecue/cues/log_odds.h"

namespace tonecue {
namespace {

// The trainer clips standardised inputs here: beyond it lie errors of the tracker, not voices.
constexpr float kInputLimit = 4.0F;
constexpr int kMostMembers = 16;

float standardised(float value, float centre, float scale) noexcept {
  return std::clamp((value - centre) * scale, -kInputLimit, kInputLimit);
}

tl::unexpected<Error> does_not_fit(const ModelFile& file, const std::string& what) {
  return failure(ErrorCode::corrupt, "model file: '" + file.name() + "' " + what +
                                         "; use a distress model of this version of tonecue");
}

Result<std::vector<float>> take_row(ModelFile& file, const std::string& name) {
  auto tensor = file.take_tensor(name, std::array{kDistressFunctionals});
  if (!tensor) return tl::unexpected(tensor.error());
  return std::move(tensor->values);
}

std::optional<std::size_t> place_of(const std::vector<std::string>& heads, std::string_view head) {
  const auto place = std::find(heads.begin(), heads.end(), head);
  if (place == heads.end()) return {};
  return static_cast<std::size_t>(place - heads.begin());
}

}  // namespace

Result<DistressNetwork> DistressNetwork::create(ModelFile& file) {
  auto layers = std::make_shared<Layers>();
  if (const auto ok = expect_inputs(file); !ok) return tl::unexpected(ok.error());
  if (const auto ok = take_heads(file, *layers); !ok) return tl::unexpected(ok.error());
  if (const auto ok = take_scaling(file, layers->scaling); !ok) return tl::unexpected(ok.error());
  const auto alone =
      take_members(file, "alone", kDistressFunctionals, layers->heads, layers->alone);
  if (!alone) return tl::unexpected(alone.error());
  const auto against =
      take_members(file, "against", 2 * kDistressFunctionals, layers->heads, layers->against_usual);
  if (!against) return tl::unexpected(against.error());
  if (const auto ok = take_fusion(file, *layers); !ok) return tl::unexpected(ok.error());
  DistressNetwork network(std::move(layers));
  if (const auto ok = network.take_range(file); !ok) return tl::unexpected(ok.error());
  return network;
}

DistressNetwork::DistressNetwork(std::shared_ptr<const Layers> layers)
    : layers_(std::move(layers)) {
  std::size_t widest_first = 0;
  std::size_t widest_second = 0;
  for (const auto* members : {&layers_->alone, &layers_->against_usual}) {
    for (const Member& member : *members) {
      widest_first = std::max(widest_first, static_cast<std::size_t>(member.first.outputs()));
      widest_second = std::max(widest_second, static_cast<std::size_t>(member.second.outputs()));
    }
  }
  first_out_.resize(widest_first);
  second_out_.resize(widest_second);
}

Result<void> DistressNetwork::expect_inputs(ModelFile& file) {
  if (file.name() != "distress") return does_not_fit(file, "is no distress model");
  if (auto ok = file.expect_definitions(kDistressDefinitions); !ok) return ok;
  const auto inputs = file.take_strings("inputs");
  if (!inputs) return tl::unexpected(inputs.error());
  if (*inputs != distress_functional_names()) {
    return does_not_fit(file, "was trained on other functionals than those of this program");
  }
  return {};
}

Result<void> DistressNetwork::take_heads(ModelFile& file, Layers& layers) {
  const auto heads = file.take_strings("heads");
  if (!heads) return tl::unexpected(heads.error());
  if (heads->size() > kMostHeads) return does_not_fit(file, "has too many heads");
  const auto agitated = place_of(*heads, "agitated");
  const auto distress = place_of(*heads, "distress");
  if (!agitated) return does_not_fit(file, "has no head 'agitated'");
  if (!distress) return does_not_fit(file, "has no head 'distress'");
  layers.heads = heads->size();
  layers.agitated = *agitated;
  layers.distress = *distress;
  layers.subdued = place_of(*heads, "subdued");
  layers.anger = place_of(*heads, "anger");
  return {};
}

Result<void> DistressNetwork::take_scaling(ModelFile& file, DistressScaling& scaling) {
  auto centre = take_row(file, "centre");
  if (!centre) return tl::unexpected(centre.error());
  auto scale = take_row(file, "scale");
  if (!scale) return tl::unexpected(scale.error());
  auto step_scale = take_row(file, "step_scale");
  if (!step_scale) return tl::unexpected(step_scale.error());
  scaling = {std::move(*centre), std::move(*scale), std::move(*step_scale)};
  return {};
}

Result<void> DistressNetwork::take_members(ModelFile& file, const std::string& kind, int inputs,
                                           std::size_t heads, std::vector<Member>& members) {
  const auto count = file.take_number(kind);
  if (!count) return tl::unexpected(count.error());
  if (!(*count >= 1.0F && *count <= kMostMembers && std::trunc(*count) == *count)) {
    return does_not_fit(
        file, "has not 1 to " + std::to_string(kMostMembers) + " networks '" + kind + "'");
  }
  for (int m = 0; m < static_cast<int>(*count); ++m) {
    auto member = take_member(file, kind + std::to_string(m) + ".", inputs, heads);
    if (!member) return tl::unexpected(member.error());
    members.push_back(std::move(*member));
  }
  return {};
}

Result<DistressNetwork::Member> DistressNetwork::take_member(ModelFile& file,
                                                             const std::string& prefix, int inputs,
                                                             std::size_t heads) {
  auto first = DenseLayer::create(file, prefix + "first", inputs, Activation::relu);
  if (!first) return tl::unexpected(first.error());
  auto second = DenseLayer::create(file, prefix + "second", first->outputs(), Activation::relu);
  if (!second) return tl::unexpected(second.error());
  auto last = DenseLayer::create(file, prefix + "heads", second->outputs(), Activation::none);
  if (!last) return tl::unexpected(last.error());
  if (last->outputs() != static_cast<int>(heads)) {
    return does_not_fit(file, "names " + std::to_string(heads) + " heads, but " + prefix +
                                  "heads has " + std::to_string(last->outputs()));
  }
  return Member{std::move(*first), std::move(*second), std::move(*last)};
}

Result<void> DistressNetwork::take_fusion(ModelFile& file, Layers& layers) {
  const auto tensor = file.take_tensor("fusion", std::array{2, static_cast<int>(layers.heads), 4});
  if (!tensor) return tl::unexpected(tensor.error());
  auto value = tensor->values.begin();
  for (Fusion* fusion : {&layers.usual_unknown, &layers.usual_known}) {
    for (Logistic& head : std::span(*fusion).first(layers.heads)) {
      head.alone = *value++;
      head.against_usual = *value++;
      head.voice = *value++;
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

void DistressNetwork::standardise(const DistressFunctionalRow& row,
                                  const DistressFunctionalRow* baseline) noexcept {
  const DistressScaling& scaling = layers_->scaling;
  for (std::size_t i = 0; i < row.size(); ++i) {
    input_[i] = standardised(row[i], scaling.centre[i], scaling.scale[i]);
  }
  if (baseline == nullptr) return;
  for (std::size_t i = 0; i < row.size(); ++i) {
    input_[row.size() + i] = standardised(row[i], (*baseline)[i], scaling.step_scale[i]);
  }
}

DistressNetwork::LogOdds DistressNetwork::mean_log_odds(const std::vector<Member>& members,
                                                        std::span<const float> input) noexcept {
  const auto outputs = [](std::vector<float>& out, const DenseLayer& layer) {
    return std::span<float>(out).first(static_cast<std::size_t>(layer.outputs()));
  };
  const float share = 1.0F / static_cast<float>(members.size());
  LogOdds mean{};
  for (const Member& member : members) {
    const auto first = outputs(first_out_, member.first);
    const auto second = outputs(second_out_, member.second);
    LogOdds heads{};
    member.first.process(input, first);
    member.second.process(first, second);
    member.heads.process(second, std::span(heads).first(layers_->heads));
    for (std::size_t h = 0; h < layers_->heads; ++h) mean[h] += share * heads[h];
  }
  return mean;
}

DistressScore DistressNetwork::process(const DistressFunctionalRow& row,
                                       const DistressFunctionalRow* baseline,
                                       const LogOdds& voice) noexcept {
  standardise(row, baseline);
  const std::span<const float> input(input_);
  const LogOdds alone = mean_log_odds(layers_->alone, input.first(row.size()));
  const LogOdds against =
      baseline == nullptr ? LogOdds{} : mean_log_odds(layers_->against_usual, input);
  const Fusion& fusion = baseline == nullptr ? layers_->usual_unknown : layers_->usual_known;
  const auto probability = [&](std::size_t head) {
    const Logistic& of = fusion[head];
    return probability_of(of.alone * alone[head] + of.against_usual * against[head] +
                          of.voice * voice[head] + of.offset);
  };
  DistressScore score{probability(layers_->agitated), probability(layers_->distress), {}, {}};
  if (layers_->subdued) score.subdued = probability(*layers_->subdued);
  if (layers_->anger) score.anger = probability(*layers_->anger);
  return score;
}

}  // namespace tonecue

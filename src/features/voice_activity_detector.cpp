#include "tonecue/features/voice_activity_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tonecue {

extern const std::string_view kVadModel;  // models/vad/model.json

namespace {

constexpr int kConvolutionHops = 3;
constexpr int kGruCells = 24;

// As few misses on real calls as even odds gave before, with a third fewer false alarms in noise
// (models/vad/README.md); a lower off keeps speech in one piece.
constexpr float kOnProb = 0.6F;
constexpr float kOffProb = 0.5F;

// Version of what the inputs mean; raised with every change after which weights must be trained
// anew.
constexpr int kVadDefinitions = 1;

// The inputs that the weights were trained on, in the order of VadInput.
const std::vector<std::string> kInputNames = {"20 bands under loudest",
                                              "20 bands over floor",
                                              "level under loudest",
                                              "level over floor",
                                              "span",
                                              "flux",
                                              "periodicity",
                                              "flatness"};

tl::unexpected<Error> does_not_fit(const ModelFile& model, const std::string& what) {
  return failure(ErrorCode::corrupt, "model file: '" + model.name() + "' " + what +
                                         "; use a vad model of this version of tonecue");
}

}  // namespace

Result<VoiceActivityDetector::Layers> VoiceActivityDetector::create_layers(ModelFile& model) {
  if (model.name() != "vad") return does_not_fit(model, "is no speech detector");
  if (const auto ok = model.expect_definitions(kVadDefinitions); !ok) {
    return tl::unexpected(ok.error());
  }
  const auto inputs = model.take_strings("inputs");
  if (!inputs) return tl::unexpected(inputs.error());
  if (*inputs != kInputNames) {
    return does_not_fit(model, "was trained on other inputs than those of this program");
  }
  auto dense = DenseLayer::create(model, "dense", kVadInputs, Activation::relu);
  if (!dense) return tl::unexpected(dense.error());
  auto convolution = DenseLayer::create(model, "convolution", kConvolutionHops * dense->outputs(),
                                        Activation::relu);
  if (!convolution) return tl::unexpected(convolution.error());
  auto gru = GruLayer::create(model, "gru", convolution->outputs(), kGruCells);
  if (!gru) return tl::unexpected(gru.error());
  auto output = DenseLayer::create(model, "output", kGruCells, Activation::none);
  if (!output) return tl::unexpected(output.error());
  if (output->outputs() != 1) {
    return does_not_fit(model, "has more than one output");
  }
  if (const auto whole = model.expect_all_taken(); !whole) return tl::unexpected(whole.error());
  return Layers{std::move(*dense), std::move(*convolution), std::move(*gru), std::move(*output)};
}

// Parsed once; each voice has its own state, and shares the weights.
const Result<VoiceActivityDetector::Layers>& VoiceActivityDetector::built_in_layers() {
  static const Result<Layers> layers = [] {
    auto model = ModelFile::parse(kVadModel);
    return model ? create_layers(*model) : tl::unexpected(model.error());
  }();
  return layers;
}

std::string_view VoiceActivityDetector::built_in_file() noexcept { return kVadModel; }

Result<void> VoiceActivityDetector::expect_fit(ModelFile model) {
  const auto layers = create_layers(model);
  if (!layers) return tl::unexpected(layers.error());
  return {};
}

Result<VoiceActivityDetector> VoiceActivityDetector::create() {
  const auto& layers = built_in_layers();
  if (!layers) return tl::unexpected(layers.error());
  auto inputs = VadInputs::create();
  if (!inputs) return tl::unexpected(inputs.error());
  return VoiceActivityDetector(std::move(*inputs), *layers);
}

VoiceActivityDetector::VoiceActivityDetector(VadInputs inputs, Layers layers)
    : inputs_(std::move(inputs)),
      layers_(std::move(layers)),
      dense_out_(static_cast<std::size_t>(layers_.convolution.inputs())),
      convolution_out_(static_cast<std::size_t>(layers_.convolution.outputs())),
      gru_out_(static_cast<std::size_t>(layers_.gru.cells())) {}

SpeechFrame VoiceActivityDetector::process(const PowerSpectrum& power,
                                           const MelLevels& mel_db) noexcept {
  const auto newest = static_cast<std::size_t>(layers_.dense.outputs());
  std::copy(dense_out_.begin() + layers_.dense.outputs(), dense_out_.end(), dense_out_.begin());
  layers_.dense.process(inputs_.process(power, mel_db), std::span(dense_out_).last(newest));
  layers_.convolution.process(dense_out_, convolution_out_);
  layers_.gru.process(convolution_out_, gru_out_);
  std::array<float, 1> logit{};
  layers_.output.process(gru_out_, logit);

  const float prob = 1.0F / (1.0F + std::exp(-logit[0]));
  speech_ = prob >= (speech_ ? kOffProb : kOnProb);
  return {prob, speech_};
}

void VoiceActivityDetector::reset() noexcept {
  inputs_.reset();
  layers_.gru.reset();
  std::fill(dense_out_.begin(), dense_out_.end(), 0.0F);
  speech_ = false;
}

}  // namespace tonecue

#include "tonecue/cues/distress_weights.h"

#include <utility>

#include "cues/distress_network.h"
#include "cues/voice_network.h"

namespace tonecue {

extern const std::string_view kDistressModel;      // models/distress/model.json
extern const std::string_view kDistressOpenModel;  // models/distress-open/model.json

namespace {

Result<DistressWeights> parse_built_in(std::string_view name) {
  const std::string_view text = built_in_distress_file(name);
  if (text.empty()) {
    return failure(ErrorCode::not_found, "this program was built without the distress model '" +
                                             std::string(name) + "'; use 'research'");
  }
  auto file = ModelFile::parse(text);
  if (!file) return tl::unexpected(file.error());
  return DistressWeights::create(std::move(*file), std::string(name));
}

}  // namespace

std::string_view built_in_distress_file(std::string_view name) noexcept {
  if (name == DistressWeights::kBuiltIn[0]) return kDistressModel;
  if (name == DistressWeights::kBuiltIn[1]) return kDistressOpenModel;
  return {};
}

const Result<DistressWeights>& DistressWeights::built_in(std::string_view name) {
  static const Result<DistressWeights> unknown = failure(
      ErrorCode::not_found, "there is no such distress model; there are 'research' and 'open'");
  // Each is parsed when it is first asked for.
  if (name == kBuiltIn[0]) {
    static const Result<DistressWeights> research = parse_built_in(kBuiltIn[0]);
    return research;
  }
  if (name == kBuiltIn[1]) {
    static const Result<DistressWeights> open = parse_built_in(kBuiltIn[1]);
    return open;
  }
  return unknown;
}

Result<DistressWeights> DistressWeights::create(ModelFile file, std::string origin) {
  auto network = DistressNetwork::create(file);
  if (!network) return tl::unexpected(network.error());
  const auto heads = static_cast<int>(network->heads());
  auto alone = VoiceNetwork::create(file, "voice_alone", heads);
  if (!alone) return tl::unexpected(alone.error());
  auto against_usual = VoiceNetwork::create(file, "voice_against", heads);
  if (!against_usual) return tl::unexpected(against_usual.error());
  if (const auto ok = file.expect_all_taken(); !ok) return tl::unexpected(ok.error());
  return DistressWeights(std::move(origin), std::make_shared<const ModelCard>(file.card()),
                         std::make_shared<const DistressNetwork>(std::move(*network)),
                         std::make_shared<const VoiceNetwork>(std::move(*alone)),
                         std::make_shared<const VoiceNetwork>(std::move(*against_usual)));
}

bool DistressWeights::has_subdued() const noexcept { return network_->has_subdued(); }

DistressWeights::DistressWeights(std::string origin, std::shared_ptr<const ModelCard> card,
                                 std::shared_ptr<const DistressNetwork> network,
                                 std::shared_ptr<const VoiceNetwork> voice_alone,
                                 std::shared_ptr<const VoiceNetwork> voice_against_usual)
    : origin_(std::move(origin)),
      card_(std::move(card)),
      network_(std::move(network)),
      voice_alone_(std::move(voice_alone)),
      voice_against_usual_(std::move(voice_against_usual)) {}

}  // namespace tonecue

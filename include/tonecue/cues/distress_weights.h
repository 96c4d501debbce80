/// @file
/// The trained part of the distress model, to be shared by calls.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

class DistressNetwork;
class VoiceNetwork;

/// One loaded distress model: the networks on functionals, and the one on frames. Copies share it,
/// so that many calls hold one set of weights between them.
///
///     auto weights = DistressWeights::built_in("open");
///     auto model = DistressModel::create(*weights);
///
/// Real-time: not for the audio path. Threads: never changed after loading; any thread may use it.
class DistressWeights {
 public:
  /// What is within the program: trained on all data, for research; and on those data alone whose
  /// licences allow products.
  static constexpr std::array<std::string_view, 2> kBuiltIn = {"research", "open"};

  /// One of kBuiltIn, parsed at the first call.
  /// @return `not_found` for another name, or when this build has no such model.
  static const Result<DistressWeights>& built_in(std::string_view name = kBuiltIn[0]);

  /// @param file    docs/model_file.md tells what a distress model holds.
  /// @param origin  Where it comes from, for people.
  /// @return `corrupt` or `unsupported`, saying why, when it does not fit this program.
  static Result<DistressWeights> create(ModelFile file, std::string origin);

  /// A name of kBuiltIn, or a path.
  const std::string& origin() const noexcept { return origin_; }
  const ModelCard& card() const noexcept { return *card_; }
  const DistressNetwork& network() const noexcept { return *network_; }
  /// Of a voice whose usual is not known.
  const VoiceNetwork& voice_alone() const noexcept { return *voice_alone_; }
  /// Of a voice less its usual.
  const VoiceNetwork& voice_against_usual() const noexcept { return *voice_against_usual_; }

  /// Whether it tells a subdued voice.
  bool has_subdued() const noexcept;

 private:
  DistressWeights(std::string origin, std::shared_ptr<const ModelCard> card,
                  std::shared_ptr<const DistressNetwork> network,
                  std::shared_ptr<const VoiceNetwork> voice_alone,
                  std::shared_ptr<const VoiceNetwork> voice_against_usual);

  std::string origin_;
  std::shared_ptr<const ModelCard> card_;
  std::shared_ptr<const DistressNetwork> network_;
  std::shared_ptr<const VoiceNetwork> voice_alone_;
  std::shared_ptr<const VoiceNetwork> voice_against_usual_;
};

/// The text of a built-in model file; empty when this build has no such model.
std::string_view built_in_distress_file(std::string_view name) noexcept;

}  // namespace tonecue

/// @file
/// Where a trained model comes from.
#pragma once

#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/cues/distress_weights.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

/// The models within this program, by the names that find_model() takes.
std::vector<std::string> built_in_models();

/// @param choice  "vad", a name of DistressWeights::kBuiltIn, or the path of a model file.
/// @return Why not, the message beginning with the path.
Result<ModelFile> find_model(const std::string& choice);

/// The same for distress models only, with a check that they fit this program.
Result<DistressWeights> find_distress_weights(const std::string& choice);

}  // namespace tonecue

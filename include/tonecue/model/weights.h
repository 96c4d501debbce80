/// @file
/// The trained numbers of a layer.
#pragma once

#include <memory>
#include <vector>

namespace tonecue {

/// Never changed after loading, and shared by all copies of a layer: a network is parsed once and
/// copied for each voice, so that many calls hold one set of weights between them.
using Weights = std::shared_ptr<const std::vector<float>>;

}  // namespace tonecue

/// @file
/// Analysis windows.
#pragma once

#include <vector>

namespace tonecue {

/// Periodic Hann window: its overlapped copies add up to a constant.
std::vector<float> hann_window(int size);

}  // namespace tonecue

/// @file
/// The kernels of each instruction set.
#pragma once

#include "tonecue/dsp/kernels.h"

namespace tonecue {

extern const Kernels kBaselineKernels;
extern const Kernels kAvx2Kernels;  ///< x86-64 only; to be called only where AVX2 is there.

}  // namespace tonecue

#include "dsp/kernel_loops.h"
#include "dsp/kernel_sets.h"

namespace tonecue {

const Kernels kBaselineKernels = KernelLoops<4>::kTable;

}  // namespace tonecue

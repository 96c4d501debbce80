// Built with -mavx2. Nothing but the kernels may be included here (see KernelLoops).
#include "dsp/kernel_loops.h"
#include "dsp/kernel_sets.h"

namespace tonecue {

const Kernels kAvx2Kernels = KernelLoops<8>::kTable;

}  // namespace tonecue

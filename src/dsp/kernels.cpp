#include "tonecue/dsp/kernels.h"

#include <atomic>
#include <cassert>

#include "dsp/kernel_sets.h"

namespace tonecue {
namespace {

const Kernels* best_kernels() noexcept {
  return &kernels(is_supported(InstructionSet::avx2) ? InstructionSet::avx2
                                                     : InstructionSet::baseline);
}

std::atomic<const Kernels*>& current() noexcept {
  static std::atomic<const Kernels*> chosen = best_kernels();
  return chosen;
}

}  // namespace

bool is_supported(InstructionSet set) noexcept {
#ifdef __x86_64__
  if (set == InstructionSet::avx2) return static_cast<bool>(__builtin_cpu_supports("avx2"));
#endif
  return set == InstructionSet::baseline;
}

const Kernels& kernels() noexcept { return *current().load(std::memory_order_relaxed); }

const Kernels& kernels([[maybe_unused]] InstructionSet set) noexcept {
  assert(is_supported(set));
#ifdef __x86_64__
  if (set == InstructionSet::avx2) return kAvx2Kernels;
#endif
  return kBaselineKernels;
}

void use_instruction_set(InstructionSet set) noexcept {
  current().store(&kernels(set), std::memory_order_relaxed);
}

}  // namespace tonecue

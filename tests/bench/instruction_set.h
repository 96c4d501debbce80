/// @file
/// Which instructions of the processor are used: told at the top of what Google Benchmark prints.
#pragma once

#include <string>

#include <benchmark/benchmark.h>

#include "tonecue/dsp/kernels.h"

namespace tonecue::bench {

/// What every function may use.
inline std::string built_for() {
#if defined(__AVX512F__)
  return "x86-64-v4";
#elif defined(__AVX2__)
  return "x86-64-v3";
#elif defined(__SSE4_2__)
  return "x86-64-v2";
#elif defined(__x86_64__)
  return "x86-64";
#else
  return "unknown";
#endif
}

/// What the loops that exist in several versions use.
inline std::string loops_use() {
  return is_supported(InstructionSet::avx2) ? "AVX2" : "the same as all else";
}

inline const bool kInstructionSetTold = [] {
  benchmark::AddCustomContext("built_for", built_for());
  benchmark::AddCustomContext("loops_use", loops_use());
  return true;
}();

}  // namespace tonecue::bench

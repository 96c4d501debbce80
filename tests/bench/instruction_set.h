/// @file
/// Which instructions of the processor are used: told at the top of what Google Benchmark prints.
#pragma once

#include <string>

#include <benchmark/benchmark.h>

namespace tonecue::bench {

/// What every function may use; one that is there in several versions may choose a better one.
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

inline std::string offered() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) return "AVX-512";
  if (__builtin_cpu_supports("avx2") != 0) return "AVX2";
  if (__builtin_cpu_supports("sse4.2") != 0) return "SSE4.2";
  return "SSE2";
#else
  return "unknown";
#endif
}

inline const bool instruction_set_told = [] {
  benchmark::AddCustomContext("built_for", built_for());
  benchmark::AddCustomContext("processor_offers", offered());
  return true;
}();

}  // namespace tonecue::bench

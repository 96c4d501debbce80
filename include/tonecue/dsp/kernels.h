/// @file
/// The few loops that cost most, built for each instruction set.
#pragma once

#include <cstddef>

namespace tonecue {

enum class InstructionSet {
  baseline,  ///< What the whole program needs: x86-64-v2, or the processor's own outside x86-64.
  avx2,      ///< Twice as wide.
};

/// Lags that one call of Kernels::correlate takes.
inline constexpr std::size_t kCorrelationLags = 24;

/// A second-order section, eight samples at a time: what each of them, and the state before them,
/// adds to the eight outputs.
struct BiquadBlock {
  static constexpr std::size_t kSamples = 8;

  // Not std::array: see Kernels on inline functions.
  // NOLINTBEGIN(modernize-avoid-c-arrays)
  float b1, b2, a1, a2;
  float input[kSamples][kSamples];
  float state1[kSamples];
  float state2[kSamples];
  // NOLINTEND(modernize-avoid-c-arrays)
};

/// The loops of one instruction set. All sets give the same bits: each output is summed in the same
/// order, whatever goes on beside it, and products are not fused with sums.
///
/// Plain pointers, because the files that are built for a processor that not every user has must
/// not hold a copy of anybody else's inline function. Outputs must not overlap inputs, if not said
/// otherwise.
struct Kernels {
  /// out = weight in + bias. `weight` lies column by column.
  void (*affine)(const float* weight, const float* bias, const float* in, std::size_t columns,
                 float* out, std::size_t rows);

  /// sums[lag] = sum over i < products of first[2 i] second[2 i + lag], for kCorrelationLags lags.
  /// @param products  Even.
  void (*correlate)(const float* first, const float* second, std::size_t products, float* sums);

  /// values[i] /= sqrt(energy energies[i] + faded): a correlation, normalised.
  void (*normalise)(float energy, const float* energies, float faded, float* values,
                    std::size_t count);

  /// energies[i] = sum of the squares of the 36 samples from i on, each second one.
  /// @param samples  count + 71 of them. @param count  At most 256.
  void (*window_energies)(const float* samples, float* energies, std::size_t count);

  /// out[i] = sum over t < taps of tap[t] in[i + t], for taps that are the same from both ends.
  /// @param half_taps  The first half and the middle: pairs + 1 of them.
  void (*symmetric_fir)(const float* half_taps, std::size_t pairs, const float* in, float* out,
                        std::size_t count);

  /// Filters `blocks` times BiquadBlock::kSamples samples in place (transposed direct form II).
  void (*biquad)(const BiquadBlock& block, float& state1, float& state2, float* samples,
                 std::size_t blocks);
};

bool is_supported(InstructionSet set) noexcept;

/// Those of the best set that this processor has, or of the one chosen by use_instruction_set().
///
/// Real-time: never allocates or locks. Threads: any.
const Kernels& kernels() noexcept;

/// @param set  A supported one.
const Kernels& kernels(InstructionSet set) noexcept;

/// Makes kernels() return another set's, for all threads: to compare them.
/// @param set  A supported one.
void use_instruction_set(InstructionSet set) noexcept;

}  // namespace tonecue

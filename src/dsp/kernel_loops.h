/// @file
/// The bodies of the kernels, written once for every width.
#pragma once

#include "tonecue/dsp/kernels.h"

namespace tonecue {

/// `kLanes` floats are handled side by side. Each instruction set has a width of its own, so that
/// no two files make the same function: the linker might keep the one that not every processor can
/// run. For the same reason nothing of the standard library is used.
// NOLINTBEGIN(modernize-avoid-c-arrays)
template <std::size_t kLanes>
struct KernelLoops {
  using Vector [[gnu::vector_size(kLanes * sizeof(float))]] = float;

  static Vector load(const float* from) noexcept {
    Vector values;
    __builtin_memcpy(&values, from, sizeof(values));
    return values;
  }

  static void store(float* to, const Vector& values) noexcept {
    __builtin_memcpy(to, &values, sizeof(values));
  }

  /// Rows that are summed together; the even and the odd columns apart, because one sum would wait
  /// for itself at every column.
  template <std::size_t kVectors>
  static void affine_rows(const float* weight, const float* bias, const float* in,
                          std::size_t columns, float* out, std::size_t rows) noexcept {
    Vector even[kVectors];
    Vector odd[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) {
      even[v] = load(bias + v * kLanes);
      odd[v] = Vector{};
    }
    std::size_t c = 0;
    for (; c + 2 <= columns; c += 2, weight += 2 * rows) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        even[v] += load(weight + v * kLanes) * in[c];
        odd[v] += load(weight + rows + v * kLanes) * in[c + 1];
      }
    }
    if (c < columns) {
      for (std::size_t v = 0; v < kVectors; ++v) even[v] += load(weight + v * kLanes) * in[c];
    }
    for (std::size_t v = 0; v < kVectors; ++v) store(out + v * kLanes, even[v] + odd[v]);
  }

  static void affine_row(const float* weight, const float* bias, const float* in,
                         std::size_t columns, float* out, std::size_t rows) noexcept {
    float even = *bias;
    float odd = 0.0F;
    std::size_t c = 0;
    for (; c + 2 <= columns; c += 2, weight += 2 * rows) {
      even += weight[0] * in[c];
      odd += weight[rows] * in[c + 1];
    }
    if (c < columns) even += weight[0] * in[c];
    *out = even + odd;
  }

  static void affine(const float* weight, const float* bias, const float* in, std::size_t columns,
                     float* out, std::size_t rows) noexcept {
    constexpr std::size_t kVectors = 5;  // With their partners, as many as there are registers for.
    std::size_t r = 0;
    for (; r + kVectors * kLanes <= rows; r += kVectors * kLanes) {
      affine_rows<kVectors>(weight + r, bias + r, in, columns, out + r, rows);
    }
    for (; r + 3 * kLanes <= rows; r += 3 * kLanes) {
      affine_rows<3>(weight + r, bias + r, in, columns, out + r, rows);
    }
    for (; r + kLanes <= rows; r += kLanes) {
      affine_rows<1>(weight + r, bias + r, in, columns, out + r, rows);
    }
    for (; r < rows; ++r) affine_row(weight + r, bias + r, in, columns, out + r, rows);
  }

  static void correlate(const float* first, const float* second, std::size_t products,
                        float* sums) noexcept {
    constexpr std::size_t kVectors = kCorrelationLags / kLanes;
    static_assert(kVectors * kLanes == kCorrelationLags);
    Vector even[kVectors];
    Vector odd[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) even[v] = odd[v] = Vector{};
    for (std::size_t i = 0; i < 2 * products; i += 4) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        even[v] += load(second + i + v * kLanes) * first[i];
        odd[v] += load(second + i + 2 + v * kLanes) * first[i + 2];
      }
    }
    for (std::size_t v = 0; v < kVectors; ++v) store(sums + v * kLanes, even[v] + odd[v]);
  }

  static void normalise(float energy, const float* energies, float faded, float* values,
                        std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      values[i] /= __builtin_sqrtf(energy * energies[i] + faded);
    }
  }

  // Sums of 36 squares as 32 + 4, by doubling: unlike a running sum it can go side by side.
  static void window_energies(const float* samples, float* energies, std::size_t count) noexcept {
    constexpr std::size_t kSpan = 2 * std::size_t{35};
    float sums[256 + kSpan];
    constexpr std::size_t kWidest = 2 * std::size_t{32};
    std::size_t left = count + kSpan;
    for (std::size_t i = 0; i < left; ++i) sums[i] = samples[i] * samples[i];
    for (std::size_t width = 1; width < 32; width *= 2) {
      left -= 2 * width;
      for (std::size_t i = 0; i < left; ++i) sums[i] += sums[i + 2 * width];
      if (2 * width == 4) {
        for (std::size_t i = 0; i < count; ++i) energies[i] = sums[i + kWidest];
      }
    }
    for (std::size_t i = 0; i < count; ++i) energies[i] += sums[i];
  }

  template <std::size_t kVectors>
  static void symmetric_fir_block(const float* half_taps, std::size_t pairs, const float* in,
                                  float* out) noexcept {
    Vector sums[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) {
      sums[v] = load(in + pairs + v * kLanes) * half_taps[pairs];
    }
    const float* late = in + 2 * pairs;
    for (std::size_t t = 0; t < pairs; ++t) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        sums[v] += (load(in + t + v * kLanes) + load(late - t + v * kLanes)) * half_taps[t];
      }
    }
    for (std::size_t v = 0; v < kVectors; ++v) store(out + v * kLanes, sums[v]);
  }

  static void symmetric_fir(const float* half_taps, std::size_t pairs, const float* in, float* out,
                            std::size_t count) noexcept {
    constexpr std::size_t kVectors = 5;
    std::size_t i = 0;
    for (; i + kVectors * kLanes <= count; i += kVectors * kLanes) {
      symmetric_fir_block<kVectors>(half_taps, pairs, in + i, out + i);
    }
    for (; i + kLanes <= count; i += kLanes) {
      symmetric_fir_block<1>(half_taps, pairs, in + i, out + i);
    }
    for (; i < count; ++i) {
      float sum = in[i + pairs] * half_taps[pairs];
      for (std::size_t t = 0; t < pairs; ++t) {
        sum += (in[i + t] + in[i + 2 * pairs - t]) * half_taps[t];
      }
      out[i] = sum;
    }
  }

  // Sample by sample each would wait for the one before; here a block waits for the block before,
  // whose last two samples make the state.
  static void biquad(const BiquadBlock& block, float& state1, float& state2, float* samples,
                     std::size_t blocks) noexcept {
    constexpr std::size_t kSamples = BiquadBlock::kSamples;
    constexpr std::size_t kVectors = kSamples / kLanes;
    for (float* end = samples + blocks * kSamples; samples != end; samples += kSamples) {
      Vector out[kVectors];
      for (std::size_t v = 0; v < kVectors; ++v) {
        const std::size_t at = v * kLanes;
        Vector even = load(block.input[0] + at) * samples[0];
        Vector odd = load(block.input[1] + at) * samples[1];
        for (std::size_t i = 2; i < kSamples; i += 2) {
          even += load(block.input[i] + at) * samples[i];
          odd += load(block.input[i + 1] + at) * samples[i + 1];
        }
        out[v] = (even + odd) + load(block.state2 + at) * state2 + load(block.state1 + at) * state1;
      }
      const float in6 = samples[6];
      const float in7 = samples[7];
      for (std::size_t v = 0; v < kVectors; ++v) store(samples + v * kLanes, out[v]);
      state1 = (block.b2 * in6 + block.b1 * in7) - (block.a2 * samples[6] + block.a1 * samples[7]);
      state2 = block.b2 * in7 - block.a2 * samples[7];
    }
  }

  static constexpr Kernels kTable{affine,          correlate,     normalise,
                                  window_energies, symmetric_fir, biquad};
};
// NOLINTEND(modernize-avoid-c-arrays)

}  // namespace tonecue

#include "tonecue/dsp/window.h"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace tonecue {

std::vector<float> hann_window(int size) {
  std::vector<float> window(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    window[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / size));
  }
  return window;
}

}  // namespace tonecue

#include "random_id.h"

#include <cstdint>
#include <random>

#include <fmt/format.h>

namespace tonecue {

std::string random_id() {
  std::random_device source;  // The system's own, without a seed to guess.
  std::string id;
  for (int i = 0; i < 3; ++i) id += fmt::format("{:08x}", static_cast<std::uint32_t>(source()));
  return id;
}

}  // namespace tonecue

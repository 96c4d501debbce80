// Any bytes as a recording: a call or an error in one line, never a crash.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "tonecue/audio/file_source.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// A few hundred bytes of FLAC can hold hours of one value: enough is enough.
constexpr std::size_t kMaxSamples = 2'000'000;

void read_to_the_end(tonecue::FileSource& source) {
  std::size_t total = 0;
  while (total < kMaxSamples) {
    const auto block = source.read(1000);
    if (!block) {
      require(!block.error().message.empty());
      return;
    }
    require(block->agent.size() == block->customer.size());
    if (block->agent.empty()) break;
    for (const auto voice : {block->agent, block->customer}) {
      require(std::all_of(voice.begin(), voice.end(), [](float x) { return std::abs(x) <= 1.0F; }));
    }
    total += block->agent.size();
  }
  for (const auto& warning : source.warnings()) require(warning.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int memory = ::memfd_create("recording", MFD_CLOEXEC);
  require(memory >= 0);
  require(::write(memory, data, size) == static_cast<ssize_t>(size));
  const std::string path = "/proc/self/fd/" + std::to_string(memory);
  // Any party, so that mono is read too.
  auto source = tonecue::FileSource::create(path, {.party = tonecue::Party::customer});
  if (source) {
    read_to_the_end(*source);
  } else {
    require(source.error().message.find('\n') == std::string::npos);
  }
  ::close(memory);
  return 0;
}

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/app/verdict_table.h"

// Any bytes are read or refused, each bad row in one line; no more rows come out than lines went
// in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto table = tonecue::parse_verdicts(bytes, "fuzz.csv");
  for (const tonecue::Error& problem : table.problems) {
    if (problem.message.find('\n') != std::string::npos) std::abort();
  }
  int line = 1;
  for (const tonecue::Verdict& verdict : table.verdicts) {
    if (verdict.file.empty() || verdict.raised_at_ms < 0 || verdict.line <= line) std::abort();
    line = verdict.line;
  }
  return 0;
}

/// @file
/// Any bytes as a table of scores: read, or refused in one line each.

#include <cstdlib>
#include <string_view>

#include "server/review/score_table.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
  const std::string_view csv(reinterpret_cast<const char*>(data), size);
  const auto table = tonecue::parse_scores(csv);
  if (!table) return 0;
  for (const tonecue::ScoreEntry& score : table->scores) {
    if (score.kind.empty() || score.line < 2) std::abort();
  }
  for (const std::string& problem : table->problems) {
    if (problem.find('\n') != std::string::npos) std::abort();
  }
  return 0;
}

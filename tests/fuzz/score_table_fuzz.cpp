/// @file
/// Any bytes as a table of scores: each row is read, or refused in one line.

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "server/review/score_table.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
  const std::string_view csv(reinterpret_cast<const char*>(data), size);
  auto table = tonecue::ScoreTable::open(csv);
  if (!table) return 0;
  auto rows_left = std::ranges::count(csv, '\n') + std::ranges::count(csv, '\r');
  int last_line = 1;
  while (const auto row = table->next()) {
    if (rows_left-- <= 0 || table->line() <= last_line) std::abort();
    last_line = table->line();
    if (*row && ((*row)->kind.empty() || (*row)->line != last_line)) std::abort();
    if (!*row && row->error().find('\n') != std::string::npos) std::abort();
  }
  return 0;
}

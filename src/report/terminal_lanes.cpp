#include "terminal_lanes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tonecue/core/decibel.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

constexpr int kLabelColumns = 12;  // "  customer  "
constexpr int kTickColumns = 10;
constexpr int kMostRows = 5;  // With both lanes and their cues: what one screen holds.

// From a tenth of a second to a minute per column.
constexpr std::array kStepsMs = {100, 200, 500, 1000, 2000, 5000, 10000, 20000, 30000, 60000};
constexpr int kFinestWrappedMs = 500;  // Below it a call fills one row or takes a coarser step.

constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kAsciiBars = {".", ":", "-", "=", "+", "*", "#", "@"};

constexpr float kBarRangeDb = 24.0F;  // From the loudest to the softest speech that is drawn.

struct Grid {
  int columns;
  int step_ms;
  int rows;
};

Grid choose_grid(std::int64_t duration_ms, int width_columns) {
  Grid grid{(width_columns - kLabelColumns) / kTickColumns * kTickColumns, 0, 0};
  for (const int step_ms : kStepsMs) {
    const std::int64_t row_ms = std::int64_t{grid.columns} * step_ms;
    grid.step_ms = step_ms;
    grid.rows = static_cast<int>((duration_ms + row_ms - 1) / row_ms);
    if (grid.rows <= 1 || (step_ms >= kFinestWrappedMs && grid.rows <= kMostRows)) break;
  }
  return grid;
}

float loudest_dbfs(std::span<const TrackPoint> track) {
  float loudest = kSilenceDbfs;
  for (const TrackPoint& point : track) {
    if (point.speaking) loudest = std::max(loudest, point.level_dbfs);
  }
  return loudest;
}

std::string without_trailing_blanks(std::string lane) {
  lane.erase(lane.find_last_not_of(' ') + 1);
  return lane;
}

std::string label(std::string_view word) { return fmt::format("  {:<10}", word); }

// One bar per column: the loudest speech within it, against the loudest of the call.
std::string bars(std::span<const TrackPoint> track, std::int64_t first_ms, const Grid& grid,
                 float loudest, bool unicode) {
  const auto& glyphs = unicode ? kBlocks : kAsciiBars;
  const auto per_column = static_cast<std::size_t>(grid.step_ms / kTrackStepMs);
  auto point = static_cast<std::size_t>(first_ms / kTrackStepMs);
  std::string lane;
  for (int column = 0; column < grid.columns && point < track.size(); ++column) {
    const auto within = track.subspan(point, std::min(per_column, track.size() - point));
    point += per_column;
    if (std::ranges::none_of(within, &TrackPoint::speaking)) {
      lane += ' ';
      continue;
    }
    const float below_db = loudest - loudest_dbfs(within);
    const float height = 7.0F * std::clamp(1.0F - below_db / kBarRangeDb, 0.0F, 1.0F);
    lane += glyphs[static_cast<std::size_t>(std::lround(height))];
  }
  return lane;
}

struct Cell {
  std::string_view glyph = " ";
  std::optional<CueKind> kind;
  bool letter = false;
};

// The cue's letter in the first free cell from its start; behind it a line while it held.
void mark(std::vector<Cell>& cells, const Cue& cue, std::int64_t first_ms, const Grid& grid,
          bool unicode) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto column_of = [&](std::int64_t time_ms) { return (time_ms - first_ms) / grid.step_ms; };
  const auto last = static_cast<std::int64_t>(cells.size()) - 1;
  const std::int64_t begin = column_of(cue.start_ms);
  const std::int64_t end = std::min(column_of(std::max(cue.start_ms, cue.end_ms - 1)), last);
  const bool starts_here = cue.start_ms >= first_ms && begin <= last;
  for (std::int64_t i = std::max<std::int64_t>(begin, 0); i <= end; ++i) {
    Cell& cell = cells[static_cast<std::size_t>(i)];
    if (!cell.kind) cell = {unicode ? "─" : "-", cue.kind, false};
  }
  if (!starts_here) return;
  const auto free = std::find_if(cells.begin() + begin, cells.end(),
                                 [](const Cell& cell) { return !cell.letter; });
  if (free == cells.end()) return;
  *free = {kLetters.substr(static_cast<std::size_t>(letter(cue.kind) - 'A'), 1), cue.kind, true};
}

// Cells of one kind share one colour code.
std::string painted(std::span<const Cell> cells, const TerminalText& text) {
  std::string line;
  while (!cells.empty()) {
    const auto kind = cells.front().kind;
    std::string run;
    while (!cells.empty() && cells.front().kind == kind) {
      run += cells.front().glyph;
      cells = cells.subspan(1);
    }
    line += kind ? text.in_colour_of(*kind, run) : run;
  }
  return line;
}

std::string cue_line(const CallReport& report, Party party, std::int64_t first_ms, const Grid& grid,
                     const TerminalText& text) {
  std::vector<Cell> cells(static_cast<std::size_t>(grid.columns));
  const std::int64_t end_ms = first_ms + std::int64_t{grid.columns} * grid.step_ms;
  bool any = false;
  for (const Cue& cue : report.cues) {
    const bool within = cue.start_ms < end_ms && std::max(cue.end_ms, cue.start_ms + 1) > first_ms;
    if (cue.party != party || !within) continue;
    mark(cells, cue, first_ms, grid, text.unicode());
    any = true;
  }
  if (!any) return {};
  while (!cells.back().kind) cells.pop_back();
  return label("") + painted(cells, text) + '\n';
}

char mark_of(OverlapKind kind) noexcept {
  switch (kind) {
    case OverlapKind::backchannel:
      return 'b';
    case OverlapKind::terminal_overlap:
      return 't';
    case OverlapKind::interruption:
      return 'i';
    case OverlapKind::attempt:
      return 'a';
    case OverlapKind::simultaneous_start:
      return 's';
  }
  return '?';
}

// What each overlap was, between the two voices; the weightier one where two share a column.
std::string overlap_line(const CallReport& report, std::int64_t first_ms, const Grid& grid,
                         const TerminalText& text) {
  static constexpr std::string_view kByWeight = " bstai";
  std::string line(static_cast<std::size_t>(grid.columns), ' ');
  for (const Overlap& overlap : report.overlaps) {
    const std::int64_t column = (overlap.start_ms - first_ms) / grid.step_ms;
    if (overlap.start_ms < first_ms || column >= grid.columns) continue;
    char& cell = line[static_cast<std::size_t>(column)];
    const char mark = mark_of(overlap.kind);
    if (kByWeight.find(mark) > kByWeight.find(cell)) cell = mark;
  }
  line = without_trailing_blanks(line);
  return line.empty() ? "" : label("both") + text.dim(line) + '\n';
}

std::string scale(const CallReport& report, std::int64_t first_ms, const Grid& grid) {
  std::string ticks;
  for (int column = 0; column < grid.columns; column += kTickColumns) {
    const std::int64_t time_ms = first_ms + std::int64_t{column} * grid.step_ms;
    if (time_ms >= report.duration_ms) break;
    ticks += fmt::format("{:<10}", clock_time(time_ms));
  }
  ticks.erase(ticks.find_last_not_of(' ') + 1);
  return ticks;
}

}  // namespace

std::string terminal_lanes(const CallReport& report, const TerminalText& text) {
  const Grid grid = choose_grid(report.duration_ms, text.width_columns());
  std::string drawing;
  for (int row = 0; row < grid.rows; ++row) {
    const std::int64_t first_ms = std::int64_t{row} * grid.columns * grid.step_ms;
    drawing += label("") + text.dim(scale(report, first_ms, grid)) + '\n';
    for (const Party party : kParties) {
      if (!report.present[party]) continue;
      const auto& track = report.track[party];
      const std::string lane =
          without_trailing_blanks(bars(track, first_ms, grid, loudest_dbfs(track), text.unicode()));
      drawing += label(name(party)) + text.in_colour_of(party, lane) + '\n';
      drawing += cue_line(report, party, first_ms, grid, text);
      if (party == Party::agent) drawing += overlap_line(report, first_ms, grid, text);
    }
    drawing += '\n';
  }
  if (!report.overlaps.empty()) {
    drawing += "  " +
               text.dim(
                   "both: i interruption, a attempt, b backchannel, t turn end, "
                   "s started together") +
               "\n\n";
  }
  return drawing;
}

}  // namespace tonecue

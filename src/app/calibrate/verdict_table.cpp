#include "tonecue/app/verdict_table.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "tonecue/app/console.h"
#include "tonecue/core/number_text.h"
#include "tonecue/report/csv.h"

namespace tonecue {
namespace {

constexpr double kLongestCallS = 1e6;

std::optional<std::int64_t> time_ms(std::string_view cell) {
  const auto seconds = parse_number<double>(cell);
  const bool within = seconds && *seconds >= 0.0 && *seconds <= kLongestCallS;  // NaN fails.
  return within ? std::optional<std::int64_t>(std::llround(*seconds * 1000.0)) : std::nullopt;
}

std::optional<ReviewVerdict> verdict_named(std::string_view cell) {
  if (cell == "right") return ReviewVerdict::right;
  if (cell == "wrong") return ReviewVerdict::wrong;
  if (cell == "unsure") return ReviewVerdict::unsure;
  return std::nullopt;
}

/// @return What to do about the row, when it is not one.
tl::expected<Verdict, std::string> to_verdict(const std::vector<std::string>& cells) {
  if (cells.size() != 3) {
    return tl::unexpected(
        fmt::format("has {} cells, not 3; write FILE,SECONDS,VERDICT with commas", cells.size()));
  }
  if (cells[0].empty()) {
    return tl::unexpected<std::string>("names no recording; write its file first");
  }
  const auto raised_at_ms = time_ms(cells[1]);
  if (!raised_at_ms) {
    return tl::unexpected(fmt::format(
        "'{}' is no time; write seconds from the start of the call, as in 83.46", cells[1]));
  }
  const auto verdict = verdict_named(cells[2]);
  if (!verdict) {
    return tl::unexpected(
        fmt::format("'{}' is no verdict; write right, wrong or unsure", cells[2]));
  }
  return Verdict{cells[0], *raised_at_ms, *verdict, 0};
}

}  // namespace

VerdictTable parse_verdicts(std::string_view csv, std::string_view file) {
  VerdictTable table;
  const auto refuse = [&](int line, std::string_view what) {
    table.problems.push_back(
        {ErrorCode::corrupt, one_line(fmt::format("{}:{}: {}", file, line, what))});
  };
  CsvReader reader(csv);
  const std::vector<std::string> header = {"file", "raised_at_s", "verdict"};
  if (reader.next_row() != header) {
    refuse(1, "the first line must be 'file,raised_at_s,verdict'");
    return table;
  }
  while (!reader.done()) {
    const int line = reader.line();
    const std::vector<std::string> cells = reader.next_row();
    if (cells.size() == 1 && cells.front().empty()) continue;  // An empty line says nothing.
    auto verdict = to_verdict(cells);
    if (!verdict) {
      refuse(line, verdict.error());
      continue;
    }
    verdict->line = line;
    table.verdicts.push_back(*std::move(verdict));
  }
  return table;
}

Result<VerdictTable> load_verdicts(const std::string& path) {
  std::error_code status;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, status)) {
    return failure(ErrorCode::unreadable,
                   fmt::format("{}: cannot open the reviewers' verdicts", path));
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_verdicts(text, path);
}

}  // namespace tonecue

#include "score_table.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "tonecue/insight/local_calendar.h"
#include "tonecue/report/csv.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestKind = 40;

using Row = std::vector<std::string>;

template <class Number>
std::optional<Number> number_of(std::string_view cell) {
  Number value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

bool is_line(std::string_view cell, std::size_t longest) {
  return !cell.empty() && expect_line("", cell, longest).has_value();
}

/// @return What is wrong with the cell, when it names no call.
std::optional<std::string> take_call(const std::string& cell, bool by_id, ScoreEntry& score) {
  if (!by_id) {
    score.call = cell;
    if (is_line(cell, kLongestDetail)) return std::nullopt;
    return "names no recording";
  }
  const auto id = number_of<std::int64_t>(cell);
  if (!id || *id < 1) return "the call_id is no number of a call";
  score.call = *id;
  return std::nullopt;
}

tl::expected<ScoreEntry, std::string> score_of(const Row& cells, bool by_id, bool with_time) {
  const std::size_t wanted = with_time ? 4 : 3;
  if (cells.size() != wanted) {
    return tl::unexpected(fmt::format("has {} cells, not {}", cells.size(), wanted));
  }
  ScoreEntry score{.kind = cells[1]};
  if (auto wrong = take_call(cells[0], by_id, score)) return tl::unexpected(std::move(*wrong));
  if (!is_line(score.kind, kLongestKind)) {
    return tl::unexpected(
        fmt::format("the kind must be a word of 1 to {} bytes, as CSAT", kLongestKind));
  }
  const auto value = number_of<double>(cells[2]);
  if (!value || !std::isfinite(*value)) {
    return tl::unexpected<std::string>("the value is no number; write one as 4 or 87.5");
  }
  score.value = *value;
  if (with_time && !cells[3].empty()) {
    const auto day = parse_day(cells[3]);
    if (!day) return tl::unexpected<std::string>("at must be a date as 2026-11-22");
    score.at_unix_ms = LocalCalendar::begin_of(*day);
  }
  return score;
}

}  // namespace

Result<ScoreTable> ScoreTable::open(std::string_view csv) {
  if (!is_utf8(csv)) return failure(ErrorCode::invalid_argument, "the table is not UTF-8");
  CsvReader reader(csv);
  Row header = reader.next_row();
  const bool with_time = header.size() == 4 && header[3] == "at";
  if (with_time) header.pop_back();
  const bool by_id = header == Row{"call_id", "kind", "value"};
  if (!by_id && header != Row{"source", "kind", "value"}) {
    return failure(ErrorCode::invalid_argument,
                   "the first line must be source,kind,value or call_id,kind,value, and perhaps "
                   ",at");
  }
  return ScoreTable(reader, by_id, with_time);
}

std::optional<tl::expected<ScoreEntry, std::string>> ScoreTable::next() {
  while (!reader_.done()) {
    line_ = reader_.line();
    const Row cells = reader_.next_row();
    if (cells.size() == 1 && cells.front().empty()) continue;
    auto score = score_of(cells, by_id_, with_time_);
    if (score) score->line = line_;
    return score;
  }
  return std::nullopt;
}

}  // namespace tonecue

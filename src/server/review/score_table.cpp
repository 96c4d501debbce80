#include "score_table.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <set>
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

class ScoreReader {
 public:
  ScoreReader(bool by_id, bool with_time) : by_id_(by_id), with_time_(with_time) {}

  /// @return What is wrong with the row, when it is none.
  tl::expected<ScoreEntry, std::string> read(const Row& cells, int line) {
    const std::size_t wanted = with_time_ ? 4 : 3;
    if (cells.size() != wanted) {
      return tl::unexpected(fmt::format("has {} cells, not {}", cells.size(), wanted));
    }
    ScoreEntry score{.kind = cells[1], .line = line};
    if (auto wrong = take_call(cells[0], score)) return tl::unexpected(std::move(*wrong));
    if (!is_line(score.kind, kLongestKind)) {
      return tl::unexpected(
          fmt::format("the kind must be a word of 1 to {} bytes, as CSAT", kLongestKind));
    }
    const auto value = number_of<double>(cells[2]);
    if (!value || !std::isfinite(*value)) {
      return tl::unexpected<std::string>("the value is no number; write one as 4 or 87.5");
    }
    score.value = *value;
    if (with_time_ && !cells[3].empty()) {
      const auto day = parse_day(cells[3]);
      if (!day) return tl::unexpected<std::string>("at must be a date as 2026-11-22");
      score.at_unix_ms = LocalCalendar::begin_of(*day);
    }
    if (!seen_.emplace(cells[0], score.kind).second) {
      return tl::unexpected<std::string>("this call has a score of this kind further up");
    }
    return score;
  }

 private:
  std::optional<std::string> take_call(const std::string& cell, ScoreEntry& score) const {
    if (!by_id_) {
      score.call = cell;
      if (is_line(cell, kLongestDetail)) return std::nullopt;
      return "names no recording";
    }
    const auto id = number_of<std::int64_t>(cell);
    if (!id || *id < 1) return "the call_id is no number of a call";
    score.call = *id;
    return std::nullopt;
  }

  bool by_id_;
  bool with_time_;
  std::set<std::pair<std::string, std::string>> seen_{};
};

}  // namespace

Result<ScoreTable> parse_scores(std::string_view csv) {
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
  ScoreTable table;
  ScoreReader scores(by_id, with_time);
  while (!reader.done()) {
    const int line = reader.line();
    const Row cells = reader.next_row();
    if (cells.size() == 1 && cells.front().empty()) continue;  // An empty line says nothing.
    auto score = scores.read(cells, line);
    if (score) {
      table.scores.push_back(std::move(*score));
    } else {
      table.problems.push_back(fmt::format("line {}: {}", line, score.error()));
    }
  }
  return table;
}

}  // namespace tonecue

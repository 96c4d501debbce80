/// @file
/// Scores from outside, as a table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "tonecue/core/result.h"
#include "tonecue/report/csv.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

/// Takes one row after the other of CSV (RFC 4180, UTF-8) with the header `source,kind,value` or
/// `call_id,kind,value`, and perhaps `,at`, a date. It holds one row at a time.
class ScoreTable {
 public:
  /// @param csv  Outlives the table.
  /// @return `invalid_argument` for another header, or what is no UTF-8.
  static Result<ScoreTable> open(std::string_view csv);

  /// The score of the next row, or what is wrong with the row; nothing at the end. Empty lines are
  /// passed over.
  std::optional<tl::expected<ScoreEntry, std::string>> next();

  /// Of the row that next() has given.
  int line() const noexcept { return line_; }

 private:
  ScoreTable(CsvReader reader, bool by_id, bool with_time)
      : reader_(reader), by_id_(by_id), with_time_(with_time) {}

  CsvReader reader_;
  bool by_id_;
  bool with_time_;
  int line_ = 0;
};

}  // namespace tonecue

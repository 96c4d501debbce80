/// @file
/// Tables as text: CSV after RFC 4180.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tonecue {

/// In quotes, so that it may hold anything.
std::string csv_cell(std::string_view text);

/// Takes one row of cells after the other; a cell in quotes may hold commas, quotes twice, and line
/// ends. A byte order mark at the beginning is left out: spreadsheets write one.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  bool done() const { return rest_.empty(); }

  /// Of the row that next_row() takes, from 1.
  int line() const { return line_; }

  std::vector<std::string> next_row();

 private:
  std::string plain_cell();
  std::string quoted_cell();
  void end_line();

  std::string_view rest_;
  int line_ = 1;
};

}  // namespace tonecue

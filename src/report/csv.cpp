#include "tonecue/report/csv.h"

#include <algorithm>

namespace tonecue {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + '"';
}

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

std::vector<std::string> CsvReader::next_row() {
  std::vector<std::string> cells;
  for (bool more = true; more;) {
    cells.push_back(rest_.starts_with('"') ? quoted_cell() : plain_cell());
    more = rest_.starts_with(',');
    if (more) rest_.remove_prefix(1);
  }
  end_line();
  return cells;
}

std::string CsvReader::plain_cell() {
  const std::size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
  std::string cell{rest_.substr(0, end)};
  rest_.remove_prefix(end);
  return cell;
}

std::string CsvReader::quoted_cell() {
  std::string cell;
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    if (letter == '"') {
      if (!rest_.starts_with('"')) break;
      rest_.remove_prefix(1);
    }
    line_ += letter == '\n' ? 1 : 0;
    cell += letter;
  }
  return cell + plain_cell();  // What follows the quotes belongs to no cell; it spoils this one.
}

void CsvReader::end_line() {
  if (rest_.starts_with('\r')) rest_.remove_prefix(1);
  if (rest_.starts_with('\n')) rest_.remove_prefix(1);
  ++line_;
}

}  // namespace tonecue

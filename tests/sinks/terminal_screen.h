/// @file
/// What a terminal would show.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace tonecue::test {

/// Takes the few commands that the live view uses: lines up, clear to the end of line or screen,
/// colours (ignored). Anything else is told as an unknown command.
class TerminalScreen {
 public:
  void take(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\x1b') {
        i = command(text, i);
      } else if (text[i] == '\n') {
        ++row_;
        column_ = 0;
      } else if (text[i] == '\r') {
        column_ = 0;
      } else {
        put(text[i]);
      }
    }
  }
  const std::vector<std::string>& lines() const { return lines_; }
  const std::string& unknown() const { return unknown_; }

 private:
  std::size_t command(std::string_view text, std::size_t at) {
    const std::size_t end = text.find_first_of("AJKmhl", at);
    const std::string_view argument = text.substr(at + 2, end - at - 2);
    switch (text[end]) {
      case 'A':
        row_ -= std::min<std::size_t>(row_, std::stoul(std::string(argument)));
        break;
      case 'J':
        lines_.resize(std::min(lines_.size(), row_ + 1));
        if (row_ < lines_.size()) lines_[row_].resize(std::min(lines_[row_].size(), column_));
        break;
      case 'K':
        if (row_ < lines_.size()) lines_[row_].resize(std::min(lines_[row_].size(), column_));
        break;
      case 'm':
        break;
      default:
        if (argument != "?7") unknown_ += text.substr(at, end - at + 1);
    }
    return end;
  }
  void put(char letter) {
    if (row_ >= lines_.size()) lines_.resize(row_ + 1);
    std::string& line = lines_[row_];
    if (column_ < line.size()) {
      line[column_] = letter;
    } else {
      line.resize(column_, ' ');
      line += letter;
    }
    ++column_;
  }

  std::vector<std::string> lines_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::string unknown_;
};

}  // namespace tonecue::test

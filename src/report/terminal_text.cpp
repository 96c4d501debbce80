#include "terminal_text.h"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace tonecue {
namespace {

constexpr int kNarrowest = 60;
constexpr int kWidest = 200;

bool continues_a_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

int columns_of(std::string_view text) {
  return static_cast<int>(
      std::ranges::count_if(text, [](char byte) { return !continues_a_character(byte); }));
}

// How many bytes the UTF-8 character at the front has; 0 when it is none.
std::size_t character_bytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t bytes = 1;
  if (lead >= 0xF0) {
    bytes = 4;
  } else if (lead >= 0xE0) {
    bytes = 3;
  } else if (lead >= 0xC0) {
    bytes = 2;
  } else if (lead >= 0x80) {
    return 0;
  }
  if (bytes > text.size()) return 0;
  const auto rest = text.substr(1, bytes - 1);
  return std::ranges::all_of(rest, continues_a_character) ? bytes : 0;
}

// C0, DEL and C1 (U+0080 to U+009F): a terminal acts on them.
bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

TerminalText::TerminalText(const TerminalConfig& config) noexcept
    : width_columns_(std::clamp(config.width_columns, kNarrowest, kWidest)),
      colour_(config.colour),
      unicode_(config.unicode) {}

std::string TerminalText::painted(std::string_view code, std::string_view text) const {
  return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string TerminalText::in_colour_of(Party party, std::string_view text) const {
  return painted(party == Party::agent ? "36" : "33", text);  // Cyan, yellow.
}

std::string TerminalText::in_colour_of(CueKind kind, std::string_view text) const {
  if (kind == CueKind::recovered) return painted("1;32", text);  // Green: it went well.
  const bool grave = kind == CueKind::interruption || kind == CueKind::distress;
  return painted(grave ? "1;31" : "1;35", text);  // Red, magenta.
}

std::string TerminalText::printable(std::string_view text) const {
  std::string safe;
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(bytes, 1));
    const bool shown = bytes > 0 && !is_control(character) && (unicode_ || character.size() == 1);
    safe += shown ? character : "?";
    text.remove_prefix(character.size());
  }
  return safe;
}

std::string TerminalText::wrapped(std::string_view text, int indent) const {
  std::string lines;
  int column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool first_in_line = column == indent;
    if (!first_in_line && column + 1 + columns_of(word) > width_columns_) {
      lines += '\n' + std::string(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else if (!first_in_line) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += columns_of(word);
  }
  return lines + '\n';
}

}  // namespace tonecue

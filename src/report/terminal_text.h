/// @file
/// Text for a terminal: safe, coloured, wrapped.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"
#include "tonecue/report/terminal_timeline.h"

namespace tonecue {

/// Words and colours as this terminal takes them.
class TerminalText {
 public:
  explicit TerminalText(const TerminalConfig& config) noexcept;

  int width_columns() const noexcept { return width_columns_; }
  bool unicode() const noexcept { return unicode_; }

  std::string bold(std::string_view text) const { return painted("1", text); }
  std::string dim(std::string_view text) const { return painted("2", text); }
  std::string in_colour_of(Party party, std::string_view text) const;
  std::string in_colour_of(CueKind kind, std::string_view text) const;

  /// Control characters, and without unicode everything beyond ASCII, become '?'.
  std::string printable(std::string_view text) const;

  /// Breaks `text` between words; lines after the first begin with `indent` blanks. Ends with a
  /// newline. The caller has already written `indent` columns of the first line.
  std::string wrapped(std::string_view text, int indent) const;

 private:
  std::string painted(std::string_view code, std::string_view text) const;

  int width_columns_;
  bool colour_;
  bool unicode_;
};

}  // namespace tonecue

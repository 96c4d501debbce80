/// @file
/// Where the program writes.
#pragma once

#include <atomic>
#include <ostream>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// The program's way out to a person: two streams, what they can show, and the wish to stop.
struct Console {
  std::ostream& out;
  std::ostream& err;
  const std::atomic<bool>& stop;  ///< Someone pressed Ctrl-C: end soon, leave nothing half done.
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colour = false;     ///< Only where `out` is a terminal and NO_COLOR is not set.
  bool unicode = true;     ///< Bars and marks beyond ASCII can be shown.
  int width_columns = 80;  ///< At least 40.
};

/// The process's own streams, as its environment describes them.
Console standard_console(const std::atomic<bool>& stop);

/// As wide as the terminal on standard output or standard error is now; at least 40, 80 where there
/// is none.
int terminal_columns();

/// Control characters become '?': a file's name, say, breaks no line and steers no terminal.
std::string one_line(std::string text);

/// One line on `err`, led by the program's name.
void complain(const Console& console, std::string_view message);

/// Writes the text to `out` at once. @return `unwritable` when it did not all go out.
Result<void> print(const Console& console, std::string_view text);

}  // namespace tonecue

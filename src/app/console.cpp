#include "tonecue/app/console.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <string>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

namespace tonecue {
namespace {

std::string environment(const char* variable) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread.
  return value == nullptr ? std::string{} : std::string{value};
}

/// POSIX: the first of these that is not empty decides. Where none is set, as in most containers,
/// the terminal around it is a modern one.
bool shows_unicode() {
  std::string locale = environment("LC_ALL");
  if (locale.empty()) locale = environment("LC_CTYPE");
  if (locale.empty()) locale = environment("LANG");
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return locale.empty() || locale.find("utf-8") != std::string::npos ||
         locale.find("utf8") != std::string::npos;
}

}  // namespace

Console standard_console(const std::atomic<bool>& stop) {
  std::ios::sync_with_stdio(false);
  Console console{.out = std::cout, .err = std::cerr, .stop = stop};
  console.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  console.err_is_terminal = isatty(STDERR_FILENO) == 1;
  console.colour =
      console.out_is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  console.unicode = shows_unicode();
  console.width_columns = console.out_is_terminal ? terminal_columns() : console.width_columns;
  return console;
}

int terminal_columns() {
  constexpr int kUsual = 80;
  constexpr int kNarrowest = 40;
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
      return std::max(kNarrowest, static_cast<int>(size.ws_col));
    }
  }
  return kUsual;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char letter) { return std::iscntrl(static_cast<unsigned char>(letter)) != 0; }, '?');
  return text;
}

void complain(const Console& console, std::string_view message) {
  console.err << "tonecue: " << one_line(std::string{message}) << std::endl;
}

Result<void> print(const Console& console, std::string_view text) {
  errno = 0;
  console.out << text << std::flush;
  if (console.out.good()) return {};
  const std::string reason = errno != 0 ? ": " + std::generic_category().message(errno) : "";
  return failure(ErrorCode::unwritable, "cannot write to standard output" + reason);
}

}  // namespace tonecue

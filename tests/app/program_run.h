/// @file
/// The program, run within a test.
#pragma once

#include <atomic>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "tonecue/app/program.h"

namespace tonecue::test {

struct ProgramRun {
  int status = -1;
  std::string out;
  std::string err;
};

/// Runs `tonecue` with these arguments; neither stream is a terminal.
inline ProgramRun run(const std::vector<std::string>& arguments, bool stop = false) {
  // A person's own choices do not count here.
  ::setenv("XDG_CONFIG_HOME", "/nonexistent", 0);  // NOLINT(concurrency-mt-unsafe): no thread yet.
  std::vector<const char*> argv = {"tonecue"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  const std::atomic<bool> stopped{stop};
  const int status = run_program(static_cast<int>(argv.size()), argv.data(),
                                 {.out = out, .err = err, .stop = stopped});
  return {status, out.str(), err.str()};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Exactly one line, led by the program's name.
inline bool is_one_complaint(const std::string& err) {
  return err.starts_with("tonecue: ") && err.find('\n') == err.size() - 1;
}

}  // namespace tonecue::test

/// @file
/// A terminal on which libraries do not print.
#pragma once

#include "tonecue/app/console.h"

namespace tonecue {

/// While a sound device comes and goes, PortAudio prints the places in its source where it noticed,
/// amid whatever else the terminal shows; what matters it returns as an error. As long as this
/// object lives, nothing comes to the terminal but what the program says itself. Standard error
/// that goes to a file still gets everything.
class QuietLibraries {
 public:
  explicit QuietLibraries(const Console& console);
  QuietLibraries(const QuietLibraries&) = delete;
  QuietLibraries& operator=(const QuietLibraries&) = delete;
  ~QuietLibraries();

 private:
  int before_ = -1;  // Where standard error went; -1: where it still goes.
};

}  // namespace tonecue

/// @file
/// The whole program as a function.
#pragma once

#include "tonecue/app/console.h"

namespace tonecue {

/// Exit status.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;  ///< Told on `err`.
inline constexpr int kWrongUsage = 2;
inline constexpr int kInterrupted = 130;  ///< Stopped by Console::stop; as shells tell of Ctrl-C.

/// Does what the command line says, and returns the exit status.
int run_program(int argc, const char* const* argv, const Console& console);

}  // namespace tonecue

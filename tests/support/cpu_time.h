/// @file
/// What work costs, for tests of its cost: the time of day grows with whatever else the machine
/// does, the time on a processor hardly.
#pragma once

#include <ctime>

namespace tonecue::test {

/// What the calling thread has computed so far.
inline double thread_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

}  // namespace tonecue::test

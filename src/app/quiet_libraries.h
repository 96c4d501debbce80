/// @file
/// Standard error for the program alone.
#pragma once

#include <memory>
#include <ostream>

namespace tonecue {

/// While it lives, what libraries write to the process's standard error is dropped, and what is
/// written to `std::cerr` arrives as before. PortAudio prints its failed calls there, one each time
/// a device that is away is tried again, across what is drawn on the terminal.
///
/// What a sanitizer reports arrives, too.
///
/// Threads: made and ended while no other thread writes to `std::cerr`.
class QuietLibraries {
 public:
  /// @param err  Where the program complains. Nothing is done unless it is `std::cerr`.
  explicit QuietLibraries(const std::ostream& err);
  QuietLibraries(const QuietLibraries&) = delete;
  QuietLibraries& operator=(const QuietLibraries&) = delete;
  ~QuietLibraries();

 private:
  class WayOut;
  std::unique_ptr<WayOut> way_out_;
};

}  // namespace tonecue

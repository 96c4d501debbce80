/// @file
/// Lines to a reader that may be slow or gone.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// A file, a named pipe or standard output, to which nothing ever waits.
///
/// Threads: one object belongs to one thread.
class LineOutput {
 public:
  enum class Outcome {
    written,
    no_room,  ///< The reader is slow; try the next line.
    broken,   ///< No reader any more, or the disk is full: `errno` tells.
  };

  /// @param path  "-" for standard output.
  static Result<LineOutput> open(const std::string& path);

  /// All of the line or nothing of it, as long as it is at most PIPE_BUF (4096) bytes; a longer one
  /// is no_room unless a file takes it.
  Outcome write(std::string_view line) noexcept;

  LineOutput(LineOutput&& other) noexcept;
  LineOutput& operator=(LineOutput&& other) noexcept;
  ~LineOutput();

 private:
  LineOutput(int file, bool owned, bool is_file) noexcept
      : file_(file), owned_(owned), is_file_(is_file) {}
  void close() noexcept;

  int file_ = -1;
  bool owned_ = false;    // Standard output is the program's.
  bool is_file_ = false;  // No reader whose pace matters.
};

}  // namespace tonecue

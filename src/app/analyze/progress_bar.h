/// @file
/// How far the work is.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "tonecue/app/console.h"

namespace tonecue {

/// A bar on the last line of a terminal's `err`; draws nothing elsewhere.
/// Threads: update() and around() may be called from any.
class ProgressBar {
 public:
  ProgressBar(const Console& console, std::size_t recordings);
  ~ProgressBar() { hide(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// @param part  How much of this recording is done, [0, 1].
  void update(std::size_t recording, float part);

  /// Calls `output`, which writes to the terminal, while the bar is away.
  template <class Output>
  void around(const Output& output) {
    const std::lock_guard lock(drawing_);
    hide();
    output();
  }

 private:
  void draw();
  void hide();

  const Console& console_;
  std::mutex drawing_;
  std::vector<float> parts_;
  std::chrono::steady_clock::time_point next_draw_;
  bool visible_ = false;
};

}  // namespace tonecue

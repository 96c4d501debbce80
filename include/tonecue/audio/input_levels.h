/// @file
/// How loud each input is now, for choosing one.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "tonecue/audio/device.h"
#include "tonecue/core/result.h"

namespace tonecue {

class InputPort;

/// What an input hears.
struct InputLevel {
  std::optional<float> level_dbfs{};  ///< RMS since the last read, at least -100; none came: empty.
  std::string trouble{};              ///< Why it cannot be opened; empty: it is open.
};

/// Listens to many inputs at once, which are opened one after another in the background. One that
/// cannot be opened, or not beside the others, says why.
///
/// Threads: one.
class InputLevels {
 public:
  /// @param devices  Of which the inputs are opened; the rest have no level.
  /// @return `device` when the sound system cannot be reached.
  static Result<InputLevels> create(std::span<const AudioDevice> devices);

  /// One for each device of create().
  std::vector<InputLevel> read();

  InputLevels(InputLevels&&) noexcept;
  InputLevels& operator=(InputLevels&&) = delete;
  ~InputLevels();

 private:
  struct Listening;
  InputLevels(std::shared_ptr<Listening> listening, std::unique_ptr<InputPort> port);

  std::shared_ptr<Listening> listening_;
  std::thread opener_;
};

}  // namespace tonecue

/// @file
/// How loud each input is now, for choosing one.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/audio/device.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// What an input hears.
struct InputLevel {
  std::optional<float> level_dbfs{};  ///< RMS since the last read, at least -100; none came: empty.
  std::string trouble{};              ///< Why it cannot be opened; empty: it is open.
};

/// Listens to many inputs at once. One that cannot be opened, or not beside the others, says why.
///
/// Threads: one; as for devices(), one thread at a time may create and destroy.
class InputLevels {
 public:
  /// @param devices  Of which the inputs are opened; the rest have no level.
  /// @return `device` when the sound system cannot be reached.
  static Result<InputLevels> create(std::span<const AudioDevice> devices);

  /// One for each device of create(). Valid until the next call.
  std::span<const InputLevel> read();

  InputLevels(InputLevels&&) noexcept;
  InputLevels& operator=(InputLevels&&) noexcept;
  ~InputLevels();

 private:
  struct Listening;
  explicit InputLevels(std::unique_ptr<Listening> listening);

  std::unique_ptr<Listening> listening_;
};

}  // namespace tonecue

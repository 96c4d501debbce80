/// @file
/// How much there is of each kind of data, how old it is, and what is too old.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/store.h"

namespace tonecue {

struct DataStock {
  std::int64_t count = 0;
  std::optional<std::int64_t> oldest_unix_ms{};  ///< Begin of the call, time of the entry.
};

/// Age is counted from the begin of a call. Calls that go on now are never too old.
///
/// Threads: as Store.
class DataAge {
 public:
  explicit DataAge(Store& store) noexcept : store_(&store) {}

  Result<DataStock> audio() const;
  Result<DataStock> calls() const;
  Result<DataStock> audit() const;

  /// Calls that began before, the oldest first.
  Result<std::vector<std::int64_t>> calls_before(std::int64_t unix_ms, int limit) const;

  /// Removes the sound of calls that began before: the file, then what the store knows of it. The
  /// calls stay.
  /// @return How many; what it could not remove is an error, after all others were.
  Result<std::int64_t> remove_audio_before(std::int64_t unix_ms);

 private:
  Result<DataStock> stock(const char* sql) const;

  Store* store_;
};

}  // namespace tonecue

/// @file
/// The folder that keeps calls.
#pragma once

#include <memory>
#include <string>

#include "tonecue/core/result.h"

namespace tonecue {

struct StoreConfig {
  std::string folder{};     ///< Made where it is missing (mode 0700).
  bool must_exist = false;  ///< An error instead, where there is none.
  std::string file_name = "tonecue.db";
};

/// One SQLite database in WAL mode with recordings as files beside it (`recordings/`). Opening it
/// brings an older one up to date (src/store/database/schema, one file per step, each in one
/// transaction); a newer one is refused. Several processes may have one folder open.
///
/// What a writing function has returned is on the disk: `synchronous=FULL`. A crash at any moment
/// leaves the last such state.
///
/// The classes of this module (CallStore, ReviewStore, People, ...) take a Store and keep nothing
/// themselves: any number of them may stand on one.
///
/// Real-time: none. Threads: any thread may use it; readers go side by side, writers one after
/// another (5 s, then `unwritable`).
class Store {
 public:
  /// @return `not_found`, `unreadable`, `unwritable`, `corrupt` (no database of ours), or
  /// `unsupported` (of a newer tonecue).
  static Result<Store> open(const StoreConfig& config);

  const std::string& folder() const noexcept;

  class Impl;
  Impl& impl() const noexcept { return *impl_; }  ///< For the classes of this module.

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

 private:
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue

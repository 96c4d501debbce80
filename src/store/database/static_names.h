/// @file
/// Names that stay.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tonecue {

/// Keeps names where they are for as long as it lives, each once.
///
/// Threads: any.
class StaticNames {
 public:
  /// The program's own are a few dozen; a file that somebody has filled with others must not fill
  /// the memory.
  static constexpr std::size_t kMost = 1000;
  static constexpr std::size_t kLongest = 64;

  /// @return Empty for what is no name (small letters, digits, `_`), and when there are too many.
  std::optional<std::string_view> keep(const std::string& name);

 private:
  std::mutex mutex_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace tonecue

/// @file
/// How often a refusal is written down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tonecue {

/// Who is refused a thousand times a second must not fill the disk: of one address one refusal a
/// second is written down, of all together twenty, with the number of those that were not. Keeps
/// 10,000 addresses; beyond, those that were quiet longest are forgotten.
///
/// Threads: any.
class RefusalLog {
 public:
  static constexpr std::size_t kMostAddresses = 10'000;
  static constexpr std::int64_t kEveryMs = 1000;
  static constexpr int kMostAtOnce = 20;

  /// @return Nothing: count it only. Else write it down, with how many of this address were not
  /// since the last one.
  std::optional<std::int64_t> take(std::string_view address, std::int64_t now_ms);

 private:
  struct Refusals {
    std::int64_t written_ms = 0;
    std::int64_t unwritten = 0;
  };
  void make_room();
  bool take_place(std::int64_t now_ms);

  std::mutex mutex_;
  std::unordered_map<std::string, Refusals> refusals_{};
  std::int64_t second_began_ms_ = 0;
  int written_this_second_ = 0;
};

}  // namespace tonecue

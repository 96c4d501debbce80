/// @file
/// How often somebody may try a password.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tonecue {

/// How tries of one kind are counted.
struct TryRule {
  int free = 5;                        ///< So many cost nothing.
  std::int64_t forgiven_ms = 900'000;  ///< One try is forgotten after each such time.
};

/// Counts tries by name. After the free ones each try must wait: 1 s, 2 s, 4 s, ... up to 15 min.
/// Keeps 10,000 names; when one more comes, that with the fewest tries is forgotten.
///
/// Threads: one at a time.
class TryCounter {
 public:
  static constexpr std::size_t kMostNames = 10'000;
  static constexpr std::int64_t kLongestWaitMs = 900'000;

  explicit TryCounter(const TryRule& rule) noexcept : rule_(rule) {}

  std::int64_t wait_ms(std::string_view name, std::int64_t now_ms) const;
  void count(std::string_view name, std::int64_t now_ms);
  void take_back(std::string_view name);  ///< One try.
  void forget(std::string_view name);     ///< All of them.
  std::size_t names() const noexcept { return tries_.size(); }

 private:
  struct Tries {
    double count = 0.0;
    std::int64_t last_ms = 0;
    std::int64_t free_at_ms = 0;
  };
  double left(const Tries& tries, std::int64_t now_ms) const noexcept;
  void make_room(std::int64_t now_ms);

  TryRule rule_;
  std::unordered_map<std::string, Tries> tries_{};
};

/// Slows down who guesses passwords: by login, wherever from, and by address, at whatever login.
/// An office may come from one address, so an address has more free tries, and gets them back
/// sooner.
///
/// Threads: any.
class SignInLimit {
 public:
  static constexpr TryRule kOfLogin{.free = 5, .forgiven_ms = 900'000};
  static constexpr TryRule kOfAddress{.free = 20, .forgiven_ms = 180'000};

  /// Counts a try before it is made, so that many at once gain nothing; one that must wait is not
  /// counted. @return 0: go ahead; else how long to wait.
  std::int64_t begin_try(std::string_view address, std::string_view login, std::int64_t now_ms);

  /// It was the right password. Tries at other logins from this address stay counted.
  void succeeded(std::string_view address, std::string_view login);

  /// Checking a password is slow: as long as the object lives, one is under way.
  class Check {
   public:
    explicit Check(SignInLimit& limit) noexcept;
    ~Check();
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;
    bool too_many() const noexcept { return too_many_; }

   private:
    SignInLimit& limit_;
    bool too_many_;
  };

 private:
  static constexpr int kMostChecks = 4;  // Two are computed at once, two wait.

  std::mutex mutex_;
  TryCounter logins_{kOfLogin};
  TryCounter addresses_{kOfAddress};
  std::atomic<int> checks_{0};
};

/// What one network address stands for: an IPv4 address itself, of IPv6 the network of 64 bits that
/// one subscriber has.
std::string address_group(std::string_view address);

}  // namespace tonecue

#include <chrono>
#include <cstddef>

#include "call_query.h"

namespace tonecue {
namespace {

constexpr std::int64_t kMsPerS = 1000;
constexpr std::int64_t kMsPerMin = 60 * kMsPerS;
constexpr std::int64_t kMsPerHour = 60 * kMsPerMin;
constexpr std::int64_t kLastMs = 253'402'300'799'999;  // Of the year 9999.

// Takes a text apart from its beginning on; after a mistake nothing fits any more.
class Pieces {
 public:
  explicit Pieces(std::string_view text) noexcept : rest_(text) {}

  bool begins_with(char letter) const noexcept { return !rest_.empty() && rest_[0] == letter; }
  bool ended() const noexcept { return right_ && rest_.empty(); }
  bool right() const noexcept { return right_; }

  void take(char letter) noexcept {
    right_ = right_ && begins_with(letter);
    if (right_) rest_.remove_prefix(1);
  }

  // So many digits, of a number in this range.
  int number(std::size_t digits, int least, int most) noexcept {
    int value = 0;
    std::size_t read = 0;
    while (read < digits && read < rest_.size() && is_digit(rest_[read])) {
      value = 10 * value + (rest_[read++] - '0');
    }
    right_ = right_ && read == digits && value >= least && value <= most;
    if (!right_) return least;
    rest_.remove_prefix(read);
    return value;
  }

  // Of a second, in ms; what is finer is cut off.
  int fraction_ms() noexcept {
    constexpr std::size_t kMostDigits = 9;
    int value_ms = 0;
    int digit_ms = 100;
    std::size_t read = 0;
    while (read < kMostDigits && read < rest_.size() && is_digit(rest_[read])) {
      value_ms += digit_ms * (rest_[read++] - '0');
      digit_ms /= 10;
    }
    right_ = right_ && read > 0;
    rest_.remove_prefix(read);
    return value_ms;
  }

 private:
  static bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

  std::string_view rest_;
  bool right_ = true;
};

std::int64_t day_ms(Pieces& pieces) noexcept {
  const int year = pieces.number(4, 1970, 9999);
  pieces.take('-');
  const int month = pieces.number(2, 1, 12);
  pieces.take('-');
  const int day = pieces.number(2, 1, 31);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return -1;
  return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::sys_days(date))
      .time_since_epoch()
      .count();
}

std::int64_t clock_ms(Pieces& pieces) noexcept {
  std::int64_t time_ms = pieces.number(2, 0, 23) * kMsPerHour;
  pieces.take(':');
  time_ms += pieces.number(2, 0, 59) * kMsPerMin;
  if (!pieces.begins_with(':')) return time_ms;
  pieces.take(':');
  time_ms += pieces.number(2, 0, 59) * kMsPerS;
  if (!pieces.begins_with('.')) return time_ms;
  pieces.take('.');
  return time_ms + pieces.fraction_ms();
}

// How far the clocks there are ahead of UTC.
std::int64_t zone_ms(Pieces& pieces) noexcept {
  if (pieces.begins_with('Z')) {
    pieces.take('Z');
    return 0;
  }
  const bool behind = pieces.begins_with('-');
  pieces.take(behind ? '-' : '+');
  const std::int64_t hours = pieces.number(2, 0, 14);
  pieces.take(':');
  const std::int64_t ahead_ms = hours * kMsPerHour + pieces.number(2, 0, 59) * kMsPerMin;
  return behind ? -ahead_ms : ahead_ms;
}

}  // namespace

std::optional<std::int64_t> parse_iso_moment(std::string_view text) noexcept {
  Pieces pieces(text);
  std::int64_t time_ms = day_ms(pieces);
  if (time_ms < 0 || !pieces.right()) return std::nullopt;
  if (pieces.ended()) return time_ms;
  pieces.take('T');
  time_ms += clock_ms(pieces);
  time_ms -= zone_ms(pieces);
  if (!pieces.ended() || time_ms < 0 || time_ms > kLastMs) return std::nullopt;
  return time_ms;
}

}  // namespace tonecue

#include "tonecue/core/iso_time.h"

#include <array>
#include <cstddef>
#include <cstdio>

namespace tonecue {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::sys_time;
using std::chrono::year_month_day;

constexpr sys_time<milliseconds> kFirst = sys_days(days(0));
constexpr sys_time<milliseconds> kEnd = sys_days(std::chrono::year(10'000) / 1 / 1);

// Takes a text apart from its beginning on; after a mistake nothing fits any more.
class Pieces {
 public:
  explicit Pieces(std::string_view text) noexcept : rest_(text) {}

  bool begins_with(char letter) const noexcept { return !rest_.empty() && rest_[0] == letter; }
  bool ended() const noexcept { return right_ && rest_.empty(); }

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

  milliseconds fraction_of_second() noexcept {
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
    return milliseconds(value_ms);
  }

  void refuse() noexcept { right_ = false; }

 private:
  static bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

  std::string_view rest_;
  bool right_ = true;
};

sys_days take_date(Pieces& pieces) noexcept {
  const int year = pieces.number(4, 1970, 9999);
  pieces.take('-');
  const int month = pieces.number(2, 1, 12);
  pieces.take('-');
  const int day = pieces.number(2, 1, 31);
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) pieces.refuse();
  return date;
}

milliseconds take_clock(Pieces& pieces) noexcept {
  const std::chrono::hours hours(pieces.number(2, 0, 23));
  pieces.take(':');
  const minutes minute(pieces.number(2, 0, 59));
  pieces.take(':');
  const std::chrono::seconds second(pieces.number(2, 0, 59));
  const milliseconds whole = hours + minute + second;
  if (!pieces.begins_with('.')) return whole;
  pieces.take('.');
  return whole + pieces.fraction_of_second();
}

// How far the clocks there are ahead of UTC.
minutes take_zone(Pieces& pieces) noexcept {
  constexpr std::chrono::hours kFarthest(14);  // The Line Islands.
  if (pieces.begins_with('Z')) {
    pieces.take('Z');
    return {};
  }
  const bool behind = pieces.begins_with('-');
  pieces.take(behind ? '-' : '+');
  const std::chrono::hours hours(pieces.number(2, 0, 14));
  pieces.take(':');
  const minutes ahead = hours + minutes(pieces.number(2, 0, 59));
  if (ahead > kFarthest) pieces.refuse();
  return behind ? -ahead : ahead;
}

template <class... Numbers>
std::string printed(const char* format, Numbers... numbers) {
  std::array<char, 64> text{};  // Any int has at most eleven letters.
  const int length = std::snprintf(text.data(), text.size(), format, numbers...);
  return {text.data(), static_cast<std::size_t>(length)};
}

// "08:39:36"
std::string clock_text(std::chrono::seconds of_day) {
  const std::chrono::hh_mm_ss clock(of_day);
  return printed("%02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                 static_cast<int>(clock.minutes().count()),
                 static_cast<int>(clock.seconds().count()));
}

// "2026-11-22T08:39:36"
std::string second_text(sys_seconds time) {
  const auto day = floor<days>(time);
  return iso_date(day) + "T" + clock_text(time - day);
}

}  // namespace

std::optional<sys_days> parse_iso_date(std::string_view text) noexcept {
  Pieces pieces(text);
  const sys_days day = take_date(pieces);
  return pieces.ended() ? std::optional(day) : std::nullopt;
}

std::optional<std::int64_t> parse_iso_time(std::string_view text) noexcept {
  Pieces pieces(text);
  sys_time<milliseconds> time = take_date(pieces);
  pieces.take('T');
  time += take_clock(pieces);
  time -= take_zone(pieces);
  if (!pieces.ended() || time < kFirst || time >= kEnd) return std::nullopt;
  return time.time_since_epoch().count();
}

std::string iso_date(sys_days day) {
  const year_month_day date(day);
  return printed("%04d-%02d-%02d", static_cast<int>(date.year()),
                 static_cast<int>(static_cast<unsigned>(date.month())),
                 static_cast<int>(static_cast<unsigned>(date.day())));
}

std::string iso_time(std::int64_t unix_ms) {
  const sys_time<milliseconds> time{milliseconds(unix_ms)};
  const auto second = floor<std::chrono::seconds>(time);
  return second_text(second) + printed(".%03dZ", static_cast<int>((time - second).count()));
}

std::string iso_time(sys_seconds time) { return second_text(time) + "Z"; }

}  // namespace tonecue

#include "store/list/call_list_place.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

#include <fmt/format.h>

namespace tonecue {
namespace {

constexpr int kHexadecimal = 16;

// Takes what stands before the next dot, or all of it.
std::string_view take_part(std::string_view& text) {
  const std::size_t dot = text.find('.');
  const std::string_view part = text.substr(0, dot);
  text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  return part;
}

template <class Integer>
std::optional<Integer> read_integer(std::string_view text, int base = 10) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value, base);
  if (error != std::errc() || end != text.end()) return std::nullopt;
  return value;
}

std::optional<CallOrder> find_order(std::string_view word) {
  if (word == "need") return CallOrder::need;
  if (word == "newest") return CallOrder::newest;
  if (word == "oldest") return CallOrder::oldest;
  return std::nullopt;
}

std::string_view word_of(CallOrder order) {
  switch (order) {
    case CallOrder::need:
      return "need";
    case CallOrder::newest:
      return "newest";
    case CallOrder::oldest:
      return "oldest";
  }
  return "";
}

std::optional<CallListPlace> read_place(std::string_view text) {
  const auto order = find_order(take_part(text));
  if (!order) return std::nullopt;
  CallListPlace place{.order = *order};
  if (*order == CallOrder::need) {
    const auto reviewed = read_integer<int>(take_part(text));
    const auto bits = read_integer<std::uint64_t>(take_part(text), kHexadecimal);
    if (!reviewed || !bits) return std::nullopt;
    place.reviewed = *reviewed == 1;
    place.need = std::bit_cast<double>(*bits);
  }
  const auto started = read_integer<std::int64_t>(take_part(text));
  const auto id = read_integer<std::int64_t>(take_part(text));
  if (!started || !id) return std::nullopt;
  place.started_unix_ms = *started;
  place.id = *id;
  return place;
}

}  // namespace

std::string to_text(const CallListPlace& place) {
  std::string text(word_of(place.order));
  if (place.order == CallOrder::need) {
    text += fmt::format(".{}.{:016x}", place.reviewed ? 1 : 0,
                        std::bit_cast<std::uint64_t>(place.need));
  }
  return text + fmt::format(".{}.{}", place.started_unix_ms, place.id);
}

Result<CallListPlace> parse_call_list_place(std::string_view text) {
  const auto place = read_place(text);
  // Writing it again finds all that the parts alone do not show: "+1", "007", more after the end.
  if (!place || !std::isfinite(place->need) || place->need < 0.0 || to_text(*place) != text) {
    return failure(ErrorCode::invalid_argument,
                   "this is no place in the list of calls; ask for its first page");
  }
  return *place;
}

}  // namespace tonecue

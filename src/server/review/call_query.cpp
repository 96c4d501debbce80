#include "call_query.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "query_fields.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/core/number_text.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestPlace = 200;

// A key as it can be told in one line: it is whatever somebody sent.
std::string shown(std::string_view key) {
  constexpr std::size_t kMostShown = 40;
  std::string line(key.substr(0, kMostShown));
  std::ranges::replace_if(
      line, [](char c) { return c < ' ' || c > '~' || c == '"' || c == '<' || c == '&'; }, '?');
  return line;
}

std::optional<bool> yes_or_no(std::string_view text) noexcept {
  if (text == "yes") return true;
  if (text == "no") return false;
  return std::nullopt;
}

std::optional<CallOrder> find_order(std::string_view text) noexcept {
  if (text == "need") return CallOrder::need;
  if (text == "newest") return CallOrder::newest;
  if (text == "oldest") return CallOrder::oldest;
  return std::nullopt;
}

template <class Number>
std::optional<Number> number_in(std::string_view text, Number least, Number most) noexcept {
  const auto number = parse_number<Number>(text);
  // A comparison with NaN is false.
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

// A date is its first moment in UTC.
std::optional<std::int64_t> moment_of(std::string_view text) noexcept {
  const auto day = parse_iso_date(text);
  if (!day) return parse_iso_time(text);
  return std::chrono::milliseconds(day->time_since_epoch()).count();
}

class CallQueryReader {
 public:
  explicit CallQueryReader(bool one_call) noexcept : one_call_(one_call) {}

  Result<CallQuestion> read(std::span<const NameValue> query) {
    for (const auto& [key, value] : query) {
      if (auto ok = take(key, value); !ok) return tl::unexpected(ok.error());
    }
    return std::move(question_);
  }

 private:
  Result<void> take(const std::string& key, const std::string& value) {
    if (std::vector<std::string>* list = list_of(key)) return take_one_of(*list, key, value);
    if (key == "kind") return take_kind(value);
    if (!is_known(key)) return senseless(fmt::format("there is no \"{}\" here", shown(key)));
    if (!given_.insert(key).second) return said_twice(key);
    return value.empty() ? Result<void>() : take_single(key, value);
  }

  std::vector<std::string>* list_of(std::string_view key) noexcept {
    if (key == "team") return &question_.filter.teams;
    if (key == "queue") return &question_.filter.queues;
    if (key == "agent") return &question_.filter.agents;
    return nullptr;
  }

  bool is_known(std::string_view key) const noexcept {
    if (key == "limit" || key == "after") return !one_call_;
    return key == "from" || key == "to" || key == "least_confidence" || key == "reviewed" ||
           key == "recovered" || key == "flagged" || key == "text" || key == "order";
  }

  Result<void> take_kind(const std::string& value) {
    if (value.empty()) return {};
    const auto kind = find_cue_kind(value);
    if (!kind) return senseless(R"("kind" must be a kind of cue, as "distress")");
    auto& kinds = question_.filter.kinds;
    if (std::ranges::find(kinds, *kind) == kinds.end()) kinds.push_back(*kind);
    return {};
  }

  Result<void> take_single(const std::string& key, const std::string& value) {
    if (key == "from") return take_moment(key, value, question_.filter.from_unix_ms);
    if (key == "to") return take_moment(key, value, question_.filter.to_unix_ms);
    if (key == "reviewed") return take_flag(key, value, question_.filter.reviewed);
    if (key == "recovered") return take_flag(key, value, question_.filter.recovered);
    if (key == "flagged") return take_flag(key, value, question_.filter.flagged);
    if (key == "least_confidence") return take_confidence(value);
    if (key == "order") return take_order(value);
    if (key == "limit") return take_limit(value);
    if (key == "after") return take_text(key, value, kLongestPlace, question_.after);
    return take_text(key, value, kLongestDetail, question_.filter.text);
  }

  static Result<void> take_moment(const std::string& key, const std::string& value,
                                  std::optional<std::int64_t>& moment) {
    moment = moment_of(value);
    if (moment) return {};
    return senseless(
        fmt::format("\"{}\" must be a date or time as 2026-11-22 or 2026-11-22T08:30:00Z", key));
  }

  static Result<void> take_flag(const std::string& key, const std::string& value,
                                std::optional<bool>& flag) {
    flag = yes_or_no(value);
    return flag ? Result<void>() : senseless(fmt::format("\"{}\" must be yes or no", key));
  }

  Result<void> take_confidence(const std::string& value) {
    question_.filter.least_confidence = number_in(value, 0.0F, 1.0F);
    if (question_.filter.least_confidence) return {};
    return senseless(R"("least_confidence" must be a number from 0 to 1)");
  }

  Result<void> take_order(const std::string& value) {
    const auto order = find_order(value);
    if (!order) return senseless(R"("order" must be need, newest or oldest)");
    question_.filter.order = *order;
    return {};
  }

  Result<void> take_limit(const std::string& value) {
    const auto limit = number_in(value, 1, kMostCallsAtOnce);
    if (!limit) {
      return senseless(
          fmt::format("\"limit\" must be a whole number from 1 to {}", kMostCallsAtOnce));
    }
    question_.limit = *limit;
    return {};
  }

  static Result<void> take_text(const std::string& key, const std::string& value,
                                std::size_t longest, std::string& text) {
    if (auto ok = expect_line(key, value, longest); !ok) return ok;
    text = value;
    return {};
  }

  bool one_call_;
  CallQuestion question_{};
  std::set<std::string, std::less<>> given_{};
};

}  // namespace

Result<CallQuestion> read_call_question(std::span<const NameValue> query) {
  constexpr bool kOneCall = false;
  return CallQueryReader(kOneCall).read(query);
}

Result<CallFilter> read_call_filter(std::span<const NameValue> query) {
  constexpr bool kOneCall = true;
  auto question = CallQueryReader(kOneCall).read(query);
  if (!question) return tl::unexpected(question.error());
  return std::move(question->filter);
}

std::optional<CueKind> find_cue_kind(std::string_view word) noexcept {
  for (int i = 0; i < kCueKinds; ++i) {
    const auto kind = static_cast<CueKind>(i);
    if (name(kind) == word) return kind;
  }
  return std::nullopt;
}

}  // namespace tonecue

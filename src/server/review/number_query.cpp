#include "number_query.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "query_fields.h"
#include "tonecue/core/number_text.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr int kMostSideDays = 366;

Result<LocalDay> day_of(std::string_view key, std::string_view value) {
  const auto day = parse_day(value);
  if (day) return *day;
  return senseless(fmt::format("\"{}\" must be a date as 2026-11-22", key));
}

class NumberQueryReader {
 public:
  explicit NumberQueryReader(std::span<const std::string_view> known) noexcept : known_(known) {}

  Result<void> take(const std::string& key, const std::string& value) {
    if (std::ranges::find(known_, key) == known_.end()) {
      return senseless("there is something in this address that nobody knows here");
    }
    if (key == "team") return take_one_of(question_.teams, key, value);
    if (key == "queue") return take_one_of(question_.queues, key, value);
    if (!given_.insert(key).second) return said_twice(key);
    return value.empty() ? Result<void>() : take_single(key, value);
  }

  Result<NumberQuestion> done(std::int64_t now_unix_ms, std::int64_t usual_days) && {
    question_.days.to = to_.value_or(LocalCalendar().moment_of(now_unix_ms).day + 1);
    question_.days.from = from_.value_or(std::max<LocalDay>(question_.days.to - usual_days, 0));
    const std::int64_t days = question_.days.to - question_.days.from;
    if (days < 1) return senseless(R"("from" must lie before "to")");
    if (days > kMostDays) return senseless(R"("from" and "to" are more than ten years apart)");
    return std::move(question_);
  }

 private:
  Result<void> take_single(const std::string& key, const std::string& value) {
    if (key == "from") return take_day(key, value, from_);
    if (key == "to") return take_day(key, value, to_);
    if (key == "on") return take_day(key, value, question_.on);
    if (key == "days") return take_side_days(value);
    if (key == "kind") {
      question_.kind = value;
      return expect_line(key, value, kLongestDetail);
    }
    if (key == "step") {
      const auto step = find_calendar_step(value);
      if (!step) return senseless(R"("step" must be day, week or month)");
      question_.step = *step;
      return {};
    }
    const auto by = find_group_by(value);
    if (!by) return senseless(R"("by" must be team, queue or none)");
    question_.by = *by;
    return {};
  }

  static Result<void> take_day(const std::string& key, const std::string& value,
                               std::optional<LocalDay>& day) {
    const auto read = day_of(key, value);
    if (!read) return tl::unexpected(read.error());
    day = *read;
    return {};
  }

  Result<void> take_side_days(const std::string& value) {
    const auto days = parse_number<int>(value);
    if (!days || *days < 1 || *days > kMostSideDays) {
      return senseless(fmt::format("\"days\" must be a whole number from 1 to {}", kMostSideDays));
    }
    question_.side_days = *days;
    return {};
  }

  std::span<const std::string_view> known_;
  NumberQuestion question_{};
  std::optional<LocalDay> from_{};
  std::optional<LocalDay> to_{};
  std::set<std::string, std::less<>> given_{};
};

}  // namespace

CallFilter NumberQuestion::filter(const DaySpan& span) const {
  return {.from_unix_ms = LocalCalendar::begin_of(span.from),
          .to_unix_ms = LocalCalendar::begin_of(span.to),
          .teams = teams,
          .queues = queues};
}

Result<NumberQuestion> read_number_question(std::span<const NameValue> query,
                                            std::span<const std::string_view> known,
                                            std::int64_t now_unix_ms, std::int64_t usual_days) {
  NumberQueryReader reader(known);
  for (const auto& [key, value] : query) {
    if (auto ok = reader.take(key, value); !ok) return tl::unexpected(ok.error());
  }
  return std::move(reader).done(now_unix_ms, usual_days);
}

}  // namespace tonecue

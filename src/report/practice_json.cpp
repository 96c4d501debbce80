#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "call_json_tree.h"
#include "tonecue/core/hop.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/practice_result.h"
#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

constexpr std::string_view kSchema = "tonecue.practice/1";

Json result_json(const PracticeResult& result) {
  return {{"duration_s", ms_to_s(result.duration_ms)},
          {"interruptions", result.interruptions},
          {"talk_share", thousandths_or_null<Json>(result.talk_share)},
          {"pace_syl_per_s", thousandths_or_null<Json>(result.pace_syl_per_s)},
          {"level_dbfs", thousandths_or_null<Json>(result.level_dbfs)},
          {"response_gap_s", thousandths_or_null<Json>(result.response_gap_s)},
          {"hard_moments", result.hard_moments},
          {"acknowledged_after_s", thousandths_or_null<Json>(result.acknowledged_after_s)},
          {"recovered", result.recovered},
          {"recovered_after_s", thousandths_or_null<Json>(result.recovered_after_s)},
          {"alerts", result.alerts}};
}

/// Takes numbers out of an object, and remembers the first that is not as it should be.
class NumberReader {
 public:
  explicit NumberReader(const Json& json) : json_(json) {}

  std::optional<float> number_or_null(const char* key, double least, double most) {
    const auto found = json_.find(key);
    if (found != json_.end() && found->is_null()) return std::nullopt;
    return static_cast<float>(number(key, least, most));
  }

  double number(const char* key, double least, double most) {
    const auto found = json_.find(key);
    if (found != json_.end() && found->is_number()) {
      const double value = found->get<double>();
      if (value >= least && value <= most) return value;
    }
    if (wrong_.empty()) wrong_ = key;
    return 0.0;
  }

  int count(const char* key) {
    constexpr double kMost = 100'000.0;
    return static_cast<int>(number(key, 0.0, kMost));
  }

  const std::string& wrong() const noexcept { return wrong_; }

 private:
  const Json& json_;
  std::string wrong_;
};

PracticeResult read_result(NumberReader& reader) {
  constexpr double kLongestS = 1e6;
  constexpr double kMostRate = 100.0;
  constexpr double kLeastLevelDbfs = -200.0;
  PracticeResult result;
  result.duration_ms = std::llround(1000.0 * reader.number("duration_s", 0.0, kLongestS));
  result.interruptions = reader.count("interruptions");
  result.talk_share = static_cast<float>(reader.number("talk_share", 0.0, 1.0));
  result.pace_syl_per_s = reader.number_or_null("pace_syl_per_s", 0.0, kMostRate);
  result.level_dbfs = reader.number_or_null("level_dbfs", kLeastLevelDbfs, 0.0);
  result.response_gap_s = reader.number_or_null("response_gap_s", 0.0, kLongestS);
  result.hard_moments = reader.count("hard_moments");
  result.acknowledged_after_s = reader.number_or_null("acknowledged_after_s", 0.0, kLongestS);
  result.recovered = reader.count("recovered");
  result.recovered_after_s = reader.number_or_null("recovered_after_s", 0.0, kLongestS);
  result.alerts = reader.count("alerts");
  return result;
}

tl::unexpected<Error> not_an_attempt(std::string_view file, std::string_view why) {
  return failure(
      ErrorCode::corrupt,
      fmt::format("{}: {}; give a file that 'tonecue practice --json' wrote", file, why));
}

}  // namespace

std::string practice_json(const PracticeAttempt& attempt, const CallReport& report) {
  const Json json = {{"schema", kSchema},
                     {"scenario", attempt.scenario},
                     {"result", result_json(attempt.result)},
                     {"call", call_json_tree(report)}};
  return print_json(json, 2) + "\n";
}

Result<PracticeAttempt> parse_practice_json(std::string_view text, std::string_view file) {
  constexpr bool kThrow = false;
  const Json json = Json::parse(text, nullptr, kThrow);
  if (!json.is_object()) return not_an_attempt(file, "is no JSON object");
  const auto schema = json.find("schema");
  if (schema == json.end() || *schema != kSchema) {
    return not_an_attempt(file, fmt::format("its schema is not {}", kSchema));
  }
  const auto scenario = json.find("scenario");
  if (scenario == json.end() || !scenario->is_string()) {
    return not_an_attempt(file, "scenario is no text");
  }
  const auto result = json.find("result");
  if (result == json.end() || !result->is_object()) {
    return not_an_attempt(file, "result is no object");
  }
  NumberReader reader(*result);
  PracticeAttempt attempt{scenario->get<std::string>(), read_result(reader)};
  if (!reader.wrong().empty()) {
    return not_an_attempt(file,
                          fmt::format("result.{} is not a number in its range", reader.wrong()));
  }
  return attempt;
}

}  // namespace tonecue

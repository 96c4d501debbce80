#include "tonecue/app/site_file.h"

#include <concepts>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tonecue/app/console.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/report/print_json.h"
#include "tonecue/report/rounded.h"
#include "tonecue/store/text_check.h"

namespace tonecue {

namespace {

using nlohmann::json;

constexpr std::string_view kSchema = "tonecue.distress_site/1";
constexpr std::size_t kMostBytes = 1 << 16;  // Ours has under one thousand.
constexpr double kMostHours = 876'600.0;     // A hundred years.
constexpr double kMostPerHour = 1e6;
constexpr int kMostCount = 1'000'000'000;

/// Takes one key after the other out of the object; tells the first mistake.
class SiteReader {
 public:
  explicit SiteReader(json object) : object_(std::move(object)) {}

  double number(const std::string& key, double least, double most) {
    const json value = take(key);
    if (value.is_null()) return least;
    const double read = value.is_number() ? value.get<double>() : most + 1.0;
    if (value.is_number() && read >= least && read <= most) return read;
    mistake(fmt::format("'{}' must be a number from {} to {}", key, least, most));
    return least;
  }

  float fraction(const std::string& key, float least, float most) {
    // Rounded alike, so that a float's own bound is inside.
    const auto bound = [](float value) { return std::stod(fmt::format("{}", value)); };
    return static_cast<float>(number(key, bound(least), bound(most)));
  }

  int count(const std::string& key, int least) {
    const json value = take(key);
    if (value.is_null()) return least;
    const double read = value.is_number_integer() ? value.get<double>() : -1.0;
    if (read >= least && read <= kMostCount) return static_cast<int>(read);
    mistake(fmt::format("'{}' must be a whole number from {} to {}", key, least, kMostCount));
    return least;
  }

  std::string text(const std::string& key) {
    const json value = take(key);
    if (value.is_null()) return {};
    std::string read = value.is_string() ? value.get<std::string>() : std::string{};
    if (read.empty() || one_line(read) != read) {
      mistake(fmt::format("'{}' must be one line of text", key));
    }
    return read;
  }

  void mistake(const std::string& what) {
    if (!mistake_) mistake_ = what;
  }

  /// What is wrong, once every key was asked for.
  std::optional<std::string> finish() {
    if (!mistake_ && !object_.empty()) {
      mistake(fmt::format("'{}' is not a key of {}", object_.begin().key(), kSchema));
    }
    return mistake_;
  }

 private:
  /// Null, and told, when it is not there.
  json take(const std::string& key) {
    const auto found = object_.find(key);
    if (found == object_.end() || found->is_null()) {
      mistake(fmt::format("'{}' is missing", key));
      return {};
    }
    json value = std::move(*found);
    object_.erase(found);
    return value;
  }

  json object_;
  std::optional<std::string> mistake_;
};

/// As reports tell it.
std::string begin_of(const std::string& sha256) {
  return sha256.substr(0, DistressJudge::kShaDigits);
}

/// JSON lets a key be told twice, and the library keeps the last: told twice is broken here.
json parse_flat(std::string_view text, std::string& repeated_key) {
  std::set<std::string> keys;
  const auto watch = [&](int /*depth*/, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys.insert(key).second) repeated_key = key;
    }
    return true;
  };
  constexpr bool kThrow = false;
  return json::parse(text.begin(), text.end(), watch, kThrow);
}

SiteCalibration read_calibration(SiteReader& reader) {
  SiteCalibration site;
  site.raise_probability =
      reader.fraction("raise_probability", kLeastRaiseProbability, kMostRaiseProbability);
  site.end_probability =
      reader.fraction("end_probability", kLeastEndProbability, kMostRaiseProbability);
  if (site.end_probability > site.raise_probability) {
    reader.mistake("'end_probability' must be at most 'raise_probability'");
  }
  site.scale.slope = reader.fraction("log_odds_slope", kLeastSlope, kMostSlope);
  site.scale.offset = reader.fraction("log_odds_offset", -kMostOffset, kMostOffset);
  site.wanted_per_hour = reader.number("wanted_per_hour", kLeastWantedPerHour, kMostWantedPerHour);
  site.calls = reader.count("calls", 1);
  site.hours = reader.number("hours", 0.0, kMostHours);
  site.talk_hours = reader.number("customer_talk_hours", 0.0, kMostHours);
  site.cues = reader.count("cues", 0);
  site.cues_left_out = reader.count("cues_left_out", 0);
  site.expected_per_hour = reader.number("expected_per_hour", 0.0, kMostPerHour);
  site.low_per_hour = reader.number("low_per_hour", 0.0, kMostPerHour);
  site.high_per_hour = reader.number("high_per_hour", 0.0, kMostPerHour);
  site.certainty = reader.number("certainty", 0.0, 1.0);
  site.least_hours = reader.number("least_hours", 0.0, kMostHours);
  site.good_hours = reader.number("good_hours", 0.0, kMostHours);
  site.reviewed_cues = reader.count("reviewed_cues", 0);
  return site;
}

template <std::floating_point Number>
double told(Number value) {
  constexpr int kDecimals = 4;
  return rounded(value, kDecimals);
}

}  // namespace

Result<std::string> distress_model_id(const SessionConfig& config) {
  const auto weights = distress_weights_of(config);
  if (!weights) return tl::unexpected(weights.error());
  return weights->card().sha256;
}

Result<SiteFile> parse_site_file(std::string_view text, std::string_view file) {
  const auto corrupt = [&](const std::string& what) {
    return failure(
        ErrorCode::corrupt,
        one_line(fmt::format("{}: {}; make it anew with 'tonecue calibrate'", file, what)));
  };
  if (text.size() > kMostBytes) return corrupt("is too long for a site's calibration");
  std::string repeated_key;
  json object = parse_flat(text, repeated_key);
  if (!object.is_object()) return corrupt("is not a site's calibration, or not whole");
  if (!repeated_key.empty()) return corrupt(fmt::format("'{}' is told twice", repeated_key));

  SiteReader reader(std::move(object));
  SiteFile site;
  if (const std::string schema = reader.text("schema"); schema != kSchema) {
    reader.mistake(fmt::format("'schema' is '{}', expected '{}'", schema, kSchema));
  }
  site.model = reader.text("model");
  if (!is_sha256(site.model)) reader.mistake("'model' must be the sha256 of a distress model");
  site.made = reader.text("made");
  if (!parse_iso_date(site.made)) reader.mistake("'made' must be a date, as in 2026-01-31");
  site.calibration = read_calibration(reader);
  if (const auto what = reader.finish()) return corrupt(*what);
  return site;
}

std::string to_json(const SiteFile& site) {
  const SiteCalibration& fit = site.calibration;
  const nlohmann::ordered_json object = {{"schema", kSchema},
                                         {"model", site.model},
                                         {"made", site.made},
                                         {"raise_probability", told(fit.raise_probability)},
                                         {"end_probability", told(fit.end_probability)},
                                         {"log_odds_slope", told(fit.scale.slope)},
                                         {"log_odds_offset", told(fit.scale.offset)},
                                         {"wanted_per_hour", told(fit.wanted_per_hour)},
                                         {"calls", fit.calls},
                                         {"hours", told(fit.hours)},
                                         {"customer_talk_hours", told(fit.talk_hours)},
                                         {"cues", fit.cues},
                                         {"cues_left_out", fit.cues_left_out},
                                         {"expected_per_hour", told(fit.expected_per_hour)},
                                         {"low_per_hour", told(fit.low_per_hour)},
                                         {"high_per_hour", told(fit.high_per_hour)},
                                         {"certainty", told(fit.certainty)},
                                         {"least_hours", told(fit.least_hours)},
                                         {"good_hours", told(fit.good_hours)},
                                         {"reviewed_cues", fit.reviewed_cues}};
  return print_json(object, 2) + '\n';
}

Result<void> apply_calibration(SessionConfig& config) {
  std::error_code status;
  std::ifstream file(config.calibration, std::ios::binary);
  if (!file || std::filesystem::is_directory(config.calibration, status)) {
    return failure(
        ErrorCode::unreadable,
        one_line(fmt::format("{}: cannot open this calibration of the distress cue; 'tonecue "
                             "calibrate' makes one, or take distress.calibration out of the "
                             "configuration",
                             config.calibration)));
  }
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  const auto site = parse_site_file(text, config.calibration);
  if (!site) return tl::unexpected(site.error());
  const auto model = distress_model_id(config);
  if (!model) return tl::unexpected(model.error());
  if (site->model != *model) {
    return failure(ErrorCode::unsupported,
                   one_line(fmt::format(
                       "{}: was fitted with another distress model (sha256 {}..., and this "
                       "one has {}...), so its thresholds do not hold here; run 'tonecue "
                       "calibrate' again, or set distress.model to the one it was fitted with",
                       config.calibration, begin_of(site->model), begin_of(*model))));
  }
  config.distress.raise_probability = site->calibration.raise_probability;
  config.distress.end_probability = site->calibration.end_probability;
  config.distress.scale = site->calibration.scale;
  return {};
}

}  // namespace tonecue

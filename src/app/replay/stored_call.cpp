#include "tonecue/app/stored_call.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tonecue/app/console.h"

namespace tonecue {
namespace {

using nlohmann::json;

constexpr std::string_view kSchema = "tonecue.call/1";
constexpr std::size_t kMostBytes = 64U << 20U;  // A call of ten hours has about one tenth.
constexpr double kLongestCallS = 1e6;

constexpr auto kDeliveries = std::to_array(
    {Delivery::delivered, Delivery::cooling_down, Delivery::over_budget, Delivery::outdated,
     Delivery::quiet_start, Delivery::snoozed, Delivery::superseded});

constexpr std::array<CueKind, kCueKinds> cue_kinds() {
  std::array<CueKind, kCueKinds> kinds{};
  for (int i = 0; i < kCueKinds; ++i) kinds[static_cast<std::size_t>(i)] = static_cast<CueKind>(i);
  return kinds;
}

/// Reads one object of the report. The first mistake of all readers is kept in one place.
class ObjectReader {
 public:
  ObjectReader(const json& object, std::string place, std::optional<std::string>& mistake)
      : object_(object), place_(std::move(place)), mistake_(mistake) {
    if (!object.is_object()) refuse("", "must be an object");
  }

  std::int64_t time_ms(const char* key) { return milliseconds(key, take(key)); }

  std::optional<std::int64_t> time_or_null_ms(const char* key) {
    const json* value = take(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    return milliseconds(key, value);
  }

  bool flag(const char* key) {
    const json* value = take(key);
    if (value == nullptr) return false;
    if (!value->is_boolean()) refuse(key, "must be true or false");
    return value->is_boolean() && value->get<bool>();
  }

  std::string text(const char* key) {
    const json* value = take(key);
    if (value == nullptr) return {};
    if (!value->is_string()) refuse(key, "must be a text");
    return value->is_string() ? value->get<std::string>() : std::string{};
  }

  /// One of these, by its name.
  template <class Values>
  typename Values::value_type one_of(const char* key, const Values& values) {
    const std::string told = text(key);
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return name(value) == told; });
    if (found != values.end()) return *found;
    refuse(key, fmt::format("is '{}', which this tonecue does not know", told));
    return values.front();
  }

  ObjectReader object(const char* key) {
    const json* value = take(key);
    return {value == nullptr ? kNothing : *value, path_of(key), mistake_};
  }

  /// Of a party that is not on the recording there is null.
  bool has_object(const char* key) {
    const json* value = take(key);
    return value != nullptr && !value->is_null();
  }

  template <class Read>
  void for_each(const char* key, const Read& read) {
    const json* list = take(key);
    if (list == nullptr) return;
    if (!list->is_array()) return refuse(key, "must be a list");
    for (std::size_t i = 0; i < list->size() && !mistake_; ++i) {
      ObjectReader item((*list)[i], fmt::format("{}[{}]", path_of(key), i), mistake_);
      read(item);
    }
  }

  void refuse(std::string_view key, std::string_view what) {
    if (!mistake_) mistake_ = fmt::format("'{}' {}", path_of(key), what);
  }

 private:
  std::int64_t milliseconds(const char* key, const json* value) {
    if (value == nullptr) return 0;
    const double seconds = value->is_number() ? value->get<double>() : -1.0;
    if (seconds >= 0.0 && seconds <= kLongestCallS) return std::llround(seconds * 1000.0);
    refuse(key, fmt::format("must be seconds from 0 to {}", kLongestCallS));
    return 0;
  }

  /// Null, and told, when it is not there.
  const json* take(const char* key) {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found != object_.end()) return &*found;
    refuse(key, "is missing");
    return nullptr;
  }

  std::string path_of(std::string_view key) const {
    const bool both = !place_.empty() && !key.empty();
    return fmt::format("{}{}{}", place_, both ? "." : "", key);
  }

  inline static const json kNothing = json::object();

  const json& object_;
  std::string place_;
  std::optional<std::string>& mistake_;
};

void read_segment(ObjectReader& segment, StoredCall& call) {
  const SpeechSegment read{.party = segment.one_of("party", kParties),
                           .start_ms = segment.time_ms("start_s"),
                           .end_ms = segment.time_ms("end_s")};
  if (read.end_ms < read.start_ms) segment.refuse("end_s", "lies before 'start_s'");
  if (read.party == Party::agent) call.agent_speech.push_back(read);
}

void read_cue(ObjectReader& cue, StoredCall& call) {
  Cue read;
  read.kind = cue.one_of("kind", cue_kinds());
  read.party = cue.one_of("party", kParties);
  read.start_ms = cue.time_ms("start_s");
  read.end_ms = cue.time_ms("end_s");
  read.raised_at_ms = cue.time_ms("raised_at_s");
  call.cues.push_back(read);
}

void read_alert(ObjectReader& alert, StoredCall& call) {
  AlertRecord read;
  read.at_ms = alert.time_ms("at_s");
  read.cue = alert.one_of("cue", cue_kinds());
  read.party = alert.one_of("party", kParties);
  read.raised_at_ms = alert.time_ms("raised_at_s");
  read.escalation = alert.flag("escalation");
  read.text = alert.text("text");
  if (!alert.flag("delivered")) read.delivery = alert.one_of("reason", kDeliveries);
  call.alerts.push_back(std::move(read));
}

StoredCall read_call(ObjectReader& report) {
  StoredCall call;
  if (const std::string schema = report.text("schema"); schema != kSchema) {
    report.refuse("schema", fmt::format("is '{}', expected '{}'", schema, kSchema));
  }
  call.file = report.text("file");
  call.duration_ms = report.time_ms("duration_s");
  ObjectReader parties = report.object("parties");
  for (const Party party : kParties) {
    const std::string key(name(party));
    if (!parties.has_object(key.c_str())) continue;
    call.usual_ready_at_ms[party] = parties.object(key.c_str()).time_or_null_ms("usual_ready_at_s");
  }
  report.for_each("segments", [&](ObjectReader& segment) { read_segment(segment, call); });
  report.for_each("cues", [&](ObjectReader& cue) { read_cue(cue, call); });
  report.for_each("alerts", [&](ObjectReader& alert) { read_alert(alert, call); });
  return call;
}

void sort(StoredCall& call) {
  std::ranges::stable_sort(call.agent_speech, {}, &SpeechSegment::start_ms);
  std::ranges::stable_sort(call.cues, {}, &Cue::raised_at_ms);
  std::ranges::stable_sort(call.alerts, {}, &AlertRecord::at_ms);
}

}  // namespace

StoredCall stored_call(CallReport report) {
  StoredCall call;
  call.file = std::move(report.file);
  call.duration_ms = report.duration_ms;
  call.usual_ready_at_ms = report.usual_ready_at_ms;
  std::ranges::copy_if(report.segments, std::back_inserter(call.agent_speech),
                       [](const SpeechSegment& s) { return s.party == Party::agent; });
  call.cues = std::move(report.cues);
  call.alerts = std::move(report.alerts);
  sort(call);
  return call;
}

Result<StoredCall> parse_stored_call(std::string_view text, std::string_view file) {
  const auto corrupt = [&](std::string_view what) {
    return failure(ErrorCode::corrupt,
                   one_line(fmt::format("{}: {}; 'tonecue analyze CALL --json FILE' writes such a "
                                        "report",
                                        file, what)));
  };
  if (text.size() > kMostBytes) return corrupt("is too long for a call's report");
  constexpr bool kThrow = false;
  const json report = json::parse(text.begin(), text.end(), nullptr, kThrow);
  if (!report.is_object()) return corrupt("is not a call's report, or not whole");
  std::optional<std::string> mistake;
  ObjectReader reader(report, "", mistake);
  StoredCall call = read_call(reader);
  if (mistake) return corrupt(*mistake);
  sort(call);
  return call;
}

Result<StoredCall> load_stored_call(const std::string& path) {
  std::error_code status;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, status)) {
    return failure(ErrorCode::unreadable,
                   one_line(fmt::format("{}: cannot open this report of a call", path)));
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  return parse_stored_call(text, path);
}

}  // namespace tonecue

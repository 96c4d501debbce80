#include "store/codec/evidence_text.h"

#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "store/database/static_names.h"

namespace tonecue {
namespace {

constexpr std::size_t kMostBytes = 4096;
// Never destroyed: a cue may be asked for its evidence until the very end.
StaticNames& static_names() {
  static auto& names = *new StaticNames;
  return names;
}

std::optional<float> number_of(const nlohmann::ordered_json& value) {
  if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  constexpr double kMost = std::numeric_limits<float>::max();
  if (!(std::abs(number) <= kMost)) return std::nullopt;
  return static_cast<float>(number);
}

}  // namespace

std::string evidence_text(const Evidence& evidence) {
  std::string text;
  for (const EvidenceItem& item : evidence.items()) {
    text += text.empty() ? "{" : ",";
    text += fmt::format("\"{}\":", item.name);
    text += std::isfinite(item.value) ? fmt::format("{}", item.value) : "null";
  }
  return text.empty() ? "{}" : text + "}";
}

Result<Evidence> parse_evidence(std::string_view text) {
  const auto broken = [] {
    return failure(ErrorCode::corrupt, "the evidence of a cue is damaged");
  };
  if (text.size() > kMostBytes) return broken();
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_object() || json.size() > Evidence::kCapacity) return broken();
  Evidence evidence;
  for (const auto& [name, value] : json.items()) {
    const auto kept = static_names().keep(name);
    const auto number = number_of(value);
    if (!kept || !number) return broken();
    evidence.add(*kept, *number);
  }
  return evidence;
}

}  // namespace tonecue

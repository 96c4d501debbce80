#include "cue_thresholds.h"

#include <array>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

#include "tonecue/cues/cue.h"
#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

struct Threshold {
  CueKind kind;
  std::string_view section;
  std::string_view key;
  std::string_view unit;
  std::string_view text;
};

// docs/configuration.md
constexpr std::array kThresholds = {
    Threshold{CueKind::interruption, "turns", "line_delay_ms", "ms",
              "a customer's cutting in is judged with a line delay, one way, of"},
    Threshold{CueKind::raised_voice, "conduct", "raised_level_db", "dB",
              "louder than this voice's usual by"},
    Threshold{CueKind::raised_voice, "conduct", "raised_f0_st", "st",
              "and higher than this voice's usual by"},
    Threshold{CueKind::fast_speech, "conduct", "fast_rate_ratio", "",
              "pace over this voice's usual at least"},
    Threshold{CueKind::slow_speech, "conduct", "slow_rate_ratio", "",
              "pace over this voice's usual at most"},
    Threshold{CueKind::long_silence, "conduct", "long_silence_s", "s", "nobody speaks for"},
    Threshold{CueKind::monologue, "conduct", "monologue_s", "s", "one turn of the agent lasts"},
    Threshold{CueKind::distress, "distress", "raise_probability", "",
              "the estimate, from 0 to 1, rises to"},
    Threshold{CueKind::distress, "distress", "end_probability", "", "and it ends under"},
    Threshold{CueKind::recovered, "conduct", "recovery_s", "s",
              "pitch and level near the usual for"},
};

// A float in a text of TOML is a double; six digits are all that it had.
double told(double value) {
  constexpr int kDecimals = 6;
  return rounded(value, kDecimals);
}

}  // namespace

Json cue_thresholds_json(std::string_view settings_toml) {
  Json by_kind = Json::object();
  try {
    const toml::table settings = toml::parse(settings_toml);
    for (const Threshold& one : kThresholds) {
      const auto value = settings[one.section][one.key].value<double>();
      if (!value) continue;
      by_kind[std::string(name(one.kind))].push_back(
          {{"name", one.key}, {"value", told(*value)}, {"unit", one.unit}, {"text", one.text}});
    }
  } catch (const toml::parse_error&) {
    return Json::object();  // Kept by a program that wrote something else.
  }
  return by_kind;
}

}  // namespace tonecue

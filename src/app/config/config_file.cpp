#include "tonecue/app/config_file.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "app/model/model_source.h"
#include "config_keys.h"
#include "config_text.h"
#include "device_section.h"
#include "serve_section.h"
#include "sink_section.h"
#include "tonecue/app/console.h"
#include "tonecue/app/site_file.h"

namespace tonecue {
namespace {

// In [wording]: no cue of its own, but what is said when a distress goes on.
constexpr std::string_view kDistressStays = "distress_stays";

template <class Keys>
auto find(const Keys& keys, std::string_view name) {
  return std::find_if(keys.begin(), keys.end(),
                      [name](const auto& entry) { return entry.name == name; });
}

/// Reads one parsed file into a SessionConfig; tells the first mistake.
class ConfigReader {
 public:
  explicit ConfigReader(std::string_view file) : file_(file) {}

  Result<SessionConfig> read(const toml::table& root) {
    SessionConfig config;
    for (const auto& [key, node] : root) {
      const toml::table* section = node.as_table();
      if (key == "turns" && section != nullptr) {
        read_numbers(*section, "turns", kTurnKeys, config.turns);
      } else if (key == "conduct" && section != nullptr) {
        read_numbers(*section, "conduct", kConductKeys, config.conduct);
      } else if (key == "distress" && section != nullptr) {
        read_distress(*section, config);
      } else if (key == "alerts" && section != nullptr) {
        read_numbers(*section, "alerts", kAlertKeys, config.alerts);
      } else if (key == "wording" && section != nullptr) {
        read_wording(*section, config.wording);
      } else if (key == "sinks" && section != nullptr) {
        check_sinks(*section);
      } else if (key == "devices" && section != nullptr) {
        check_devices(*section);
      } else if (is_serve_section(key.str()) && section != nullptr) {
        check_serve(key.str(), *section);
      } else {
        mistake(key, fmt::format("unknown section '{}'; there are [turns], [conduct], [distress], "
                                 "[alerts], [wording], [sinks], [devices], [serve], [privacy] and "
                                 "[retention]",
                                 key.str()));
      }
    }
    if (error_) return tl::unexpected(*error_);
    return checked(std::move(config));
  }

 private:
  template <class Keys, class Config>
  void read_numbers(const toml::table& section, std::string_view name, const Keys& keys,
                    Config& config) {
    for (const auto& [key, node] : section) {
      if (const auto known = find(keys, key.str()); known != keys.end()) {
        read_number(node, fmt::format("{}.{}", name, known->name), *known, config);
      } else {
        unknown_key(key, name);
      }
    }
  }

  void read_distress(const toml::table& section, SessionConfig& config) {
    for (const auto& [key, node] : section) {
      const auto number = find(kDistressKeys, key.str());
      if (key == "model") {
        read_model(node, config);
      } else if (key == "calibration") {
        read_calibration(node, config);
      } else if (key == "subdued") {
        read_flag(node, "distress.subdued", config.distress.subdued);
      } else if (number == kDistressKeys.end()) {
        unknown_key(key, "distress");
      } else if (section.contains("calibration")) {
        mistake(key, fmt::format("'distress.{}' is said besides 'distress.calibration', which "
                                 "brings its own; keep one of them",
                                 number->name));
      } else {
        read_number(node, fmt::format("distress.{}", number->name), *number, config.distress);
      }
    }
  }

  /// What it says is for parse_sink_config(); that it is right, for everybody.
  void check_devices(const toml::table& section) {
    RememberedDevices devices;
    if (const auto wrong = read_device_section(section, devices)) {
      mistake_at(wrong->line, wrong->what);
    }
  }

  void check_sinks(const toml::table& section) {
    SinkConfig sinks;
    if (const auto wrong = read_sink_section(section, file_, sinks)) {
      mistake_at(wrong->line, wrong->what);
    }
  }

  void check_serve(std::string_view name, const toml::table& section) {
    ServeConfig serve;
    if (const auto wrong = read_serve_section(name, section, file_, serve)) {
      mistake_at(wrong->line, wrong->what);
    }
  }

  void read_calibration(const toml::node& node, SessionConfig& config) {
    const auto file = node.is_string() ? node.value<std::string>() : std::nullopt;
    if (!file || file->empty() || one_line(*file) != *file) {
      return mistake(node,
                     "'distress.calibration' must name a file of 'tonecue calibrate', as in "
                     "\"site.json\"");
    }
    config.calibration = place_beside(file_, *file);
  }

  void read_flag(const toml::node& node, std::string_view name, bool& flag) {
    if (!node.is_boolean()) return mistake(node, fmt::format("'{}' must be true or false", name));
    flag = *node.value<bool>();
    lines_[std::string(name)] = node.source().begin.line;
  }

  void unknown_key(const toml::key& key, std::string_view section) {
    mistake(key, fmt::format("unknown key '{}.{}'; 'tonecue config' prints all there are", section,
                             key.str()));
  }

  template <class Config>
  void read_number(const toml::node& node, const std::string& name,
                   const ConfigKey<Config, float>& key, Config& config) {
    if (!node.is_number()) return mistake(node, fmt::format("'{}' must be a number", name));
    // A double beyond a float's range must not be converted; it is out of every range anyway.
    config.*key.member = static_cast<float>(std::clamp(*node.value<double>(), -1e9, 1e9));
    lines_[name] = node.source().begin.line;
  }

  template <class Config>
  void read_number(const toml::node& node, const std::string& name,
                   const ConfigKey<Config, int>& key, Config& config) {
    if (!node.is_integer()) return mistake(node, fmt::format("'{}' must be a whole number", name));
    constexpr std::int64_t kBeyond = 1'000'000'000;  // Out of every range, and an int.
    config.*key.member =
        static_cast<int>(std::clamp(*node.value<std::int64_t>(), -kBeyond, kBeyond));
    lines_[name] = node.source().begin.line;
  }

  /// "research", "open", or a model file, whose place is told from the configuration's folder.
  void read_model(const toml::node& node, SessionConfig& config) {
    const auto choice = node.is_string() ? node.value<std::string>() : std::nullopt;
    if (!choice || choice->empty() || one_line(*choice) != *choice) {
      return mistake(node,
                     R"('distress.model' must be "research", "open", or the name of a model file)");
    }
    const auto& names = DistressWeights::kBuiltIn;
    const bool built_in = std::find(names.begin(), names.end(), *choice) != names.end();
    const auto weights = find_distress_weights(built_in ? *choice : place_beside(file_, *choice));
    if (!weights)
      return mistake(node, fmt::format("'distress.model': {}", weights.error().message));
    config.distress_weights = *weights;
  }

  void read_wording(const toml::table& section, Wording& wording) {
    for (const auto& [key, node] : section) {
      const bool stays = key.str() == kDistressStays;
      const std::optional<CueKind> kind = stays ? CueKind::distress : kind_named(key.str());
      if (!kind || !node.is_table()) {
        mistake(key, fmt::format("unknown section 'wording.{}'; it must name a cue, as in "
                                 "[wording.interruption]",
                                 key.str()));
        continue;
      }
      for (const auto& [party_key, list] : *node.as_table()) {
        read_sentences(key.str(), *kind, party_key, list, wording);
      }
    }
  }

  void read_sentences(std::string_view section, CueKind kind, const toml::key& party_key,
                      const toml::node& node, Wording& wording) {
    const std::string key = fmt::format("wording.{}.{}", section, party_key.str());
    const auto party = std::find_if(kParties.begin(), kParties.end(), [&](Party candidate) {
      return name(candidate) == party_key.str();
    });
    if (party == kParties.end()) {
      return mistake(party_key,
                     fmt::format("unknown key '{}'; a cue is of 'agent' or 'customer'", key));
    }
    if (!is_ever_raised(kind, *party)) {
      return mistake(party_key,
                     fmt::format("'{}' is never said: {} is a cue of the customer's voice only",
                                 key, name(kind)));
    }
    std::vector<std::string> sentences;
    if (!collect_sentences(node, sentences)) {
      return mistake(node,
                     fmt::format("'{}' must be a list of sentences, each one line of text, as "
                                 "in [\"Let them finish.\"]",
                                 key));
    }
    if (section == kDistressStays) {
      wording.set_distress_stays(std::move(sentences));
    } else {
      wording.set(kind, *party, std::move(sentences));
    }
  }

  static bool collect_sentences(const toml::node& node, std::vector<std::string>& sentences) {
    const toml::array* list = node.as_array();
    if (list == nullptr) return false;
    return std::all_of(list->begin(), list->end(), [&](const toml::node& item) {
      const auto text = item.is_string() ? item.value<std::string>() : std::nullopt;
      if (!text || text->empty() || one_line(*text) != *text) return false;
      sentences.push_back(*text);
      return true;
    });
  }

  static std::optional<CueKind> kind_named(std::string_view text) {
    for (int i = 0; i < kCueKinds; ++i) {
      const auto kind = static_cast<CueKind>(i);
      if (name(kind) == text) return kind;
    }
    return std::nullopt;
  }

  Result<SessionConfig> checked(SessionConfig config) const {
    if (const auto ok = validate(config); !ok) return out_of_range(ok.error());
    if (const auto ok = validate(config.alerts); !ok) return out_of_range(ok.error());
    return config;
  }

  /// The message begins with the key, so its line is known.
  tl::unexpected<Error> out_of_range(const Error& error) const {
    const auto line = lines_.find(error.message.substr(0, error.message.find(' ')));
    const std::string place = line == lines_.end() ? "" : fmt::format("{}:", line->second);
    return failure(error.code, fmt::format("{}:{} {}", file_, place, error.message));
  }

  template <class Place>  // toml::key or toml::node
  void mistake(const Place& place, const std::string& what) {
    mistake_at(place.source().begin.line, what);
  }
  void mistake_at(toml::source_index line, const std::string& what) {
    if (error_ && line >= error_line_) return;  // Tables are walked by key, not by line.
    error_line_ = line;
    error_ =
        Error{ErrorCode::invalid_argument, one_line(fmt::format("{}:{}: {}", file_, line, what))};
  }

  std::string_view file_;
  std::map<std::string, toml::source_index> lines_;  // Of numbers and flags, by "section.key".
  std::optional<Error> error_;
  toml::source_index error_line_ = 0;
};

template <class Keys, class Config>
void append_numbers(std::string& text, std::string_view section, const Keys& keys,
                    const Config& config) {
  text += fmt::format("[{}]\n", section);
  for (const auto& key : keys) {
    text += fmt::format("{} = {}  # {}; {} to {}\n", key.name, config.*key.member, key.meaning,
                        key.least, key.most);
  }
}

/// What a calibration brings is told, not said: reading it back brings it again.
void append_distress(std::string& text, const SessionConfig& config) {
  const std::string_view model =
      config.distress_weights ? config.distress_weights->origin() : DistressWeights::kBuiltIn[0];
  const bool fitted = !config.calibration.empty();
  text += fmt::format(
      "[distress]\n"
      "model = {}  # \"research\", \"open\" (licences allow products), or a model file\n",
      toml_string(model));
  for (const auto& key : kDistressKeys) {
    text += fmt::format("{}{} = {}  # {}; {} to {}\n", fitted ? "# " : "", key.name,
                        config.distress.*key.member, key.meaning, key.least, key.most);
  }
  text += fmt::format("{}calibration = {}  # of 'tonecue calibrate', in place of both numbers\n",
                      fitted ? "" : "# ", toml_string(fitted ? config.calibration : "site.json"));
  text +=
      fmt::format("subdued = {}  # experimental: also tell a sad or tearful voice; true or false\n",
                  config.distress.subdued);
}

void append_sentences(std::string& text, Party party, const std::vector<std::string>& sentences) {
  text += fmt::format("{} = [", name(party));
  std::string_view separator;
  for (const std::string& sentence : sentences) {
    text += fmt::format("{}\n  {}", separator, toml_string(sentence));
    separator = ",";
  }
  text += separator.empty() ? "]\n" : ",\n]\n";
}

void append_wording(std::string& text, const Wording& wording) {
  for (int i = 0; i < kCueKinds; ++i) {
    const auto kind = static_cast<CueKind>(i);
    text += fmt::format("\n[wording.{}]\n", name(kind));
    for (const Party party : kParties) {
      if (is_ever_raised(kind, party)) {
        append_sentences(text, party, wording.sentences(kind, party));
      }
    }
  }
  text +=
      fmt::format("\n# The second word, when a distress goes on.\n[wording.{}]\n", kDistressStays);
  append_sentences(text, Party::customer, wording.distress_stays());
}

Result<SessionConfig> read_config(const std::string& path) {
  if (path.empty()) return SessionConfig{};
  const auto text = read_config_text(path);
  if (!text) return tl::unexpected(text.error());
  return parse_config(*text, path);
}

}  // namespace

Result<SessionConfig> parse_config(std::string_view toml, std::string_view file) {
  try {
    return ConfigReader(file).read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    return failure(
        ErrorCode::corrupt,
        one_line(fmt::format("{}:{}: {}", file, error.source().begin.line, error.description())));
  }
}

Result<SessionConfig> load_uncalibrated_config(const std::string& path) {
  auto config = read_config(path);
  if (config) config->calibration.clear();
  return config;
}

Result<SessionConfig> load_config(const std::string& path) {
  auto config = read_config(path);
  if (config && !config->calibration.empty()) {
    if (auto ok = apply_calibration(*config); !ok) return tl::unexpected(ok.error());
  }
  return config;
}

std::string to_toml(const SessionConfig& config) {
  std::string text =
      "# tonecue's configuration. What a file leaves out keeps its default.\n"
      "# Use: tonecue analyze CALL --config FILE\n\n";
  append_numbers(text, "turns", kTurnKeys, config.turns);
  text += '\n';
  append_numbers(text, "conduct", kConductKeys, config.conduct);
  text += '\n';
  append_distress(text, config);
  text += '\n';
  append_numbers(text, "alerts", kAlertKeys, config.alerts);
  text += "\n# What the agent reads, shown in turn. An empty list keeps a cue silent.\n";
  append_wording(text, config.wording);
  return text;
}

}  // namespace tonecue

#include "tonecue/app/serve_config.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "config_text.h"
#include "serve_section.h"
#include "tonecue/app/console.h"

namespace tonecue {
namespace {

constexpr std::string_view kServe = "serve";
constexpr std::string_view kPrivacy = "privacy";
constexpr std::string_view kRetention = "retention";

constexpr int kMostPort = 65535;
constexpr int kMostAnalyses = 256;
constexpr int kMostAgentFirstH = 168;
constexpr int kMostDays = 36'500;     // A century.
constexpr int kLeastAuditDays = 184;  // EU AI Act, 26(6): logs for six months at least.

/// A number of one of the sections.
struct NumberKey {
  std::string_view section;
  std::string_view name;
  int& (*value)(ServeConfig&);
  int least;
  int most;
  std::string_view meaning;
};

constexpr auto kNumbers = std::to_array<NumberKey>({
    {kServe, "port", [](ServeConfig& c) -> int& { return c.serve.port; }, 1, kMostPort,
     "of the pages and the interface"},
    {kServe, "analyses", [](ServeConfig& c) -> int& { return c.serve.analyses; }, 0, kMostAnalyses,
     "recordings that are analysed at once; 0: half the cores"},
    {kPrivacy, "agent_first_h", [](ServeConfig& c) -> int& { return c.privacy.agent_first_h; }, 0,
     kMostAgentFirstH, "hours in which agents see what is told of them before others do"},
    {kRetention, "audio_days", [](ServeConfig& c) -> int& { return c.retention.audio_days; }, 0,
     kMostDays, "days that the sound of a call is kept; 0: for ever"},
    {kRetention, "calls_days", [](ServeConfig& c) -> int& { return c.retention.calls_days; }, 0,
     kMostDays, "days that a call is kept, with verdicts and notes; 0: for ever"},
    {kRetention, "audit_days", [](ServeConfig& c) -> int& { return c.retention.audit_days; }, 0,
     kMostDays, "days of who looked at what; 0: for ever, else at least 184"},
});

struct FlagKey {
  std::string_view section;
  std::string_view name;
  bool& (*value)(ServeConfig&);
  std::string_view meaning;
};

constexpr auto kFlags = std::to_array<FlagKey>({
    {kServe, "allow_plain_http", [](ServeConfig& c) -> bool& { return c.serve.allow_plain_http; },
     "other machines may come without TLS: passwords travel open"},
    {kPrivacy, "keep_audio", [](ServeConfig& c) -> bool& { return c.privacy.keep_audio; },
     "keep the sound of calls"},
    {kPrivacy, "require_notice", [](ServeConfig& c) -> bool& { return c.privacy.require_notice; },
     "judge no voice for distress where no consent reference is known"},
});

/// One section at a time; keeps the mistake of the earliest line.
class ServeReader {
 public:
  ServeReader(std::string_view name, std::string_view file, ServeConfig& config)
      : name_(name), file_(file), config_(config) {}

  std::optional<ConfigMistake> read(const toml::table& section) {
    for (const auto& [key, node] : section) {
      if (!read_number(key, node) && !read_flag(key, node) && !read_text(key, node)) {
        tell(key.source(), fmt::format("unknown key '{}'; 'tonecue config' prints all there are",
                                       full(key.str())));
      }
    }
    check_tls(section);
    return std::move(mistake_);
  }

 private:
  std::string full(std::string_view key) const { return fmt::format("{}.{}", name_, key); }

  template <class Keys>
  auto find(const Keys& keys, const toml::key& key) const {
    return std::find_if(keys.begin(), keys.end(), [&](const auto& each) {
      return each.section == name_ && each.name == key.str();
    });
  }

  bool read_number(const toml::key& key, const toml::node& node) {
    const auto number = find(kNumbers, key);
    if (number == kNumbers.end()) return false;
    const auto value = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
    const bool too_soon =
        number->name == "audit_days" && value && *value > 0 && *value < kLeastAuditDays;
    if (value && *value >= number->least && *value <= number->most && !too_soon) {
      number->value(config_) = static_cast<int>(*value);
    } else {
      tell(node.source(),
           fmt::format("'{}' must be a whole number from {} to {}{}", full(number->name),
                       number->least, number->most, too_soon ? ", and 0 or at least 184" : ""));
    }
    return true;
  }

  bool read_flag(const toml::key& key, const toml::node& node) {
    const auto flag = find(kFlags, key);
    if (flag == kFlags.end()) return false;
    if (const auto value = node.is_boolean() ? node.value<bool>() : std::nullopt) {
      flag->value(config_) = *value;
    } else {
      tell(node.source(), fmt::format("'{}' must be true or false", full(key.str())));
    }
    return true;
  }

  bool read_text(const toml::key& key, const toml::node& node) {
    if (name_ != kServe) return false;
    ServeSection& serve = config_.serve;
    if (key == "address") {
      take_line(key, node, serve.address);
    } else if (key == "tls_certificate") {
      take_line(key, node, serve.tls_certificate);
      make_absolute(serve.tls_certificate);
    } else if (key == "tls_key") {
      take_line(key, node, serve.tls_key);
      make_absolute(serve.tls_key);
    } else if (key == "watch") {
      take_lines(key, node, serve.watch);
      for (std::string& folder : serve.watch) make_absolute(folder);
    } else if (key == "host_names") {
      take_lines(key, node, serve.host_names);
    } else {
      return false;
    }
    return true;
  }

  static std::optional<std::string> line_of(const toml::node& node) {
    auto line = node.is_string() ? node.value<std::string>() : std::nullopt;
    return line && !line->empty() && one_line(*line) == *line ? line : std::nullopt;
  }

  void take_line(const toml::key& key, const toml::node& node, std::string& text) {
    if (auto line = line_of(node)) {
      text = std::move(*line);
    } else {
      tell(node.source(), fmt::format("'{}' must be one line of text in quotes", full(key.str())));
    }
  }

  void take_lines(const toml::key& key, const toml::node& node, std::vector<std::string>& lines) {
    const toml::array* list = node.as_array();
    bool well = list != nullptr;
    lines.clear();
    for (std::size_t i = 0; well && i < list->size(); ++i) {
      auto line = line_of(*list->get(i));
      well = line.has_value();
      if (well) lines.push_back(std::move(*line));
    }
    if (well) return;
    tell(node.source(),
         fmt::format(R"('{}' must be a list of texts, as in ["one", "two"])", full(key.str())));
  }

  void check_tls(const toml::table& section) {
    if (config_.serve.tls_certificate.empty() == config_.serve.tls_key.empty()) return;
    tell(section.source(), "'serve.tls_certificate' and 'serve.tls_key' need each other");
  }

  void make_absolute(std::string& path) const {
    if (!path.empty()) path = place_beside(file_, path);
  }

  void tell(const toml::source_region& place, std::string what) {
    if (mistake_ && place.begin.line >= mistake_->line) return;
    mistake_ = ConfigMistake{place.begin.line, std::move(what)};
  }

  std::string_view name_;
  std::string_view file_;
  ServeConfig& config_;
  std::optional<ConfigMistake> mistake_;
};

std::string list_of(const std::vector<std::string>& lines) {
  std::string text = "[";
  for (const std::string& line : lines) {
    text += (text.size() > 1 ? ", " : "") + toml_string(line);
  }
  return text + "]";
}

std::string section_text(std::string_view section, ServeConfig config) {
  std::string text = fmt::format("[{}]\n", section);
  for (const NumberKey& key : kNumbers) {
    if (key.section != section) continue;
    text += fmt::format("{} = {}  # {}\n", key.name, key.value(config), key.meaning);
  }
  for (const FlagKey& key : kFlags) {
    if (key.section != section) continue;
    text += fmt::format("{} = {}  # {}; true or false\n", key.name, key.value(config), key.meaning);
  }
  return text;
}

std::string file_line(std::string_view name, const std::string& value, std::string_view example,
                      std::string_view meaning) {
  return fmt::format("{}{} = {}  # {}\n", value.empty() ? "# " : "", name,
                     toml_string(value.empty() ? example : value), meaning);
}

}  // namespace

bool is_serve_section(std::string_view name) noexcept {
  return name == kServe || name == kPrivacy || name == kRetention;
}

std::optional<ConfigMistake> read_serve_section(std::string_view name, const toml::table& section,
                                                std::string_view file, ServeConfig& config) {
  return ServeReader(name, file, config).read(section);
}

Result<ServeConfig> parse_serve_config(std::string_view toml, std::string_view file) {
  const auto mistaken = [file](toml::source_index line, std::string_view what) {
    return one_line(fmt::format("{}:{}: {}", file, line, what));
  };
  try {
    ServeConfig config;
    std::optional<ConfigMistake> first;
    const toml::table root = toml::parse(toml);
    for (const auto& [key, node] : root) {
      const toml::table* section = node.as_table();
      if (section == nullptr || !is_serve_section(key.str())) continue;
      auto mistake = read_serve_section(key.str(), *section, file, config);
      if (mistake && (!first || mistake->line < first->line)) first = std::move(mistake);
    }
    if (first) return failure(ErrorCode::invalid_argument, mistaken(first->line, first->what));
    return config;
  } catch (const toml::parse_error& error) {
    return failure(ErrorCode::corrupt, mistaken(error.source().begin.line, error.description()));
  }
}

Result<ServeConfig> load_serve_config(const std::string& path) {
  if (path.empty()) return ServeConfig{};
  const auto text = read_config_text(path);
  if (!text) return tl::unexpected(text.error());
  return parse_serve_config(*text, path);
}

std::string to_toml(const ServeConfig& config) {
  return section_text(kServe, config) +
         fmt::format("address = {}  # of this machine; others need TLS\n",
                     toml_string(config.serve.address)) +
         fmt::format("host_names = {}  # further names that it answers to\n",
                     list_of(config.serve.host_names)) +
         file_line("tls_certificate", config.serve.tls_certificate, "server.pem",
                   "PEM, with its issuers") +
         file_line("tls_key", config.serve.tls_key, "server.key", "PEM, without a passphrase") +
         fmt::format("watch = {}  # folders into which a recorder puts its files\n",
                     list_of(config.serve.watch)) +
         "\n" + section_text(kPrivacy, config) + "\n" + section_text(kRetention, config);
}

}  // namespace tonecue

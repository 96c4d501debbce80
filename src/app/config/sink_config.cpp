#include "tonecue/app/sink_config.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "config_text.h"
#include "sink_section.h"
#include "tonecue/app/console.h"
#include "tonecue/sinks/webhook.h"

namespace tonecue {
namespace {

constexpr const char* kSecretVariable = "TONECUE_WEBHOOK_SECRET";

/// One [sinks] at a time; tells the mistake of the earliest line.
class SinkReader {
 public:
  SinkReader(std::string_view file, SinkConfig& config) : file_(file), config_(config) {}

  std::optional<ConfigMistake> read(const toml::table& section) {
    for (const auto& [key, node] : section) {
      if (key == "desktop") {
        read_flag(node, "desktop", config_.desktop);
      } else if (key == "json_lines") {
        read_text(node, "json_lines", config_.json_lines);
        if (config_.json_lines != "-") make_absolute(config_.json_lines);
      } else if (key == "webhook_url") {
        read_text(node, "webhook_url", config_.webhook_url);
      } else if (key == "webhook_secret_file") {
        read_text(node, "webhook_secret_file", config_.webhook_secret_file);
        make_absolute(config_.webhook_secret_file);
      } else if (key == "webhook_allow_private") {
        read_flag(node, "webhook_allow_private", config_.webhook_allow_private);
      } else if (key == "webhook_allow_http") {
        read_flag(node, "webhook_allow_http", config_.webhook_allow_http);
      } else {
        tell(key.source(), fmt::format("unknown key 'sinks.{}'; 'tonecue config' prints all there "
                                       "are",
                                       key.str()));
      }
    }
    check_url(section);
    return std::move(mistake_);
  }

 private:
  void read_flag(const toml::node& node, std::string_view name, bool& flag) {
    if (const auto value = node.is_boolean() ? node.value<bool>() : std::nullopt) {
      flag = *value;
    } else {
      tell(node.source(), fmt::format("'sinks.{}' must be true or false", name));
    }
  }

  void read_text(const toml::node& node, std::string_view name, std::string& text) {
    const auto value = node.is_string() ? node.value<std::string>() : std::nullopt;
    if (value && !value->empty() && one_line(*value) == *value) {
      text = *value;
    } else {
      tell(node.source(), fmt::format("'sinks.{}' must be one line of text in quotes; leave it out "
                                      "for none",
                                      name));
    }
  }

  // After all keys, because one of them allows http.
  void check_url(const toml::table& section) {
    if (config_.webhook_url.empty()) return;
    const auto ok = check_webhook_url(config_.webhook_url, config_.webhook_allow_http);
    if (!ok)
      tell(section.get("webhook_url")->source(), "'sinks.webhook_url': " + ok.error().message);
  }

  void make_absolute(std::string& path) const {
    if (!path.empty()) path = place_beside(file_, path);
  }

  void tell(const toml::source_region& place, std::string what) {
    if (mistake_ && place.begin.line >= mistake_->line) return;
    mistake_ = ConfigMistake{place.begin.line, std::move(what)};
  }

  std::string_view file_;
  SinkConfig& config_;
  std::optional<ConfigMistake> mistake_;
};

std::string text_line(std::string_view name, std::string_view value, std::string_view example,
                      std::string_view meaning) {
  return fmt::format("{}{} = {}  # {}\n", value.empty() ? "# " : "", name,
                     toml_string(value.empty() ? example : value), meaning);
}

}  // namespace

std::optional<ConfigMistake> read_sink_section(const toml::table& section, std::string_view file,
                                               SinkConfig& config) {
  return SinkReader(file, config).read(section);
}

Result<SinkConfig> parse_sink_config(std::string_view toml, std::string_view file) {
  const auto mistaken = [file](toml::source_index line, std::string_view what) {
    return one_line(fmt::format("{}:{}: {}", file, line, what));
  };
  try {
    SinkConfig config;
    const toml::table root = toml::parse(toml);
    const toml::table* section = root["sinks"].as_table();
    if (section == nullptr) return config;
    if (const auto mistake = read_sink_section(*section, file, config)) {
      return failure(ErrorCode::invalid_argument, mistaken(mistake->line, mistake->what));
    }
    return config;
  } catch (const toml::parse_error& error) {
    return failure(ErrorCode::corrupt, mistaken(error.source().begin.line, error.description()));
  }
}

Result<SinkConfig> load_sink_config(const std::string& path) {
  if (path.empty()) return SinkConfig{};
  const auto text = read_config_text(path);
  if (!text) return tl::unexpected(text.error());
  return parse_sink_config(*text, path);
}

Result<std::string> webhook_secret(const SinkConfig& config) {
  if (!config.webhook_secret_file.empty()) {
    std::ifstream file(config.webhook_secret_file, std::ios::binary);
    std::array<char, 1'000> bytes{};  // Far longer than a secret may be.
    file.read(bytes.data(), bytes.size());
    if (file.gcount() > 0)
      return std::string(bytes.data(), static_cast<std::size_t>(file.gcount()));
    return failure(ErrorCode::unreadable,
                   fmt::format("{}: cannot read the webhook's secret", config.webhook_secret_file));
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while the program runs.
  const char* secret = std::getenv(kSecretVariable);
  if (secret != nullptr && *secret != '\0') return std::string(secret);
  return failure(ErrorCode::not_found,
                 fmt::format("sinks.webhook_url needs a secret to sign with: name a file in "
                             "sinks.webhook_secret_file, or set {}",
                             kSecretVariable));
}

std::string to_toml(const SinkConfig& config) {
  return fmt::format(
             "[sinks]\n"
             "desktop = {}  # alerts as notifications of the desktop; true or false\n",
             config.desktop) +
         text_line("json_lines", config.json_lines, "events.jsonl",
                   "each event as a line of JSON; a file, a named pipe, or \"-\"") +
         text_line("webhook_url", config.webhook_url, "https://example.com/tonecue",
                   "alerts are sent there, signed") +
         text_line("webhook_secret_file", config.webhook_secret_file, "webhook.secret",
                   fmt::format("or the variable {}", kSecretVariable)) +
         fmt::format(
             "webhook_allow_private = {}  # also to an address of a private network; true or "
             "false\n"
             "webhook_allow_http = {}  # also without TLS; true or false\n",
             config.webhook_allow_private, config.webhook_allow_http);
}

}  // namespace tonecue

#include "tonecue/app/remembered_devices.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/config/config_text.h"
#include "app/config/device_section.h"
#include "tonecue/app/console.h"
#include "tonecue/report/file_writer.h"

namespace tonecue {
namespace {

struct DeviceKey {
  std::string_view name;
  std::string RememberedDevices::*member;
};

constexpr std::array<DeviceKey, 3> kKeys = {{{"agent", &RememberedDevices::agent},
                                             {"customer", &RememberedDevices::customer},
                                             {"output", &RememberedDevices::output}}};

std::string folder_of(const char* variable) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread.
  return value != nullptr && *value == '/' ? value : "";  // The XDG rules: absolute, or not at all.
}

Error mistaken(std::string_view file, toml::source_index line, std::string_view what) {
  return {ErrorCode::invalid_argument, one_line(fmt::format("{}:{}: {}", file, line, what))};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string line_for(const DeviceKey& key, const RememberedDevices& devices) {
  return fmt::format("{} = {}", key.name, toml_string(devices.*key.member));
}

/// Puts the lines of what is chosen in place of those that say it now, or under the section's head.
/// A comment behind a name that is replaced goes with the name.
void put_in(std::vector<std::string>& lines, const toml::table& root,
            const RememberedDevices& devices) {
  const toml::table* section = root["devices"].as_table();
  if (section == nullptr) {
    if (!lines.empty()) lines.emplace_back();
    lines.emplace_back("[devices]");
  }
  const std::size_t head = section == nullptr ? lines.size() : section->source().begin.line;
  std::vector<std::string> added;
  for (const DeviceKey& key : kKeys) {
    if ((devices.*key.member).empty()) continue;
    const toml::node* said = section == nullptr ? nullptr : section->get(key.name);
    if (said == nullptr) {
      added.push_back(line_for(key, devices));
    } else {
      lines[said->source().begin.line - 1] = line_for(key, devices);
    }
  }
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(head), added.begin(), added.end());
}

RememberedDevices merged(RememberedDevices devices, const RememberedDevices& chosen) {
  for (const DeviceKey& key : kKeys) {
    if (!(chosen.*key.member).empty()) devices.*key.member = chosen.*key.member;
  }
  return devices;
}

}  // namespace

std::string user_config_path() {
  std::filesystem::path folder = folder_of("XDG_CONFIG_HOME");
  if (folder.empty() && !folder_of("HOME").empty()) {
    folder = std::filesystem::path(folder_of("HOME")) / ".config";
  }
  return folder.empty() ? "" : (folder / "tonecue" / "tonecue.toml").string();
}

std::string desk_config_path(const std::string& named) {
  if (!named.empty()) return named;
  const std::string users = user_config_path();
  std::error_code status;
  return std::filesystem::exists(users, status) ? users : "";
}

std::optional<ConfigMistake> read_device_section(const toml::table& section,
                                                 RememberedDevices& devices) {
  std::optional<ConfigMistake> first;
  const auto tell = [&](toml::source_index line, std::string what) {
    if (!first || line < first->line) first = ConfigMistake{line, std::move(what)};
  };
  for (const auto& [key, node] : section) {
    const auto* known = std::ranges::find(kKeys, key.str(), &DeviceKey::name);
    if (known == kKeys.end()) {
      tell(
          key.source().begin.line,
          fmt::format("unknown key 'devices.{}'; there are agent, customer and output", key.str()));
      continue;
    }
    const auto name = node.is_string() ? node.value<std::string>() : std::nullopt;
    if (!name || name->empty() || one_line(*name) != *name) {
      tell(
          node.source().begin.line,
          fmt::format("'devices.{}' must be a device's name in quotes, as 'tonecue devices' prints "
                      "it",
                      known->name));
      continue;
    }
    devices.*(known->member) = *name;
  }
  return first;
}

Result<RememberedDevices> parse_remembered_devices(std::string_view toml, std::string_view file) {
  try {
    RememberedDevices devices;
    const toml::table root = toml::parse(toml);
    const toml::table* section = root["devices"].as_table();
    if (section == nullptr) return devices;
    if (const auto wrong = read_device_section(*section, devices)) {
      return tl::unexpected(mistaken(file, wrong->line, wrong->what));
    }
    return devices;
  } catch (const toml::parse_error& error) {
    Error told = mistaken(file, error.source().begin.line, error.description());
    told.code = ErrorCode::corrupt;
    return tl::unexpected(told);
  }
}

Result<RememberedDevices> load_remembered_devices(const std::string& path) {
  if (path.empty()) return RememberedDevices{};
  const auto text = read_config_text(path);
  if (!text) return tl::unexpected(text.error());
  return parse_remembered_devices(*text, path);
}

Result<std::string> with_devices(std::string_view toml, std::string_view file,
                                 const RememberedDevices& devices) {
  const auto before = parse_remembered_devices(toml, file);
  if (!before) return tl::unexpected(before.error());
  std::vector<std::string> lines = lines_of(toml);
  put_in(lines, toml::parse(toml), devices);
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  // What lines cannot say, as in `devices = { agent = "a" }`, shows when it is read back.
  const auto after = parse_remembered_devices(text, file);
  if (after && *after == merged(*before, devices)) return text;
  return failure(ErrorCode::invalid_argument,
                 one_line(fmt::format("{}: its devices cannot be put in by line; write [devices] "
                                      "with agent, customer and output by hand",
                                      file)));
}

Result<void> remember_devices(const std::string& path, const RememberedDevices& devices) {
  if (path.empty()) {
    return failure(ErrorCode::not_found,
                   "there is no place for a configuration: set HOME or XDG_CONFIG_HOME");
  }
  std::error_code status;
  std::string before;
  std::filesystem::path place = path;
  if (std::filesystem::exists(place, status)) {
    const auto text = read_config_text(path);
    if (!text) return tl::unexpected(text.error());
    before = *text;
    place = std::filesystem::canonical(place, status);  // A link stays a link.
  }
  const auto text = with_devices(before, path, devices);
  if (!text) return tl::unexpected(text.error());
  std::filesystem::create_directories(place.parent_path(), status);
  return write_file(place, *text, true);
}

}  // namespace tonecue

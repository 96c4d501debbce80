#include "tonecue/app/sidecar.h"

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tonecue/app/console.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestSidecar = std::size_t{64} * 1024;

struct TextField {
  std::string_view name;
  std::string CallDetails::*member;
};

constexpr auto kTexts = std::to_array<TextField>({{"agent", &CallDetails::agent},
                                                  {"team", &CallDetails::team},
                                                  {"queue", &CallDetails::queue},
                                                  {"caller_ref", &CallDetails::caller_ref},
                                                  {"consent_ref", &CallDetails::consent_ref}});

class SidecarReader {
 public:
  explicit SidecarReader(std::string_view file) : file_(file) {}

  Result<Sidecar> read(const Json& root) {
    if (!root.is_object()) return mistake(R"(it must be one object, as in {"agent": "Jo"})");
    for (const auto& [name, value] : root.items()) {
      if (auto ok = read_field(name, value); !ok) return tl::unexpected(ok.error());
    }
    return sidecar_;
  }

  tl::unexpected<Error> mistake(const std::string& what) const {
    return failure(ErrorCode::invalid_argument, one_line(fmt::format("{}: {}", file_, what)));
  }

 private:
  Result<void> read_field(const std::string& name, const Json& value) {
    if (value.is_null()) return {};
    for (const TextField& field : kTexts) {
      if (field.name == name) return read_text(name, value, sidecar_.details.*field.member);
    }
    if (name == "started_at") return read_begin(value);
    if (name != "agent_channel") {
      return mistake(
          fmt::format("'{}' is unknown; there are agent, team, queue, caller_ref, "
                      "consent_ref, started_at and agent_channel",
                      name));
    }
    if (value != "left" && value != "right") {
      return mistake(R"('agent_channel' must be "left" or "right")");
    }
    sidecar_.agent_channel = value.get<std::string>();
    return {};
  }

  Result<void> read_text(const std::string& name, const Json& value, std::string& text) {
    const auto* const said = value.get_ptr<const std::string*>();
    if (said == nullptr || said->size() > static_cast<std::size_t>(kLongestDetail) ||
        one_line(*said) != *said) {
      return mistake(
          fmt::format("'{}' must be one line of text of at most {} bytes", name, kLongestDetail));
    }
    if (auto fits = expect_caller_ref(*said); name == "caller_ref" && !fits) {
      return mistake(fits.error().message);
    }
    text = *said;
    return {};
  }

  Result<void> read_begin(const Json& value) {
    const auto* const said = value.get_ptr<const std::string*>();
    const auto time = said == nullptr ? std::nullopt : parse_iso_time(*said);
    if (!time) {
      return mistake(
          "'started_at' must be a time with its offset, as in \"2026-11-22T09:30:00+01:00\"");
    }
    sidecar_.details.started_unix_ms = *time;
    return {};
  }

  std::string_view file_;
  Sidecar sidecar_;
};

}  // namespace

Result<Sidecar> parse_sidecar(std::string_view json, std::string_view file) {
  SidecarReader reader(file);
  if (json.size() > kLongestSidecar) return reader.mistake("it is longer than 64 KiB");
  const Json root = Json::parse(json, nullptr, false);
  if (root.is_discarded()) {
    return failure(ErrorCode::corrupt, one_line(fmt::format("{}: it is no JSON", file)));
  }
  return reader.read(root);
}

std::filesystem::path sidecar_of(const std::filesystem::path& recording) {
  std::filesystem::path path = recording;
  return path.replace_extension(".json");
}

Result<Sidecar> read_sidecar(const std::filesystem::path& path) {
  std::error_code status;
  if (!std::filesystem::exists(path, status)) {
    return failure(ErrorCode::not_found, path.string() + ": there is no such file");
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(kLongestSidecar + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad() || std::filesystem::is_directory(path, status)) {
    return failure(ErrorCode::unreadable, path.string() + ": cannot be read");
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_sidecar(text, path.string());
}

}  // namespace tonecue

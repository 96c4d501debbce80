#include "upload_note.h"

#include <array>

#include <nlohmann/json.hpp>

#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

using Json = nlohmann::json;

struct TextField {
  const char* name;
  std::string CallDetails::*member;
};

constexpr auto kTexts = std::to_array<TextField>({{"agent", &CallDetails::agent},
                                                  {"team", &CallDetails::team},
                                                  {"queue", &CallDetails::queue},
                                                  {"caller_ref", &CallDetails::caller_ref},
                                                  {"consent_ref", &CallDetails::consent_ref},
                                                  {"source", &CallDetails::source}});

}  // namespace

std::string upload_note(const IntakeFile& file) {
  Json note = {{"by", file.by},
               {"agent_channel", file.agent_channel},
               {"started_unix_ms", file.details.started_unix_ms}};
  for (const TextField& field : kTexts) note[field.name] = file.details.*field.member;
  // What is no UTF-8 the store refuses.
  return print_json(note, 2) + '\n';
}

Result<IntakeFile> parse_upload_note(std::string_view json) {
  const Json note = Json::parse(json, nullptr, false);
  const auto wrong = [] {
    return failure(ErrorCode::corrupt, "it is no note of an upload, which this program writes");
  };
  const bool has_time = note.is_object() && note.contains("started_unix_ms") &&
                        note["started_unix_ms"].is_number_integer();
  if (!has_time) return wrong();
  try {
    IntakeFile file;
    file.by = note.at("by").get<std::string>();
    file.agent_channel = note.at("agent_channel").get<std::string>();
    file.details.started_unix_ms = note.at("started_unix_ms").get<std::int64_t>();
    for (const TextField& field : kTexts) {
      file.details.*field.member = note.at(field.name).get<std::string>();
    }
    return file;
  } catch (const Json::exception& /*error*/) {
    return wrong();
  }
}

std::filesystem::path note_of(const std::filesystem::path& upload) {
  return upload.string() + ".json";
}

}  // namespace tonecue

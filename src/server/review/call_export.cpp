#include "call_export.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tonecue/report/call_json.h"
#include "tonecue/report/cue_csv.h"
#include "tonecue/report/html_page.h"
#include "tonecue/report/label_tracks.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

constexpr std::string_view kFlac = "audio/flac";

struct Form {
  ExportForm form;
  std::string_view name;
  std::string_view type;
  std::string_view ending;
};

constexpr std::array kForms = {
    Form{ExportForm::json, "json", "application/json", "json"},
    Form{ExportForm::csv, "csv", "text/csv; charset=utf-8", "csv"},
    Form{ExportForm::audacity, "audacity", "text/plain; charset=utf-8", "txt"},
    Form{ExportForm::textgrid, "textgrid", "text/plain; charset=utf-8", "TextGrid"},
    Form{ExportForm::html, "html", "text/html; charset=utf-8", "html"},
    Form{ExportForm::flac, "flac", kFlac, "flac"},
};

std::vector<unsigned char> bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// About twenty minutes: more makes a page that browsers open slowly.
std::optional<std::string> sound_for_page(const KeptCall& call, const std::string& store_folder) {
  constexpr std::int64_t kMostBytes = std::int64_t{16} * 1024 * 1024;
  if (!call.recording || call.recording->size_bytes > kMostBytes) return std::nullopt;
  return recording_file(*call.recording, store_folder);
}

std::string page(const KeptCall& call, const CallReport& report, const std::string& store_folder) {
  const auto sound = sound_for_page(call, store_folder);
  if (!sound) return to_html(report);
  const std::vector<unsigned char> bytes = bytes_of(*sound);
  return to_html(report, PageAudio{.media_type = kFlac, .bytes = bytes});
}

std::string written(const KeptCall& call, ExportForm form, const std::string& store_folder) {
  CallReport report = call.report;
  report.file = std::string(recording_name(call.report));  // Folders are the recorder's affair.
  switch (form) {
    case ExportForm::json:
      return to_json(report);
    case ExportForm::csv:
      return to_csv(report);
    case ExportForm::audacity:
      return to_audacity(report);
    case ExportForm::textgrid:
      return to_textgrid(report);
    case ExportForm::html:
      return page(call, report, store_folder);
    case ExportForm::flac:
      break;
  }
  return {};
}

}  // namespace

std::optional<ExportForm> find_export_form(std::string_view name) noexcept {
  for (const Form& form : kForms) {
    if (form.name == name) return form.form;
  }
  return std::nullopt;
}

std::optional<std::string> recording_file(const KeptRecording& recording,
                                          const std::string& store_folder) {
  const auto path = std::filesystem::path(store_folder) / recording.path;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  return path.string();
}

std::optional<HttpReply> export_reply(const KeptCall& call, ExportForm form,
                                      const std::string& store_folder) {
  const Form& told = kForms.at(static_cast<std::size_t>(form));
  const std::string file_name = fmt::format("call_{}.{}", call.entry.id, told.ending);
  if (form == ExportForm::flac) {
    if (!call.recording) return std::nullopt;
    auto path = recording_file(*call.recording, store_folder);
    if (!path) return std::nullopt;
    return FileResponse{
        .path = std::move(*path), .type = std::string(told.type), .download_name = file_name};
  }
  return HttpResponse{
      .type = std::string(told.type),
      .body = written(call, form, store_folder),
      .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", file_name)}}};
}

}  // namespace tonecue

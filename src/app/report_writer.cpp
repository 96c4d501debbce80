#include "report_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tonecue/report/call_json.h"
#include "tonecue/report/cue_csv.h"
#include "tonecue/report/file_writer.h"
#include "tonecue/report/html_page.h"
#include "tonecue/report/label_tracks.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

/// What a browser calls a recording of this name; empty when it plays no such file.
std::string_view media_type(const fs::path& path) {
  constexpr auto kTypes =
      std::to_array<std::pair<std::string_view, std::string_view>>({{".wav", "audio/wav"},
                                                                    {".flac", "audio/flac"},
                                                                    {".ogg", "audio/ogg"},
                                                                    {".oga", "audio/ogg"},
                                                                    {".opus", "audio/ogg"},
                                                                    {".mp3", "audio/mpeg"}});
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  const auto type = std::find_if(kTypes.begin(), kTypes.end(),
                                 [&](const auto& entry) { return entry.first == extension; });
  return type == kTypes.end() ? std::string_view{} : type->second;
}

Result<std::string> page_with_audio(const CallReport& report, const std::string& path) {
  const std::string_view type = media_type(path);
  if (type.empty()) {
    return failure(ErrorCode::unsupported,
                   fmt::format("{}: browsers do not play such a file; leave out --embed-audio, or "
                               "make it wav, flac, ogg or mp3",
                               path));
  }
  std::ifstream file(path, std::ios::binary);
  const std::vector<unsigned char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && !file.eof()) {
    return failure(ErrorCode::unreadable,
                   fmt::format("{}: cannot be read again for the page", path));
  }
  return to_html(report, PageAudio{type, bytes});
}

Result<std::string> page(const CallReport& report, const Recording& recording, bool embed_audio) {
  if (embed_audio) return page_with_audio(report, recording.path);
  return to_html(report);
}

/// A target and what goes there.
struct Output {
  const std::string& target;
  std::string_view extension;
  std::function<Result<std::string>()> text;
};

}  // namespace

Result<ReportWriter> ReportWriter::create(const ReportTargets& targets, bool batch) {
  if (!batch) return ReportWriter(targets, batch);
  for (const std::string* folder :
       {&targets.json, &targets.csv, &targets.audacity, &targets.textgrid, &targets.html}) {
    if (folder->empty()) continue;
    std::error_code status;
    fs::create_directories(*folder, status);
    if (!fs::is_directory(*folder)) {
      return failure(ErrorCode::unwritable,
                     fmt::format("{}: cannot make this folder for the results: {}", *folder,
                                 status ? status.message() : "a file of that name is there"));
    }
  }
  return ReportWriter(targets, batch);
}

Result<void> ReportWriter::write(const CallReport& report, const Recording& recording,
                                 const Console& console) const {
  const std::array<Output, 5> outputs = {{
      {targets_.json, ".json", [&] { return to_json(report); }},
      {targets_.csv, ".csv", [&] { return to_csv(report); }},
      {targets_.audacity, ".txt", [&] { return to_audacity(report); }},
      {targets_.textgrid, ".TextGrid", [&] { return to_textgrid(report); }},
      {targets_.html, ".html", [&] { return page(report, recording, targets_.embed_audio); }},
  }};
  for (const Output& output : outputs) {
    if (output.target.empty()) continue;
    const auto text = output.text();
    if (!text) return tl::unexpected(text.error());
    const std::string target =
        batch_
            ? (fs::path(output.target) / (recording.name + std::string{output.extension})).string()
            : output.target;
    const auto written = write_text(target, *text, targets_.force, console);
    if (!written) return written;
  }
  return {};
}

Result<void> write_text(const std::string& target, std::string_view text, bool force,
                        const Console& console) {
  return target == "-" ? print(console, text) : write_file(target, text, force);
}

}  // namespace tonecue

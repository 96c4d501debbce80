#include "report_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <functional>
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

/// In the order of ReportTargets::all().
constexpr std::array<std::string_view, ReportTargets::kFormats> kExtensions = {
    ".json", ".csv", ".txt", ".TextGrid", ".html"};

}  // namespace

Result<ReportWriter> ReportWriter::create(const ReportTargets& targets, bool batch) {
  if (!batch) return ReportWriter(targets, batch);
  for (const std::string& folder : targets.all()) {
    if (folder.empty()) continue;
    std::error_code status;
    fs::create_directories(folder, status);
    if (std::error_code ignored; !fs::is_directory(folder, ignored)) {
      return failure(ErrorCode::unwritable,
                     fmt::format("{}: cannot make this folder for the results: {}", folder,
                                 status ? status.message() : "a file of that name is there"));
    }
  }
  return ReportWriter(targets, batch);
}

std::string ReportWriter::place(const std::string& target, const Recording& recording,
                                std::string_view extension) const {
  if (!batch_) return target;
  return (fs::path(target) / (recording.name + std::string{extension})).string();
}

Result<void> ReportWriter::expect_writable(const Recording& recording) const {
  const auto targets = targets_.all();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].empty()) continue;
    const std::string file = place(targets[i], recording, kExtensions[i]);
    if (auto ok = expect_writable_target(file, targets_.force); !ok) return ok;
  }
  return {};
}

Result<void> ReportWriter::write(const CallReport& report, const Recording& recording,
                                 const Console& console) const {
  const std::array<std::function<Result<std::string>()>, ReportTargets::kFormats> texts = {
      [&] { return to_json(report); }, [&] { return to_csv(report); },
      [&] { return to_audacity(report); }, [&] { return to_textgrid(report); },
      [&] { return page(report, recording, targets_.embed_audio); }};
  const auto targets = targets_.all();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].empty()) continue;
    const auto text = texts[i]();
    if (!text) return tl::unexpected(text.error());
    const std::string file = place(targets[i], recording, kExtensions[i]);
    if (auto ok = write_text(file, *text, targets_.force, console); !ok) return ok;
  }
  return {};
}

Result<void> expect_writable_target(const std::string& target, bool force) {
  return target.empty() || target == "-" ? Result<void>{} : expect_writable(target, force);
}

Result<void> write_text(const std::string& target, std::string_view text, bool force,
                        const Console& console) {
  return target == "-" ? print(console, text) : write_file(target, text, force);
}

}  // namespace tonecue

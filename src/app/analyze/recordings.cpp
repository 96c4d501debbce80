#include "recordings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;

bool is_recording_name(const fs::path& path) {
  constexpr auto kExtensions = std::to_array<std::string_view>(
      {".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff", ".au", ".w64"});
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

struct FoundFile {
  fs::path path{};
  fs::path true_path{};  // Without links: the same for the same file.
};

fs::path true_path_of(const fs::path& path) {
  std::error_code status;
  const fs::path whole = fs::weakly_canonical(path, status);
  return status ? path : whole;
}

/// Links to folders are not followed, so that the search ends; nor is a name within a folder taken
/// apart again, as there may be 100,000.
void search(const FoundFile& folder, std::vector<FoundFile>& found, std::vector<Error>& problems) {
  std::error_code status;
  std::vector<fs::path> entries;
  fs::directory_iterator entry(folder.path, status);
  for (; !status && entry != fs::directory_iterator{}; entry.increment(status)) {
    if (!entry->path().filename().string().starts_with('.')) entries.push_back(entry->path());
  }
  if (status) {
    problems.push_back(
        {ErrorCode::unreadable,
         fmt::format("{}: cannot read this folder: {}", folder.path.string(), status.message())});
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::path& path : entries) {
    const fs::file_status kind = fs::symlink_status(path, status);
    const fs::path true_path = folder.true_path / path.filename();
    if (fs::is_directory(kind)) {
      search({path, true_path}, found, problems);
    } else if (is_recording_name(path) && fs::is_regular_file(kind)) {
      found.push_back({path, true_path});
    } else if (is_recording_name(path) && fs::is_regular_file(path, status)) {
      found.push_back({path, true_path_of(path)});
    }
  }
}

/// Recordings with the same name get "-2", "-3" and so on, unless another has that name by right.
void name_apart(std::vector<Recording>& recordings) {
  std::set<std::string> by_right;
  for (const Recording& recording : recordings) by_right.insert(recording.name);
  std::map<std::string, int> used;
  for (Recording& recording : recordings) {
    const std::string stem = recording.name;
    int& number = used[stem];
    if (++number == 1) continue;
    recording.name = fmt::format("{}-{}", stem, number);
    while (by_right.contains(recording.name)) recording.name = fmt::format("{}-{}", stem, ++number);
  }
}

}  // namespace

bool is_batch(const std::vector<std::string>& inputs) {
  std::error_code status;
  return inputs.size() > 1 ||
         std::any_of(inputs.begin(), inputs.end(),
                     [&](const std::string& input) { return fs::is_directory(input, status); });
}

Recordings find_recordings(const std::vector<std::string>& inputs) {
  Recordings recordings;
  std::vector<FoundFile> files;
  for (const std::string& input : inputs) {
    std::error_code status;
    if (!fs::is_directory(input, status)) {
      files.push_back({input, true_path_of(input)});
      continue;
    }
    const std::size_t before = files.size();
    const std::size_t problems_before = recordings.problems.size();
    search({input, true_path_of(input)}, files, recordings.problems);
    if (files.size() == before && recordings.problems.size() == problems_before) {
      recordings.problems.push_back(
          {ErrorCode::not_found,
           fmt::format(
               "{}: this folder holds no recording (wav, flac, ogg, mp3 and the like); name "
               "the files themselves if theirs end otherwise",
               input)});
    }
  }
  std::set<fs::path> seen;
  for (const FoundFile& file : files) {
    if (!seen.insert(file.true_path).second) continue;
    recordings.found.push_back({file.path.string(), file.path.stem().string()});
  }
  name_apart(recordings.found);
  return recordings;
}

}  // namespace tonecue

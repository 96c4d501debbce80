#include "whole_files.h"

#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/analyze/recordings.h"

namespace tonecue {

namespace fs = std::filesystem;

WholeFiles::WholeFiles(fs::path folder, WholeFilesConfig config,
                       std::function<void(const std::string&)> complain)
    : folder_(std::move(folder)), config_(config), complain_(std::move(complain)) {}

std::vector<WholeFile> WholeFiles::look(Clock::time_point now) {
  std::vector<WholeFile> whole;
  expecting_ = false;
  for (auto& [path, seen] : seen_) seen.looked_at = false;
  std::error_code status;
  if (!fs::is_directory(folder_, status)) {
    tell_folder_trouble(folder_.string() + ": this folder to watch is not there now");
    return whole;
  }
  const Recordings recordings = find_recordings({folder_.string()});
  std::string trouble;
  for (const Error& problem : recordings.problems) {
    if (problem.code != ErrorCode::not_found) trouble = problem.message;  // An empty one is well.
  }
  tell_folder_trouble(trouble);
  for (const Recording& recording : recordings.found) look_at(recording.path, now, whole);
  // While a folder cannot be read, what was in it is not taken for gone.
  if (trouble.empty())
    std::erase_if(seen_, [](const auto& each) { return !each.second.looked_at; });
  return whole;
}

void WholeFiles::tell_folder_trouble(const std::string& trouble) {
  if (trouble == folder_trouble_) return;
  folder_trouble_ = trouble;
  complain_(trouble.empty() ? folder_.string() + ": can be watched again" : trouble);
}

void WholeFiles::look_at(const fs::path& path, Clock::time_point now,
                         std::vector<WholeFile>& whole) {
  Seen& seen = seen_[path];
  seen.looked_at = true;
  const bool settled = is_settled(path, seen, now);
  if (seen.told) return;
  auto sidecar = settled ? sidecar_for(path, seen, now) : std::nullopt;
  if (!sidecar) {
    expecting_ = true;
    return;
  }
  seen.told = true;
  whole.push_back({path, std::move(*sidecar)});
}

bool WholeFiles::is_settled(const fs::path& path, Seen& seen, Clock::time_point now) const {
  std::error_code no_size;
  std::error_code no_time;
  const auto size = fs::file_size(path, no_size);
  const auto written = fs::last_write_time(path, no_time);
  if (no_size || no_time) return false;
  if (size != seen.size || written != seen.written || seen.since == Clock::time_point{}) {
    seen = Seen{.size = size, .written = written, .since = now, .looked_at = true};
  }
  if (now - seen.since < config_.settled_after || size == 0) return false;
  return std::ifstream(path, std::ios::binary).is_open();
}

/// @return Nothing while a bad one is waited for.
std::optional<Sidecar> WholeFiles::sidecar_for(const fs::path& path, Seen& seen,
                                               Clock::time_point now) {
  auto sidecar = read_sidecar(sidecar_of(path));
  if (sidecar) return std::move(*sidecar);
  if (sidecar.error().code == ErrorCode::not_found) return Sidecar{};
  if (!seen.bad_sidecar_since) {
    seen.bad_sidecar_since = now;
    complain_(fmt::format(
        "{}; the recording waits {} s for a good one, then it is analysed without",
        sidecar.error().message,
        std::chrono::duration_cast<std::chrono::seconds>(config_.sidecar_wait).count()));
  }
  if (now - *seen.bad_sidecar_since < config_.sidecar_wait) return std::nullopt;
  return Sidecar{};
}

}  // namespace tonecue

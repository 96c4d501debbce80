#include "whole_files.h"

#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/analyze/recordings.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNsPerS = 1'000'000'000;

/// One name for one file, from wherever the program was started.
std::string full_name(const fs::path& path) {
  std::error_code status;
  const fs::path whole = fs::absolute(path, status);
  return (status ? path : whole).lexically_normal().string();
}

/// @param name  What full_name() gives.
std::optional<FileStamp> stamp_of(const fs::path& path, const std::string& name) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  return FileStamp{.path = name,
                   .size_bytes = file.st_size,
                   .written_unix_ns = file.st_mtim.tv_sec * kNsPerS + file.st_mtim.tv_nsec};
}

}  // namespace

WholeFiles::WholeFiles(fs::path folder, WholeFilesConfig config,
                       std::function<void(const std::string&)> complain,
                       std::function<bool(const FileStamp&)> knows)
    : folder_(std::move(folder)),
      root_(full_name(folder_ / "")),
      config_(config),
      complain_(std::move(complain)),
      knows_(std::move(knows)) {}

std::vector<WholeFile> WholeFiles::look(Clock::time_point now) {
  std::vector<WholeFile> whole;
  expecting_ = false;
  some_went_ = false;
  shown_all_ = false;
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
  if (trouble.empty()) forget_what_went();
  shown_all_ = trouble.empty() && !recordings.found.empty();
  return whole;
}

void WholeFiles::forget_what_went() {
  some_went_ = std::erase_if(seen_, [](const auto& each) { return !each.second.looked_at; }) > 0;
}

bool WholeFiles::may_hold(std::string_view path) const {
  if (seen_.contains(path)) return true;
  return !shown_all_ && path.starts_with(root_);
}

void WholeFiles::tell_folder_trouble(const std::string& trouble) {
  if (trouble == folder_trouble_) return;
  folder_trouble_ = trouble;
  complain_(trouble.empty() ? folder_.string() + ": can be watched again" : trouble);
}

void WholeFiles::look_at(const fs::path& path, Clock::time_point now,
                         std::vector<WholeFile>& whole) {
  const std::string name = full_name(path);
  Seen& seen = seen_[name];
  seen.looked_at = true;
  auto stamp = stamp_of(path, name);
  if (stamp && (seen.since == Clock::time_point{} || stamp->size_bytes != seen.size_bytes ||
                stamp->written_unix_ns != seen.written_unix_ns)) {
    seen = Seen{.size_bytes = stamp->size_bytes,
                .written_unix_ns = stamp->written_unix_ns,
                .since = now,
                .told = knows_ && knows_(*stamp),
                .looked_at = true};
  }
  if (seen.told) return;
  const bool settled = stamp && is_settled(path, seen, now);
  auto sidecar = settled ? sidecar_for(path, seen, now) : std::nullopt;
  if (!sidecar) {
    expecting_ = true;
    return;
  }
  seen.told = true;
  whole.push_back({path, std::move(*stamp), std::move(*sidecar)});
}

bool WholeFiles::is_settled(const fs::path& path, const Seen& seen, Clock::time_point now) const {
  if (now - seen.since < config_.settled_after || seen.size_bytes == 0) return false;
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

/// @file
/// Which recordings of a folder are whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/app/sidecar.h"
#include "tonecue/store/watched_files.h"

namespace tonecue {

struct WholeFilesConfig {
  std::chrono::milliseconds settled_after{3000};   ///< Size and time of the file stayed so long.
  std::chrono::milliseconds sidecar_wait{60'000};  ///< For a good sidecar in place of a bad one.
};

struct WholeFile {
  std::filesystem::path path{};
  FileStamp stamp{};
  Sidecar sidecar{};
};

/// Looks at a folder, and the folders in it, again and again, and tells each recording once it is
/// whole: its size and its time have not changed for a while, and it opens. A recording that is
/// changed later is told again. A sidecar that does not read is told in one line, and waited for;
/// a recording without one is told at once. Of a recording that `knows` says to know, nothing is
/// told, and nothing but its size and time is looked at.
///
/// Threads: one object belongs to one thread.
class WholeFiles {
 public:
  using Clock = std::chrono::steady_clock;

  WholeFiles(std::filesystem::path folder, WholeFilesConfig config,
             std::function<void(const std::string&)> complain,
             std::function<bool(const FileStamp&)> knows = {});

  /// @return Those that became whole since the last look.
  std::vector<WholeFile> look(Clock::time_point now);

  /// Some recordings are there that are not whole yet.
  bool expecting() const noexcept { return expecting_; }

  /// Some recordings were there before the last look, and are there no longer.
  bool some_went() const noexcept { return some_went_; }

  /// Whether a recording may be there. It may, too, where the last look has shown nothing: an empty
  /// folder is perhaps a drive that is not mounted.
  /// @param path  Absolute, as in FileStamp.
  bool may_hold(std::string_view path) const;

 private:
  struct Seen {
    std::int64_t size_bytes = 0;
    std::int64_t written_unix_ns = 0;
    Clock::time_point since{};
    std::optional<Clock::time_point> bad_sidecar_since{};
    bool told = false;
    bool looked_at = false;  // In this look.
  };

  void look_at(const std::filesystem::path& path, Clock::time_point now,
               std::vector<WholeFile>& whole);
  void forget_what_went();
  bool is_settled(const std::filesystem::path& path, const Seen& seen, Clock::time_point now) const;
  std::optional<Sidecar> sidecar_for(const std::filesystem::path& path, Seen& seen,
                                     Clock::time_point now);
  void tell_folder_trouble(const std::string& trouble);

  std::filesystem::path folder_;
  std::string root_;  // The same, absolute, with a slash at its end.
  WholeFilesConfig config_;
  std::function<void(const std::string&)> complain_;
  std::function<bool(const FileStamp&)> knows_;
  std::map<std::string, Seen, std::less<>> seen_;  // By absolute path.
  std::string folder_trouble_;                     // As it was last told.
  bool expecting_ = false;
  bool some_went_ = false;
  bool shown_all_ = false;  // The last look was at a folder that is there and can be read.
};

}  // namespace tonecue

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
#include <vector>

#include "tonecue/app/sidecar.h"

namespace tonecue {

struct WholeFilesConfig {
  std::chrono::milliseconds settled_after{3000};   ///< Size and time of the file stayed so long.
  std::chrono::milliseconds sidecar_wait{60'000};  ///< For a good sidecar in place of a bad one.
};

struct WholeFile {
  std::filesystem::path path{};
  Sidecar sidecar{};
};

/// Looks at a folder, and the folders in it, again and again, and tells each recording once it is
/// whole: its size and its time have not changed for a while, and it opens. A recording that is
/// changed later is told again. A sidecar that does not read is told in one line, and waited for;
/// a recording without one is told at once.
///
/// Threads: one object belongs to one thread.
class WholeFiles {
 public:
  using Clock = std::chrono::steady_clock;

  WholeFiles(std::filesystem::path folder, WholeFilesConfig config,
             std::function<void(const std::string&)> complain);

  /// @return Those that became whole since the last look.
  std::vector<WholeFile> look(Clock::time_point now);

  /// Some recordings are there that are not whole yet.
  bool expecting() const noexcept { return expecting_; }

 private:
  struct Seen {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type written{};
    Clock::time_point since{};
    std::optional<Clock::time_point> bad_sidecar_since{};
    bool told = false;
    bool looked_at = false;  // In this look.
  };

  void look_at(const std::filesystem::path& path, Clock::time_point now,
               std::vector<WholeFile>& whole);
  bool is_settled(const std::filesystem::path& path, Seen& seen, Clock::time_point now) const;
  std::optional<Sidecar> sidecar_for(const std::filesystem::path& path, Seen& seen,
                                     Clock::time_point now);
  void tell_folder_trouble(const std::string& trouble);

  std::filesystem::path folder_;
  WholeFilesConfig config_;
  std::function<void(const std::string&)> complain_;
  std::map<std::filesystem::path, Seen> seen_;
  std::string folder_trouble_;  // As it was last told.
  bool expecting_ = false;
};

}  // namespace tonecue

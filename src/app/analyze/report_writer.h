/// @file
/// Puts a call's report where the person wants it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "app/command_line/command_line.h"
#include "recordings.h"
#include "tonecue/app/console.h"
#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// Writes the formats of one call after the other.
class ReportWriter {
 public:
  /// @param batch  The targets are folders, which are made where they are missing.
  /// @return `unwritable` when a folder cannot be made.
  static Result<ReportWriter> create(const ReportTargets& targets, bool batch);

  /// @return What write() would refuse, to be asked before the work.
  Result<void> expect_writable(const Recording& recording) const;

  /// @return The first failure; the formats before it are written.
  Result<void> write(const CallReport& report, const Recording& recording,
                     const Console& console) const;

 private:
  ReportWriter(ReportTargets targets, bool batch) : targets_(std::move(targets)), batch_(batch) {}

  /// The file for this recording.
  std::string place(const std::string& target, const Recording& recording,
                    std::string_view extension) const;

  ReportTargets targets_;
  bool batch_;
};

/// What write_text() would refuse, to be asked before the work. An empty target is no output.
Result<void> expect_writable_target(const std::string& target, bool force);

/// Writes to a file, or to standard output for "-".
Result<void> write_text(const std::string& target, std::string_view text, bool force,
                        const Console& console);

}  // namespace tonecue

/// @file
/// Puts a call's report where the person wants it.
#pragma once

#include <string>
#include <vector>

#include "command_line.h"
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

  /// @return The first failure; the formats before it are written.
  Result<void> write(const CallReport& report, const Recording& recording,
                     const Console& console) const;

 private:
  ReportWriter(const ReportTargets& targets, bool batch) : targets_(targets), batch_(batch) {}

  ReportTargets targets_;
  bool batch_;
};

/// Writes to a file, or to standard output for "-".
Result<void> write_text(const std::string& target, std::string_view text, bool force,
                        const Console& console);

}  // namespace tonecue

/// @file
/// What reviewers said of distress cues, as a table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

enum class ReviewVerdict { right, wrong, unsure };

struct Verdict {
  std::string file;               ///< The recording, as `analyze --csv` tells it.
  std::int64_t raised_at_ms = 0;  ///< Of the cue; at least 0.
  ReviewVerdict verdict = ReviewVerdict::unsure;
  int line = 0;  ///< Of the table.
};

struct VerdictTable {
  std::vector<Verdict> verdicts;
  std::vector<Error> problems;  ///< One for each line that makes no sense: `corrupt`.
};

/// Reads CSV (RFC 4180) with the header `file,raised_at_s,verdict`; a verdict is `right`, `wrong`
/// or `unsure`. Several reviewers of one cue are as many lines.
/// @param file  Only for messages.
VerdictTable parse_verdicts(std::string_view csv, std::string_view file);

/// @return `unreadable`, else parse_verdicts() of that file.
Result<VerdictTable> load_verdicts(const std::string& path);

}  // namespace tonecue

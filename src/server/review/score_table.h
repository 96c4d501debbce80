/// @file
/// Scores from outside, as a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

struct ScoreTable {
  std::vector<ScoreEntry> scores{};
  std::vector<std::string> problems{};  ///< One for each line that makes no sense: "line 3: …".
};

/// Reads CSV (RFC 4180, UTF-8) with the header `source,kind,value` or `call_id,kind,value`, and
/// perhaps `,at`, a date. A call has one score of a kind in it.
/// @return `invalid_argument` for another header, or what is no UTF-8.
Result<ScoreTable> parse_scores(std::string_view csv);

}  // namespace tonecue

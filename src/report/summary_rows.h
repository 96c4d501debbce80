/// @file
/// Both parties side by side, in words.
#pragma once

#include <string>
#include <vector>

#include "tonecue/core/party.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

struct SummaryRow {
  std::string label;
  PerParty<std::string> text;  ///< "don't know" where there is no value.
};

/// The rows of the table that the terminal and the page show.
std::vector<SummaryRow> summary_rows(const CallReport& report);

}  // namespace tonecue

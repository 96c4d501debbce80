/// @file
/// A call as JSON.
#pragma once

#include <string>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// Schema `tonecue.call/1`: times in seconds to the millisecond, other numbers to three decimals,
/// `null` where a value is not known, and `null` for a party that is not on the recording. Bytes of
/// the file name that are not UTF-8 become U+FFFD. Ends with a newline.
std::string to_json(const CallReport& report);

}  // namespace tonecue

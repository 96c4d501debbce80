/// @file
/// A place in the list of calls, from which it goes on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/store/call_entry.h"

namespace tonecue {

/// What a call is ordered by. The page after a call begins with what follows these values, so that
/// calls that come in meanwhile neither repeat nor hide others.
struct CallListPlace {
  CallOrder order = CallOrder::need;
  bool reviewed = false;  ///< With CallOrder::need, as
  double need = 0.0;      ///< this: finite, at least 0. Of what the asker may see.
  std::int64_t started_unix_ms = 0;
  std::int64_t id = 0;
};

/// "need.0.4014000000000000.1763800000000.12": the need bit by bit, so that it equals the stored
/// one. ASCII without characters that an address must escape.
std::string to_text(const CallListPlace& place);

/// @return `invalid_argument` for anything that to_text() does not write.
Result<CallListPlace> parse_call_list_place(std::string_view text);

}  // namespace tonecue

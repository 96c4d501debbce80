/// @file
/// What a query asks of the list of calls.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/cues/cue.h"
#include "tonecue/server/http_message.h"
#include "tonecue/store/call_entry.h"

namespace tonecue {

inline constexpr int kUsualCalls = 50;
inline constexpr int kMostCallsAtOnce = 200;

struct CallQuestion {
  CallFilter filter{};
  int limit = kUsualCalls;
  std::string after{};
};

/// Reads a query strictly: what nobody knows, what stands there twice and may not, and values that
/// make no sense are mistakes, because a filter that is silently left out shows too much. An empty
/// value counts as not given.
/// @return `invalid_argument`: one line that names the key.
Result<CallQuestion> read_call_question(std::span<const NameValue> query);

/// The same without `limit` and `after`, for who asks for one call alone.
Result<CallFilter> read_call_filter(std::span<const NameValue> query);

std::optional<CueKind> find_cue_kind(std::string_view word) noexcept;

}  // namespace tonecue

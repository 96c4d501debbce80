/// @file
/// A call as one line of a list, and what to ask for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"
#include "tonecue/store/call_details.h"

namespace tonecue {

using CueCounts = std::array<int, kCueKinds>;  ///< By CueKind.

/// By CueKind: of the surest cue, [0, 1], in whole percents as filters compare; empty: there is
/// none.
using CueConfidences = std::array<std::optional<float>, kCueKinds>;

struct CallEntry {
  std::int64_t id = 0;
  CallDetails details{};
  CallState state = CallState::done;
  std::int64_t duration_ms = 0;
  PerParty<CueCounts> cues{};
  PerParty<CueConfidences> confidence{};  ///< Has a value where `cues` has a count.
  float distressed_s = 0.0F;
  std::optional<float> peak_distress{};  ///< [0, 1]; empty: never judged.
  std::optional<bool> recovered{};  ///< Whether the last distress or raised voice of the customer
                                    ///< was followed by `recovered`; empty: there was none.
  float need = 0.0F;      ///< How much it needs a person (docs/review.md); 0: not flagged.
  bool reviewed = false;  ///< By anybody.
  int notes = 0;
  bool audio = false;  ///< Its sound is kept.

  /// The agent sees what is told of them first: until then cues, alerts and figures of the agent's
  /// side are left out for everybody else, from `need` too. Empty: they are in.
  std::optional<std::int64_t> conduct_from_unix_ms{};
};

enum class CallOrder {
  need,  ///< What needs a person first: not reviewed before reviewed, then by need, then newest.
  newest,
  oldest,
};

/// What is empty does not filter. Several values of one field: any of them.
struct CallFilter {
  std::optional<std::int64_t> from_unix_ms{};  ///< Began then or later.
  std::optional<std::int64_t> to_unix_ms{};    ///< Began before.
  std::vector<std::string> teams{};
  std::vector<std::string> queues{};
  std::vector<std::string> agents{};
  std::vector<CueKind> kinds{};             ///< Has a cue of one of these, visible to the asker,
  std::optional<float> least_confidence{};  ///< of at least this confidence, [0, 1], compared in
                                            ///< whole percents; without kinds: a cue of any.
  std::optional<bool> reviewed{};
  std::optional<bool> recovered{};
  std::optional<bool> flagged{};  ///< need > 0.
  std::string text{};  ///< Beginnings of words, all of them in one note of the call, in any order;
                       ///< at most 200 bytes. Case and Latin diacritics do not matter.
  CallOrder order = CallOrder::need;
};

struct CallPage {
  std::vector<CallEntry> calls{};
  std::string next{};      ///< Asks for the page after this one; empty: there is none.
  std::int64_t total = 0;  ///< Calls that fit the filter, on all pages.
};

struct CallFacets {  ///< What a person may choose among.
  std::vector<std::string> teams{};
  std::vector<std::string> queues{};
  std::vector<std::string> agents{};
};

}  // namespace tonecue

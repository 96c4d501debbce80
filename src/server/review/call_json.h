/// @file
/// One call as the interface tells it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "route.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/review_store.h"

namespace tonecue {

struct ReviewedCall {
  KeptCall kept{};
  std::vector<GivenVerdict> verdicts{};
  std::vector<Note> notes{};
};

/// Whose verdicts are told.
enum class VerdictsTold {
  after_own,  ///< Those of others once one has said one's own, so that it is one's own.
  all,
};

/// The call, its report, cues and notes, and with what it was judged.
/// @param person_id  Who asks; 0: a machine.
nlohmann::ordered_json call_json(const ReviewedCall& call, std::int64_t person_id,
                                 VerdictsTold told = VerdictsTold::after_own);

/// The verdicts on one cue, by time.
nlohmann::ordered_json verdicts_json(const std::vector<GivenVerdict>& verdicts, std::int64_t cue_id,
                                     std::int64_t person_id, VerdictsTold told);

nlohmann::ordered_json note_json(const Note& note, std::int64_t person_id);

/// Both voices, for drawing.
nlohmann::ordered_json track_json(const CallReport& report);

}  // namespace tonecue

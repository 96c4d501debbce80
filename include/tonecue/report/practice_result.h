/// @file
/// How a practice call went, in numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"
#include "tonecue/report/terminal_timeline.h"

namespace tonecue {

/// The agent's figures, to set beside those of another attempt. Empty where the call holds too
/// little to say so. There is no mark and no total.
struct PracticeResult {
  std::int64_t duration_ms = 0;
  int interruptions = 0;                      ///< By the agent.
  float talk_share = 0.0F;                    ///< Of all speech, [0, 1].
  std::optional<float> pace_syl_per_s;        ///< While speaking.
  std::optional<float> level_dbfs;            ///< Of the agent's speech.
  std::optional<float> response_gap_s;        ///< Median.
  int hard_moments = 0;                       ///< As hard_moments() counts them.
  std::optional<float> acknowledged_after_s;  ///< Mean over them.
  int recovered = 0;                          ///< Of them, those that the customer came back from.
  std::optional<float> recovered_after_s;     ///< Mean over those.
  int alerts = 0;                             ///< Shown.
};

PracticeResult practice_result(const CallReport& report);

/// One attempt, as it is kept.
struct PracticeAttempt {
  std::string scenario;
  PracticeResult result;
};

/// Schema `tonecue.practice/1`: the result, and under `call` what to_json() tells. Of what
/// agent_summary() says it holds nothing. Ends with a newline.
std::string practice_json(const PracticeAttempt& attempt, const CallReport& report);

/// Reads what practice_json() wrote; `call` is not looked at.
/// @param file  For messages.
/// @return `corrupt`, naming file and key, when it is not such a file.
Result<PracticeAttempt> parse_practice_json(std::string_view text, std::string_view file);

/// The result in rows; with an earlier one, both side by side.
std::string practice_text(const PracticeAttempt& attempt,
                          const std::optional<PracticeAttempt>& earlier = {},
                          const TerminalConfig& config = {});

}  // namespace tonecue

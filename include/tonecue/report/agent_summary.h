/// @file
/// What the agent alone reads when a call is over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tonecue/report/call_report.h"
#include "tonecue/report/terminal_timeline.h"

namespace tonecue {

/// One number, from the first third of the call to the last, in words and units.
struct MovedNumber {
  std::string name;
  std::string from;
  std::string to;
};

/// Three numbers that moved, one thing that went well, one to try. No grade, nothing of what
/// anybody feels, and for the agent alone: it goes to their terminal and page, and into no file and
/// no other place (docs/practice.md).
struct AgentSummary {
  std::int64_t duration_ms = 0;
  std::vector<MovedNumber> moved;  ///< At most three, the largest move first.
  std::string note;    ///< Why nothing moved, or why there is too little to tell; else empty.
  std::string well;    ///< One sentence; empty when there is too little to tell.
  std::string to_try;  ///< The same.
  int alerts = 0;      ///< Shown to the agent.
  int helpful = 0;     ///< Of these, what the agent said of them.
  int wrong = 0;
};

/// A call of less than this, or with less of the agent's speech, is too short to tell of: a third
/// of it holds less than two turns of each.
inline constexpr std::int64_t kLeastSummaryMs = 60'000;
inline constexpr float kLeastSummarySpeechS = 20.0F;

/// Who the customer was. What a recorded one does is not the agent's doing.
enum class Customer { live, recorded };

/// The same call always gives the same words. docs/practice.md lists the rules.
AgentSummary agent_summary(const CallReport& report, Customer customer = Customer::live);

/// One object on one line: `duration_s`, `moved` (`name`, `from`, `to`), `note`, `well`, `try`,
/// `counts` (`alerts`, `helpful`, `wrong`).
std::string agent_summary_json(const AgentSummary& summary);

/// Five to eight lines for the agent's own terminal.
std::string agent_summary_text(const AgentSummary& summary, const TerminalConfig& config = {});

}  // namespace tonecue

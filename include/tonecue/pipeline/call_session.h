/// @file
/// One call, from audio to alerts.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tonecue/alerts/alert_policy.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/conduct_config.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/distress_weights.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/report/call_report.h"
#include "tonecue/turns/party_summary.h"
#include "tonecue/turns/talk_summary.h"
#include "tonecue/turns/turn_config.h"

namespace tonecue {

struct SessionConfig {
  TurnConfig turns;
  ConductConfig conduct;
  DistressConfig distress;
  std::optional<DistressWeights> distress_weights;  ///< Nothing: the built-in ones, "research".
  /// False: the session has no distress model at all, for callers who were not told of it.
  bool judge_distress = true;
  AlertConfig alerts;
  Wording wording = Wording::defaults();
  std::string calibration;  ///< The site's file behind `distress`, for people; empty: none.
};

/// Which weights a session of this configuration runs.
/// @return Why there are none, when the built-in ones do not fit this program.
Result<DistressWeights> distress_weights_of(const SessionConfig& config);

/// @return `invalid_argument`, beginning with the key of the configuration file, when a value lies
/// outside its documented range or asks for what the distress model cannot tell. Alerts and wording
/// are checked by AlertPolicy::create().
Result<void> validate(const SessionConfig& config);

/// The whole chain for one call: frames, turns, cues, alerts. A recording and a live call go
/// through the same object, so they give the same result to the bit, whatever the block sizes.
///
///     auto session = CallSession::create({});
///     while (…) session->push(block, listener);
///     session->finish(listener);
///
/// Real-time: create() allocates; nothing else does (a listener may).
/// Threads: one object belongs to one thread; separate objects are independent.
class CallSession {
 public:
  /// @param present  Whose voice the source carries; of a recording of one voice nothing is said
  ///                 that takes two.
  /// @param history  What the agent was told in calls before: budget, cool-downs and a snooze go
  /// on.
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range.
  static Result<CallSession> create(const SessionConfig& config,
                                    PerParty<bool> present = {true, true},
                                    const AlertHistory& history = {});

  /// Takes any number of samples; both spans of the block have the same length.
  void push(const CallBlock& block, CallListener& listener) noexcept;

  /// The call is over: what is still on its way through the chain comes out. Call it once.
  void finish(CallListener& listener) noexcept;

  /// The agent answered an alert, now: a snooze begins if they asked for one, and the listener is
  /// told. An answer to no delivered alert of this call is ignored.
  void answer(const AlertAnswer& answer, CallListener& listener) noexcept;

  /// Ends a snooze before its time.
  void wake() noexcept;

  PerParty<PartySummary> summary() const noexcept;
  TalkSummary talk_summary() const noexcept;
  const TurnConfig& turn_config() const noexcept;
  const DistressJudge& distress_judge() const noexcept;  ///< Without a name when there is none.

  /// What the agent was told lately, for the session of their next call; it tells a snooze as well.
  const AlertHistory& alert_history() const noexcept;

  CallSession(CallSession&&) noexcept;
  CallSession& operator=(CallSession&&) noexcept;
  ~CallSession();

 private:
  struct Chain;
  explicit CallSession(std::unique_ptr<Chain> chain);
  std::unique_ptr<Chain> chain_;
};

}  // namespace tonecue

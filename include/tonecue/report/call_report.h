/// @file
/// Everything that is told of one call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/alerts/alert.h"
#include "tonecue/audio/device_health.h"
#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/turns/party_summary.h"
#include "tonecue/turns/talk_summary.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Which model judged the customer's voice.
struct DistressJudge {
  static constexpr std::size_t kShaDigits = 12;  ///< Enough to know one from all others by.

  std::string model;          ///< "research", "open", or the model's file's name; empty: none.
  std::string sha256_begins;  ///< The first kShaDigits of the hash that `tonecue model info` tells.
  bool site_calibrated = false;  ///< With a site's own thresholds, fitted by `tonecue calibrate`.
};

/// What the distress model heard over the call.
struct DistressSummary {
  float judged_s = 0.0F;      ///< Call time with an estimate.
  float unknown_s = 0.0F;     ///< Customer's speech without one: "don't know".
  float peak_score = 0.0F;    ///< [0, 1]
  float distressed_s = 0.0F;  ///< Within distress cues.
  std::array<float, kDistressStates> unknown_by_s{};  ///< `unknown_s`, by DistressState.
  DistressJudge judge{};

  /// The voice was not listened to for distress: nothing says that the caller was told of it.
  bool withheld() const noexcept { return judge.model.empty() && judged_s <= 0.0F; }
};

/// One alert as it is kept: the text is its own.
struct AlertRecord {
  std::int64_t at_ms = 0;
  CueKind cue = CueKind::interruption;
  Party party = Party::agent;
  std::string text;
  Delivery delivery = Delivery::delivered;
  int id = 0;  ///< As of Alert.
  bool escalation = false;
  std::optional<AlertAnswer> answer{};  ///< What the agent last said of it.
  std::int64_t raised_at_ms = 0;        ///< Of its cue, which this and kind and party tell.
  float confidence = 0.0F;              ///< Of its cue, [0, 1].
};

/// Of an alert that nobody has answered yet.
inline AlertRecord record_of(const Alert& alert) {
  return {.at_ms = alert.at_ms,
          .cue = alert.cue.kind,
          .party = alert.cue.party,
          .text = std::string(alert.text),
          .delivery = alert.delivery,
          .id = alert.id,
          .escalation = alert.escalation,
          .answer = {},
          .raised_at_ms = alert.cue.raised_at_ms,
          .confidence = alert.cue.confidence};
}

inline constexpr int kTrackStepMs = 100;

/// Both voices in steps of 100 ms, for drawing.
struct TrackPoint {
  float peak = 0.0F;           ///< Largest sample magnitude, [0, 1].
  float level_dbfs = -100.0F;  ///< RMS of the step.
  std::optional<float> f0_hz;  ///< Median of the voiced frames.
  bool speaking = false;
  std::optional<float> distress;  ///< Customer only, [0, 1]; empty = don't know.
  int syllables = 0;              ///< Told within the step, while the party spoke.
};

/// What only a call from devices has.
struct LiveFacts {
  int decision_median_ms = 0;  ///< From the microphone to the end of the analysis, each hop.
  int decision_p99_ms = 0;
  std::vector<DeviceHealth> devices;
};

struct CallReport {
  std::string file;
  std::int64_t duration_ms = 0;
  int sample_rate_hz = 0;              ///< Of the file, before it was resampled.
  PerParty<bool> present{true, true};  ///< A one-voice recording has one party.
  PerParty<PartySummary> parties;
  PerParty<std::optional<std::int64_t>> usual_ready_at_ms{};  ///< Empty: never in this call.
  PerParty<std::optional<UsualVoice>> usual{};  ///< What each voice was compared with.
  TalkSummary talk;
  int line_delay_ms = 0;  ///< That customers' interruptions were judged with: TurnConfig.
  DistressSummary distress;
  std::vector<SpeechSegment> segments;      ///< By start.
  std::vector<Overlap> overlaps;            ///< By start.
  std::vector<Cue> cues;                    ///< By raised_at_ms.
  std::vector<AlertRecord> alerts;          ///< By at_ms.
  PerParty<std::vector<TrackPoint>> track;  ///< One per kTrackStepMs.
  std::optional<LiveFacts> live{};          ///< None of a recording.
};

}  // namespace tonecue

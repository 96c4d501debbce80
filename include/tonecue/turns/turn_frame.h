/// @file
/// Who speaks, and what happens between the two, every 10 ms.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"

namespace tonecue {

/// A stretch of one party's speech without a pause longer than the segment pause (an IPU).
struct SpeechSegment {
  Party party = Party::agent;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// Shorter joint speech is one word's end touching the next one's start.
inline constexpr int kLeastOverlapHops = 100 / kHopMs;

enum class OverlapKind {
  backchannel,         ///< Short, the floor stays: "mm-hm".
  terminal_overlap,    ///< The incomer starts as the holder's turn ends.
  interruption,        ///< The incomer takes the floor from a holder who had not finished.
  attempt,             ///< The incomer speaks on for a second, or was told of, then gives up.
  simultaneous_start,  ///< Both start after a silence.
};

constexpr std::string_view name(OverlapKind kind) noexcept {
  switch (kind) {
    case OverlapKind::backchannel:
      return "backchannel";
    case OverlapKind::terminal_overlap:
      return "terminal_overlap";
    case OverlapKind::interruption:
      return "interruption";
    case OverlapKind::attempt:
      return "attempt";
    case OverlapKind::simultaneous_start:
      return "simultaneous_start";
  }
  return "";
}

/// Both speak. Told when it is over.
struct Overlap {
  Party starter = Party::agent;  ///< Who came in.
  OverlapKind kind = OverlapKind::backchannel;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// One party cuts the other off. Told once, as soon as the evidence is there.
struct Interruption {
  Party starter = Party::agent;
  std::int64_t start_ms = 0;  ///< Where the incomer's speech begins.
  float confidence = 0.0F;    ///< Share of such cues that are right, on composed calls; [0.4, 0.8].
  float overlap_s = 0.0F;     ///< Both spoke for this long, so far.
  float holder_turn_s = 0.0F;     ///< How long the other had been speaking.
  float incomer_speech_s = 0.0F;  ///< How long the incomer has been speaking.

  /// How the holder sounded just before, against their own usual: near 0 in mid-phrase, lower
  /// towards the end of what they had to say. Empty before their usual is known.
  std::optional<float> holder_level_db{};
  std::optional<float> holder_f0_st{};

  /// Whether the holder's voice had not yet fallen: 76 % of places within a turn are so, 30 % of
  /// turn ends (composed calls). Empty before their usual is known.
  std::optional<bool> holder_mid_phrase{};
};

/// What became of the one who was cut off; told within 10 s.
struct InterruptionOutcome {
  Party starter = Party::agent;
  std::int64_t start_ms = 0;  ///< Of the interruption.

  /// From there until the other party talked alone again; empty when not within 10 s.
  std::optional<float> given_back_after_s;
};

/// What a voice is compared with: its own first seconds of clean speech (SpeakerBaseline).
struct UsualVoice {
  float f0_hz = 0.0F;           ///< Median.
  float level_dbfs = 0.0F;      ///< That three quarters of the speech stay below.
  float rate_syl_per_s = 0.0F;  ///< Articulation rate.
};

/// How a voice departs from its own usual, over the last seconds of its speech.
struct Departure {
  float f0_st = 0.0F;           ///< Median F0 against the usual median, semitones.
  float level_db = 0.0F;        ///< Speech level against the usual one.
  float rate_ratio = 1.0F;      ///< Articulation rate divided by the usual one.
  float rate_syl_per_s = 0.0F;  ///< Articulation rate over the window.
  int syllables = 0;            ///< Syllables that the rate rests on.
  float speech_s = 0.0F;        ///< Speech within the window; under 1.5 s the values say little.
};

/// Fewer syllables give no rate: one more or less of ten is 10 %, a third of what makes a cue.
inline constexpr int kLeastRateSyllables = 10;

/// How fast a party speaks, over its last 8 s (SpeakingRateMeter).
struct SpeakingRate {
  std::optional<float> speech_rate_syl_per_s;        ///< Pauses within the turn included.
  std::optional<float> articulation_rate_syl_per_s;  ///< Over active speech only.
  int syllables = 0;      ///< That the rates rest on; under kLeastRateSyllables they are empty.
  float turn_s = 0.0F;    ///< Speech and pauses within the window.
  float speech_s = 0.0F;  ///< Speech within the window.
};

/// State of one party at this frame.
struct PartyTurn {
  bool active = false;          ///< Speech now, after the bleed guard; no hangover.
  bool speaking = false;        ///< Within a speech segment.
  bool bleed = false;           ///< Sound here was the other party's voice, and was not counted.
  bool alone = false;           ///< Active while the other party is not: clean for baselines.
  float turn_s = 0.0F;          ///< Length of the present turn so far; 0 when the other has it.
  SpeakingRate rate;            ///< Over the last seconds; needs no baseline.
  bool baseline_ready = false;  ///< Enough speech heard to know this voice's usual.
  std::optional<UsualVoice> usual{};  ///< Empty until baseline_ready; final after 30 s of speech.
  Departure departure;                ///< Against the baseline; zeros until baseline_ready.
};

struct TurnFrame {
  std::int64_t index = 0;  ///< Same index as the feature frames it was made from.
  PerParty<PartyTurn> parties;
  float both_silent_s = 0.0F;  ///< Length of the present common silence; 0 within any segment.
  PerParty<std::optional<SpeechSegment>> ended_segment;  ///< A segment known to be over.
  PerParty<std::optional<Overlap>> ended_overlap;        ///< By starter.
  PerParty<std::optional<Interruption>> interruption;    ///< By starter.
  PerParty<std::optional<InterruptionOutcome>> outcome;  ///< By starter.
};

}  // namespace tonecue

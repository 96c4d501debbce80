#include "tonecue/report/card_reason.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "evidence_reader.h"
#include "heard_change.h"
#include "pace_words.h"

namespace tonecue {
namespace {

std::string_view usual_of(const Cue& cue) {
  return cue.party == Party::agent ? "your usual" : "this caller's usual";
}

std::string interruption(const Cue& cue, EvidenceReader& evidence) {
  std::vector<std::string> parts;
  if (const auto overlap_s = evidence.take("overlap_s")) {
    parts.push_back(fmt::format("you both spoke for {:.1f} s", *overlap_s));
  }
  if (const auto turn_s = evidence.take("holder_turn_s")) {
    parts.push_back(fmt::format("{} {:.1f} s into {} turn",
                                cue.party == Party::agent ? "they were" : "you were", *turn_s,
                                cue.party == Party::agent ? "their" : "your"));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// "4.2 semitones higher, 6 dB louder, 18 % faster than this caller's usual"
std::string departure(const Cue& cue, EvidenceReader& evidence) {
  std::vector<std::string> parts;
  if (const auto f0_st = evidence.take("f0_st"); f0_st && std::abs(*f0_st) >= kHeardSt) {
    parts.push_back(
        fmt::format("{:.1f} semitones {}", std::abs(*f0_st), *f0_st < 0 ? "lower" : "higher"));
  }
  if (const auto level_db = evidence.take("level_db");
      level_db && std::abs(*level_db) >= kHeardDb) {
    parts.push_back(
        fmt::format("{:.0f} dB {}", std::abs(*level_db), *level_db < 0 ? "softer" : "louder"));
  }
  const auto rate_ratio = evidence.take("rate_ratio");
  if (rate_ratio && std::abs(*rate_ratio - 1.0F) >= kHeardRate)
    parts.push_back(pace_words(*rate_ratio));
  if (parts.empty()) return {};
  return fmt::format("{} than {}", fmt::join(parts, ", "), usual_of(cue));
}

std::string speech_rate(const Cue& cue, EvidenceReader& evidence) {
  const auto rate = evidence.take("rate_syl_per_s");
  const auto rate_ratio = evidence.take("rate_ratio");
  if (!rate || !rate_ratio) return {};
  return fmt::format("{:.1f} syllables a second, {} than {}", *rate, pace_words(*rate_ratio),
                     usual_of(cue));
}

std::string distress(const Cue& cue, EvidenceReader& evidence) {
  std::string reason = departure(cue, evidence);
  if (!reason.empty()) return reason;
  auto probability = evidence.take("probability");
  if (!probability) probability = evidence.take("subdued_probability");
  return probability ? fmt::format("estimate {:.2f} from the voice alone", *probability)
                     : std::string{};
}

std::string counted(EvidenceReader& evidence, std::string_view name, std::string_view words) {
  const auto value = evidence.take(name);
  return value ? fmt::format(fmt::runtime(words), *value) : std::string{};
}

}  // namespace

std::string card_reason(const Cue& cue) {
  EvidenceReader evidence(cue.evidence.items());
  switch (cue.kind) {
    case CueKind::interruption:
      return interruption(cue, evidence);
    case CueKind::raised_voice:
      return departure(cue, evidence);
    case CueKind::fast_speech:
    case CueKind::slow_speech:
      return speech_rate(cue, evidence);
    case CueKind::long_silence:
      return counted(evidence, "silence_s", "nobody has spoken for {:.0f} s");
    case CueKind::monologue:
      return counted(evidence, "turn_s", "you have spoken for {:.0f} s without a break");
    case CueKind::distress:
      return distress(cue, evidence);
    case CueKind::recovered:
      return counted(evidence, "after_s", "near their usual again after {:.0f} s");
  }
  return {};
}

}  // namespace tonecue

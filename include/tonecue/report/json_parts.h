/// @file
/// Parts of a call that its report, the events of a live call and the pages tell alike.
///
/// `Json` is the library's ordered value, which its user includes: no public header does.
#pragma once

#include <optional>
#include <string>

#include "tonecue/core/hop.h"
#include "tonecue/cues/cue.h"
#include "tonecue/report/call_report.h"
#include "tonecue/report/rounded.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

template <class Json>
Json segment_tree(const SpeechSegment& segment) {
  return {{"party", name(segment.party)},
          {"start_s", ms_to_s(segment.start_ms)},
          {"end_s", ms_to_s(segment.end_ms)}};
}

template <class Json>
Json overlap_tree(const Overlap& overlap) {
  return {{"starter", name(overlap.starter)},
          {"kind", name(overlap.kind)},
          {"start_s", ms_to_s(overlap.start_ms)},
          {"end_s", ms_to_s(overlap.end_ms)}};
}

template <class Json>
Json evidence_tree(const Evidence& evidence) {
  Json numbers = Json::object();
  for (const EvidenceItem& item : evidence.items()) {
    numbers[std::string(item.name)] = thousandths(item.value);
  }
  return numbers;
}

/// Null while a voice's usual is not known.
template <class Json>
Json usual_tree(const std::optional<UsualVoice>& usual) {
  if (!usual) return {};
  return {{"f0_hz", thousandths(usual->f0_hz)},
          {"level_dbfs", thousandths(usual->level_dbfs)},
          {"rate_syl_per_s", thousandths(usual->rate_syl_per_s)}};
}

template <class Json>
Json thousandths_or_null(const std::optional<float>& value) {
  return value ? Json(thousandths(*value)) : Json();
}

}  // namespace tonecue

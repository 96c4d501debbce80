/// @file
/// A call as a tree of JSON values, whole and in parts, for those who print or extend it.
#pragma once

#include <nlohmann/json.hpp>

#include "tonecue/report/call_report.h"

namespace tonecue {

using Json = nlohmann::ordered_json;

/// What to_json() prints.
Json call_json_tree(const CallReport& report);

// Its parts, where a program tells them by themselves.
Json segment_tree(const SpeechSegment& segment);
Json overlap_tree(const Overlap& overlap);
Json evidence_tree(const Evidence& evidence);
Json cue_tree(const Cue& cue);

/// Three decimals: the digits beyond are those of a float, not of the measurement. NaN prints as
/// null.
double rounded(float value);

/// What is no UTF-8 becomes U+FFFD instead of an exception.
/// @param indent  Spaces per level; -1 puts all on one line.
std::string print(const Json& json, int indent);

}  // namespace tonecue

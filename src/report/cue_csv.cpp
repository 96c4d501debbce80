#include "tonecue/report/cue_csv.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tonecue/core/hop.h"
#include "tonecue/report/csv.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

std::string evidence_cell(const Evidence& evidence) {
  std::vector<std::string> pairs;
  for (const EvidenceItem& item : evidence.items()) {
    pairs.push_back(fmt::format("{}={:.3f}", item.name, item.value));
  }
  return fmt::format("{}", fmt::join(pairs, " "));
}

}  // namespace

std::string to_csv(const CallReport& report) {
  std::string text = "file,kind,party,start_s,end_s,raised_at_s,confidence,evidence,reason\n";
  for (const Cue& cue : report.cues) {
    text += fmt::format("{},{},{},{:.3f},{:.3f},{:.3f},{:.3f},{},{}\n", csv_cell(report.file),
                        name(cue.kind), name(cue.party), ms_to_s(cue.start_ms), ms_to_s(cue.end_ms),
                        ms_to_s(cue.raised_at_ms), cue.confidence, evidence_cell(cue.evidence),
                        csv_cell(describe(cue)));
  }
  return text;
}

}  // namespace tonecue

#include "summary_rows.h"

#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

constexpr const char* kUnknown = "don't know";

std::string with_unit(const std::optional<float>& value, int decimals, std::string_view unit) {
  return value ? fmt::format("{:.{}f} {}", *value, decimals, unit) : kUnknown;
}

std::string distress_text(const DistressSummary& distress) {
  if (distress.withheld()) return "not judged: no consent reference";
  if (distress.judged_s <= 0.0F) return kUnknown;
  return fmt::format("{:.0f} s, peak estimate {:.2f}", distress.distressed_s, distress.peak_score);
}

std::string unjudged_text(const DistressSummary& distress) {
  if (distress.withheld()) return "";
  if (distress.unknown_s + distress.judged_s <= 0.0F) return "no speech";
  return fmt::format("{:.0f} s of {:.0f} s", distress.unknown_s,
                     distress.unknown_s + distress.judged_s);
}

std::string given_back_text(const PartySummary& voice) {
  if (voice.interruptions == 0) return "-";
  if (!voice.given_back_median_s) return fmt::format("0 of {}", voice.interruptions);
  return fmt::format("{} of {}, in {:.1f} s", voice.given_back, voice.interruptions,
                     *voice.given_back_median_s);
}

std::string_view bleed_text(const PartySummary& voice) {
  switch (voice.bleed) {
    case BleedState::clean:
      return "no";
    case BleedState::guarded:
      return "yes, told apart";
    case BleedState::unusable:
      return "as loud as this one";
  }
  return "";
}

template <class Text>
SummaryRow row(std::string_view label, const CallReport& report, Text text) {
  return {std::string(label), {text(report.parties.agent), text(report.parties.customer)}};
}

}  // namespace

std::vector<SummaryRow> summary_rows(const CallReport& report) {
  using Voice = const PartySummary&;
  std::vector<SummaryRow> rows = {
      row("Cut in", report, [](Voice v) { return std::to_string(v.interruptions); }),
      row("Cut in, per hour of listening", report,
          [](Voice v) { return with_unit(v.interruptions_per_hour, 0, "times"); }),
      row("Then gave the floor back", report, given_back_text),
      row("Backchannels (\"mm-hm\")", report,
          [](Voice v) { return std::to_string(v.backchannels); }),
      row("Spoke", report,
          [](Voice v) { return fmt::format("{:.0f} s, {:.0f} %", v.talk_s, v.talk_share * 100); }),
      row("Longest turn", report,
          [](Voice v) { return fmt::format("{:.1f} s", v.longest_turn_s); }),
      row("Usual wait before answering", report,
          [](Voice v) { return with_unit(v.response_gap_median_ms, 0, "ms"); }),
      row("Other voice in this channel", report,
          [](Voice v) { return std::string(bleed_text(v)); }),
      row("Pace, pauses included", report,
          [](Voice v) { return with_unit(v.speech_rate_syl_per_s, 1, "syllables/s"); }),
      row("Pace while speaking", report,
          [](Voice v) { return with_unit(v.articulation_rate_syl_per_s, 1, "syllables/s"); }),
      row("Pitch, median F0", report, [](Voice v) { return with_unit(v.f0_median_hz, 0, "Hz"); }),
      row("Pitch range", report, [](Voice v) { return with_unit(v.f0_range_st, 1, "semitones"); }),
      row("Level", report, [](Voice v) { return with_unit(v.level_dbfs, 1, "dBFS"); }),
      row("Own usual known", report,
          [](Voice v) { return std::string(v.baseline_ready ? "yes" : "not enough speech"); }),
  };
  if (report.present.customer) {
    rows.push_back({"Signs of distress", {"never measured", distress_text(report.distress)}});
    rows.push_back({"Too unclear to judge", {"", unjudged_text(report.distress)}});
  }
  return rows;
}

}  // namespace tonecue

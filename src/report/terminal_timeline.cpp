#include "tonecue/report/terminal_timeline.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "summary_rows.h"
#include "terminal_lanes.h"
#include "terminal_text.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

constexpr int kIndent = 2;
constexpr int kSentenceIndent = 14;  // "  I  1:02:03  "

std::string heading(const CallReport& report, const TerminalText& text) {
  std::string voices = "agent and customer";
  for (const Party party : kParties) {
    if (!report.present[other(party)]) voices = fmt::format("{} only", name(party));
  }
  return fmt::format("\n  {}   {}, {}\n  {}\n", text.bold(text.printable(recording_name(report))),
                     clock_time(report.duration_ms), voices,
                     text.wrapped(headline(report) + ".", kIndent));
}

// "  I     1:23  Agent cut in ..."
std::string entry(CueKind kind, std::int64_t time_ms, std::string_view sentence,
                  const TerminalText& text) {
  return fmt::format("  {} {:>8}  {}", text.in_colour_of(kind, std::string(1, letter(kind))),
                     clock_time(time_ms), text.wrapped(sentence, kSentenceIndent));
}

std::string cue_list(const CallReport& report, const TerminalText& text) {
  if (report.cues.empty()) return {};
  std::vector<Cue> by_start = report.cues;
  std::ranges::stable_sort(by_start, {}, &Cue::start_ms);
  std::string list = "  " + text.bold("What was heard") + '\n';
  for (const Cue& cue : by_start) list += entry(cue.kind, cue.start_ms, describe(cue) + ".", text);
  return list + '\n';
}

std::string alert_list(const CallReport& report, const TerminalText& text) {
  if (report.alerts.empty()) return {};
  std::string list = "  " + text.bold("What the agent would have been told") + '\n';
  for (const AlertRecord& alert : report.alerts) {
    std::string line = text.printable(alert.text);
    if (alert.delivery != Delivery::delivered) {
      line += fmt::format(" ({})", outcome(alert.delivery));
    }
    list += entry(alert.cue, alert.at_ms, line, text);
  }
  return list + '\n';
}

std::string table(const CallReport& report, const TerminalText& text) {
  const auto line = [&](std::string_view row_label, const PerParty<std::string>& cells) {
    std::string row = fmt::format("  {:<30}", row_label);
    for (const Party party : kParties) {
      if (report.present[party]) row += fmt::format("{:<20}", cells[party]);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    return row;
  };
  std::string rows =
      text.bold(line("Side by side", {std::string("agent"), std::string("customer")})) + '\n';
  for (const SummaryRow& row : summary_rows(report)) rows += line(row.label, row.text) + '\n';
  if (const std::string both = together(report); !both.empty()) {
    rows += "\n  " + text.wrapped(both, kIndent);
  }
  return rows;
}

}  // namespace

std::string to_terminal(const CallReport& report, const TerminalConfig& config) {
  const TerminalText text(config);
  std::string page = heading(report, text) + terminal_lanes(report, text) + cue_list(report, text) +
                     alert_list(report, text) + table(report, text);
  if (report.present.customer) page += '\n' + ("  " + text.dim(kDistressNote)) + '\n';
  return page;
}

}  // namespace tonecue

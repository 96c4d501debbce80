#include "tonecue/report/html_page.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "call_json_tree.h"
#include "summary_rows.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/print_json.h"

namespace tonecue {

extern const std::string_view kPageHtml;
extern const std::string_view kPageCss;
extern const std::string_view kLanesJs;
extern const std::string_view kTimelineJs;
extern const std::string_view kPointingJs;
extern const std::string_view kPageJs;

namespace {

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

// Inside a script element only '<' can end the data; in JSON it stands in strings alone.
std::string json_for_script(const Json& json) {
  std::string text;
  for (const char c : print_json(json))
    text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

std::string base64(std::span<const unsigned char> bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto group = bytes.subspan(i, std::min<std::size_t>(3, bytes.size() - i));
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8U | (k < group.size() ? group[k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= group.size() ? kDigits[bits >> (18U - 6U * k) & 63U] : '=';
    }
  }
  return text;
}

// One track as columns of whole numbers, which keeps an hour near a megabyte: peak in percent,
// level in dBFS, F0 in Hz (0: unvoiced), distress in percent (-1: don't know).
Json track_json(const std::vector<TrackPoint>& track) {
  const auto whole = [](float value) {
    return std::isfinite(value) ? static_cast<int>(std::lround(value)) : 0;
  };
  Json columns = {{"peak", Json::array()},
                  {"level_dbfs", Json::array()},
                  {"f0_hz", Json::array()},
                  {"distress", Json::array()}};
  for (const TrackPoint& point : track) {
    columns["peak"].push_back(whole(100.0F * point.peak));
    columns["level_dbfs"].push_back(whole(point.level_dbfs));
    columns["f0_hz"].push_back(whole(point.f0_hz.value_or(0.0F)));
    columns["distress"].push_back(point.distress ? whole(100.0F * *point.distress) : -1);
  }
  return columns;
}

// The call as to_json() tells it, with the words and the tracks that the page shows beside it.
Json page_json(const CallReport& report) {
  Json page = {{"call", call_json_tree(report)},
               {"cues", Json::array()},
               {"alerts", Json::array()},
               {"summary", Json::array()},
               {"together", together(report)},
               {"track_step_s", kTrackStepMs / 1000.0},
               {"track",
                {{"agent", track_json(report.track.agent)},
                 {"customer", track_json(report.track.customer)}}},
               {"distress_note", kDistressNote}};
  for (const Cue& cue : report.cues) {
    page["cues"].push_back({{"letter", std::string(1, letter(cue.kind))},
                            {"title", title(cue.kind)},
                            {"clock", clock_time(cue.start_ms)},
                            {"reason", describe(cue)}});
  }
  for (const AlertRecord& alert : report.alerts) {
    page["alerts"].push_back({{"letter", std::string(1, letter(alert.cue))},
                              {"clock", clock_time(alert.at_ms)},
                              {"outcome", outcome(alert.delivery)}});
  }
  for (const SummaryRow& row : summary_rows(report)) {
    page["summary"].push_back(
        {{"label", row.label}, {"agent", row.text.agent}, {"customer", row.text.customer}});
  }
  return page;
}

std::string closing_note(const CallReport& report) {
  std::string note(kDistressNote);
  const DistressJudge& judge = report.distress.judge;
  if (!report.present.customer || judge.model.empty()) return note;
  return note + fmt::format(" Judged by the distress model {} (sha256 {}...), with {} thresholds.",
                            judge.model, judge.sha256_begins,
                            judge.site_calibrated ? "this site's own" : "the shipped");
}

std::string audio_element(const std::optional<PageAudio>& audio) {
  if (!audio) return {};
  return fmt::format(
      R"(<audio id="audio" controls preload="auto" src="data:{};base64,{}"></audio>)",
      escaped(audio->media_type), base64(audio->bytes));
}

// Keeps "3 interruptions" on one line where the headline breaks.
std::string unbroken_parts(std::string_view text) {
  std::string html;
  while (true) {
    const std::size_t end = text.find(", ");
    const bool last = end == std::string_view::npos;
    html += fmt::format("<span>{}{}</span>", escaped(text.substr(0, end)), last ? "" : ", ");
    if (last) return html;
    text.remove_prefix(end + 2);
  }
}

using Slot = std::pair<std::string_view, std::string>;

// Fills the template's {{slots}} in one pass: what goes in is never searched for slots.
std::string filled(std::string_view page, const std::vector<Slot>& slots) {
  std::string html;
  while (!page.empty()) {
    const std::size_t open = page.find("{{");
    html += page.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = page.find("}}", open);
    const std::string_view name = page.substr(open + 2, close - open - 2);
    for (const auto& [slot, text] : slots) {
      if (slot == name) html += text;
    }
    page.remove_prefix(close + 2);
  }
  return html;
}

}  // namespace

std::string to_html(const CallReport& report, const std::optional<PageAudio>& audio) {
  std::string voices = "agent and customer";
  for (const Party party : kParties) {
    if (!report.present[other(party)]) voices = fmt::format("the {} only", name(party));
  }
  return filled(kPageHtml,
                {{"file", escaped(recording_name(report))},
                 {"length", clock_time(report.duration_ms)},
                 {"voices", voices},
                 {"headline", unbroken_parts(headline(report))},
                 {"note", escaped(closing_note(report))},
                 {"audio", audio_element(audio)},
                 {"style", std::string(kPageCss)},
                 {"data", json_for_script(page_json(report))},
                 {"script", fmt::format("{}{}{}{}", kLanesJs, kTimelineJs, kPointingJs, kPageJs)}});
}

}  // namespace tonecue

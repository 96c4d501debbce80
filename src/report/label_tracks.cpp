#include "tonecue/report/label_tracks.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

struct Label {
  std::int64_t start_ms;
  std::int64_t end_ms;
  std::string text;
};

std::vector<Label> cue_labels(const CallReport& report) {
  std::vector<Label> labels;
  for (const Cue& cue : report.cues) {
    labels.push_back(
        {cue.start_ms, cue.end_ms, fmt::format("{} {}", name(cue.party), name(cue.kind))});
  }
  std::ranges::stable_sort(labels, {}, &Label::start_ms);
  return labels;
}

std::vector<Label> overlap_labels(const CallReport& report) {
  std::vector<Label> labels;
  for (const Overlap& overlap : report.overlaps) {
    labels.push_back({overlap.start_ms, overlap.end_ms,
                      fmt::format("{} {}", name(overlap.starter), name(overlap.kind))});
  }
  return labels;
}

std::vector<Label> speech_labels(const CallReport& report, Party party) {
  std::vector<Label> labels;
  for (const SpeechSegment& segment : report.segments) {
    if (segment.party == party) labels.push_back({segment.start_ms, segment.end_ms, "speech"});
  }
  return labels;
}

// Every label at least a hop long and inside the call: Praat knows no empty interval.
void fit(std::vector<Label>& labels, std::int64_t duration_ms) {
  for (Label& label : labels) {
    label.start_ms = std::clamp<std::int64_t>(label.start_ms, 0, duration_ms - kHopMs);
    label.end_ms = std::clamp<std::int64_t>(label.end_ms, label.start_ms + kHopMs, duration_ms);
  }
}

// What covers [start_ms, end_ms), each text once.
std::string joined(const std::vector<Label>& labels, std::int64_t start_ms, std::int64_t end_ms) {
  std::vector<std::string_view> texts;
  for (const Label& label : labels) {
    const bool covers = label.start_ms <= start_ms && label.end_ms >= end_ms;
    if (covers && std::ranges::find(texts, label.text) == texts.end()) texts.push_back(label.text);
  }
  return fmt::format("{}", fmt::join(texts, " + "));
}

// Cuts the call wherever a label begins or ends.
std::vector<Label> tiled(std::vector<Label> labels, std::int64_t duration_ms) {
  fit(labels, duration_ms);
  std::vector<std::int64_t> cuts_ms = {0, duration_ms};
  for (const Label& label : labels) {
    cuts_ms.push_back(label.start_ms);
    cuts_ms.push_back(label.end_ms);
  }
  std::ranges::sort(cuts_ms);
  cuts_ms.erase(std::unique(cuts_ms.begin(), cuts_ms.end()), cuts_ms.end());

  std::vector<Label> tiles;
  for (std::size_t i = 0; i + 1 < cuts_ms.size(); ++i) {
    tiles.push_back({cuts_ms[i], cuts_ms[i + 1], joined(labels, cuts_ms[i], cuts_ms[i + 1])});
  }
  return tiles;
}

std::string quoted(std::string_view text) {
  std::string praat = "\"";
  for (const char c : text) praat += c == '"' ? std::string("\"\"") : std::string(1, c);
  return praat + '"';
}

std::string tier(int number, std::string_view tier_name, const std::vector<Label>& tiles) {
  std::string text = fmt::format(
      "    item [{}]:\n        class = \"IntervalTier\"\n        name = {}\n"
      "        xmin = 0\n        xmax = {:.3f}\n        intervals: size = {}\n",
      number, quoted(tier_name), ms_to_s(tiles.back().end_ms), tiles.size());
  int interval = 0;
  for (const Label& tile : tiles) {
    text += fmt::format(
        "        intervals [{}]:\n            xmin = {:.3f}\n            xmax = {:.3f}\n"
        "            text = {}\n",
        ++interval, ms_to_s(tile.start_ms), ms_to_s(tile.end_ms), quoted(tile.text));
  }
  return text;
}

}  // namespace

std::string to_audacity(const CallReport& report) {
  std::string text;
  for (const Label& label : cue_labels(report)) {
    text += fmt::format("{:.6f}\t{:.6f}\t{}\n", ms_to_s(label.start_ms), ms_to_s(label.end_ms),
                        label.text);
  }
  return text;
}

std::string to_textgrid(const CallReport& report) {
  const std::int64_t duration_ms = std::max<std::int64_t>(report.duration_ms, kHopMs);
  std::string text = fmt::format(
      "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
      "xmin = 0\nxmax = {:.3f}\ntiers? <exists>\nsize = 4\nitem []:\n",
      ms_to_s(duration_ms));
  text += tier(1, "agent", tiled(speech_labels(report, Party::agent), duration_ms));
  text += tier(2, "customer", tiled(speech_labels(report, Party::customer), duration_ms));
  text += tier(3, "overlaps", tiled(overlap_labels(report), duration_ms));
  text += tier(4, "cues", tiled(cue_labels(report), duration_ms));
  return text;
}

}  // namespace tonecue

#include "voice_row.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace tonecue {
namespace {

// From a quiet room to as loud as a headset gets without clipping.
constexpr float kLeastDbfs = -55.0F;
constexpr float kMostDbfs = -10.0F;

constexpr int kColumnsBesideBar = 53;
constexpr int kLongestBar = 30;

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string bar(float level_dbfs, int columns, const TerminalStyle& style) {
  constexpr int kEighths = 8;
  constexpr std::array<std::string_view, kEighths> kPart = {"",       "\u258F", "\u258E", "\u258D",
                                                            "\u258C", "\u258B", "\u258A", "\u2589"};
  const float share = std::clamp((level_dbfs - kLeastDbfs) / (kMostDbfs - kLeastDbfs), 0.0F, 1.0F);
  const int filled = static_cast<int>(std::lround(share * static_cast<float>(columns * kEighths)));
  const int whole = filled / kEighths;
  if (!style.unicode) return repeated("#", whole) + repeated("-", columns - whole);
  const std::string_view part = kPart.at(static_cast<std::size_t>(filled % kEighths));
  const int rest = columns - whole - (part.empty() ? 0 : 1);
  return repeated("\u2588", whole) + std::string(part) +
         style.painted("2", repeated("\u00B7", rest));
}

std::string against_usual(const VoiceMeter& voice, const TerminalStyle& style) {
  if (!voice.usual_known) return style.painted("2", "usual not known yet        ");
  const float pace_percent = 100.0F * (voice.rate_ratio - 1.0F);
  return fmt::format("pitch {:>+5.1f} st  pace {:>+4.0f} %", std::clamp(voice.f0_st, -99.0F, 99.0F),
                     std::clamp(pace_percent, -99.0F, 999.0F));
}

}  // namespace

std::string TerminalStyle::painted(std::string_view code, std::string_view text) const {
  return colour && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string voice_row(const CallMeters& meters, Party party, const TerminalStyle& style) {
  const VoiceMeter& voice = meters.voices[party];
  const std::string_view paint = party == Party::agent ? "36" : "33";  // As in the report.
  const int columns = std::min(kLongestBar, style.width_columns - 1 - kColumnsBesideBar);
  const std::string_view speaks = style.unicode ? "\u25CF" : "*";
  return fmt::format("{}  {} {}  {}  talk {:>3.0f} %",
                     style.painted(paint, fmt::format("{:<8}", name(party))),
                     style.painted(paint, bar(voice.level_dbfs, columns, style)),
                     voice.speaking ? style.painted(paint, speaks) : " ",
                     against_usual(voice, style), 100.0F * meters.talk_share(party));
}

std::string cut_to_columns(std::string_view text, int columns, const TerminalStyle& style) {
  std::string shown;
  int used = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool continues = (byte & 0xC0U) == 0x80U;
    if (!continues && used++ == columns) break;
    const bool control = byte < 0x20U || byte == 0x7FU;
    if (control || (byte >= 0x80U && !style.unicode)) {
      if (!continues) shown += '?';
    } else {
      shown += letter;
    }
  }
  return shown;
}

std::vector<std::string> two_lines(std::string_view text, int columns, const TerminalStyle& style) {
  const std::string all = cut_to_columns(text, 2 * columns, style);
  const std::string first = cut_to_columns(all, columns, style);
  if (first == all) return {all};
  const std::size_t blank = all[first.size()] == ' ' ? first.size() : first.rfind(' ');
  const std::size_t end = blank == std::string::npos ? first.size() : blank;
  const std::string_view rest =
      std::string_view(all).substr(blank == std::string::npos ? end : end + 1);
  return {all.substr(0, end), cut_to_columns(rest, columns, style)};
}

}  // namespace tonecue

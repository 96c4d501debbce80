#include "tonecue/report/plain_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "evidence_reader.h"
#include "heard_change.h"
#include "pace_words.h"

namespace tonecue {
namespace {

struct CueWords {
  char letter;
  std::string_view title;
  std::string_view one;   // "1 long silence"
  std::string_view many;  // "2 long silences"
};

CueWords words(CueKind kind) noexcept {
  switch (kind) {
    case CueKind::interruption:
      return {'I', "Interruption", "interruption", "interruptions"};
    case CueKind::raised_voice:
      return {'V', "Raised voice", "raised voice", "raised voices"};
    case CueKind::fast_speech:
      return {'F', "Fast speech", "stretch of fast speech", "stretches of fast speech"};
    case CueKind::slow_speech:
      return {'S', "Slow speech", "stretch of slow speech", "stretches of slow speech"};
    case CueKind::long_silence:
      return {'L', "Long silence", "long silence", "long silences"};
    case CueKind::monologue:
      return {'M', "Monologue", "monologue", "monologues"};
    case CueKind::distress:
      return {'D', "Signs of distress", "stretch of distress", "stretches of distress"};
    case CueKind::recovered:
      return {'R', "Recovered", "recovery", "recoveries"};
  }
  return {'?', "", "", ""};
}

std::string_view capital_name(Party party) noexcept {
  return party == Party::agent ? "Agent" : "Customer";
}

// What was cut, where the other's usual is known: ", in mid-phrase (+2.6 st, +2.0 dB ...)".
std::string phrase_cut(const Cue& cue, EvidenceReader& evidence) {
  const auto mid_phrase = evidence.take("mid_phrase");
  std::vector<std::string> parts;
  if (const auto f0_st = evidence.take("holder_f0_st")) {
    parts.push_back(fmt::format("{:+.1f} st", *f0_st));
  }
  if (const auto level_db = evidence.take("holder_level_db")) {
    parts.push_back(fmt::format("{:+.1f} dB", *level_db));
  }
  if (!mid_phrase || parts.empty()) return {};
  return fmt::format(", {} ({} against the {}'s usual)",
                     *mid_phrase > 0.0F ? "in mid-phrase" : "with that voice already falling",
                     fmt::join(parts, ", "), name(other(cue.party)));
}

std::string given_back(const Cue& cue, EvidenceReader& evidence) {
  const auto given_back = evidence.take("given_back");
  if (!given_back) return {};
  const std::string_view holder = name(other(cue.party));
  if (const auto after_s = evidence.take("given_back_after_s")) {
    return fmt::format("; the {} spoke on {:.1f} s later", holder, *after_s);
  }
  return fmt::format("; the {} did not get to speak alone within 10 s", holder);
}

std::string interruption(const Cue& cue, EvidenceReader& evidence) {
  std::string text =
      fmt::format("{} cut in at {}", capital_name(cue.party), clock_time(cue.start_ms));
  if (const auto turn_s = evidence.take("holder_turn_s")) {
    text += fmt::format(", {:.1f} s into the {}'s turn", *turn_s, name(other(cue.party)));
  }
  text += phrase_cut(cue, evidence);
  if (const auto overlap_s = evidence.take("overlap_s")) {
    text += fmt::format("; both spoke for {:.1f} s", *overlap_s);
    if (const auto speech_s = evidence.take("incomer_speech_s")) {
      text += fmt::format(" of the {}'s first {:.1f} s", name(cue.party), *speech_s);
    }
  }
  return text + given_back(cue, evidence);
}

// "4.2 st higher, 6.1 dB louder, 18 % faster"; what nobody would hear is left out, perhaps all.
std::string departure(EvidenceReader& evidence) {
  std::vector<std::string> parts;
  if (const auto f0_st = evidence.take("f0_st"); f0_st && std::abs(*f0_st) >= kHeardSt) {
    parts.push_back(fmt::format("{:.1f} st {}", std::abs(*f0_st), *f0_st < 0 ? "lower" : "higher"));
  }
  if (const auto level_db = evidence.take("level_db");
      level_db && std::abs(*level_db) >= kHeardDb) {
    parts.push_back(
        fmt::format("{:.1f} dB {}", std::abs(*level_db), *level_db < 0 ? "softer" : "louder"));
  }
  const auto rate_ratio = evidence.take("rate_ratio");
  if (rate_ratio && std::abs(*rate_ratio - 1.0F) >= kHeardRate) {
    parts.push_back(pace_words(*rate_ratio));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string raised_voice(const Cue& cue, EvidenceReader& evidence) {
  std::string text =
      fmt::format("{}'s voice rose at {}", capital_name(cue.party), clock_time(cue.start_ms));
  const std::string change = departure(evidence);
  return change.empty() ? text : fmt::format("{}: {} than usual for this voice", text, change);
}

std::string speech_rate(const Cue& cue, EvidenceReader& evidence) {
  std::string text = fmt::format("{} {} at {}", capital_name(cue.party),
                                 cue.kind == CueKind::fast_speech ? "sped up" : "slowed down",
                                 clock_time(cue.start_ms));
  std::vector<std::string> parts;
  if (const auto rate = evidence.take("rate_syl_per_s")) {
    parts.push_back(fmt::format("{:.1f} syllables a second", *rate));
  }
  if (const auto rate_ratio = evidence.take("rate_ratio")) {
    parts.push_back(fmt::format("{} than usual for this voice", pace_words(*rate_ratio)));
  }
  if (const auto syllables = evidence.take("syllables")) {
    parts.push_back(fmt::format("counted over {:.0f} syllables", *syllables));
  }
  return parts.empty() ? text : fmt::format("{}: {}", text, fmt::join(parts, ", "));
}

std::string long_silence(const Cue& cue, EvidenceReader& evidence) {
  const auto silence_s = evidence.take("silence_s");
  return fmt::format("Nobody spoke {}from {}; it was the {}'s turn",
                     silence_s ? fmt::format("for {:.1f} s ", *silence_s) : "",
                     clock_time(cue.start_ms), name(cue.party));
}

std::string monologue(const Cue& cue, EvidenceReader& evidence) {
  const auto turn_s = evidence.take("turn_s");
  return fmt::format("{} spoke {}from {} without a break for the {}", capital_name(cue.party),
                     turn_s ? fmt::format("for {:.0f} s ", *turn_s) : "", clock_time(cue.start_ms),
                     name(other(cue.party)));
}

// "pitch higher by 4.1 st, spectral tilt flatter by 3.0 dB per octave"; empty without such
// evidence.
std::string reasons(const Cue& cue, EvidenceReader& evidence) {
  struct Words {
    std::string_view name;
    std::string_view more;
    std::string_view less;
  };
  static constexpr auto kWords = std::to_array<Words>({
      {"f0_median_st", "pitch higher by {:.1f} st", "pitch lower by {:.1f} st"},
      {"f0_p90_p10_st", "pitch range wider by {:.1f} st", "pitch range narrower by {:.1f} st"},
      {"level_p90_p10_db", "loudness range wider by {:.1f} dB",
       "loudness range narrower by {:.1f} dB"},
      {"f0_slope_abs_st_per_s", "pitch moving faster by {:.0f} st per second",
       "pitch moving slower by {:.0f} st per second"},
      {"level_change_db", "loudness moving faster by {:.2f} dB per 10 ms",
       "loudness moving slower by {:.2f} dB per 10 ms"},
      {"high_tilt_mean_db", "3 kHz stronger by {:.1f} dB against 900 Hz",
       "3 kHz weaker by {:.1f} dB against 900 Hz"},
      {"voiced_stretch_mean_s", "voiced stretches longer by {:.2f} s",
       "voiced stretches shorter by {:.2f} s"},
      {"gap_mean_s", "pauses between words longer by {:.2f} s",
       "pauses between words shorter by {:.2f} s"},
      {"tilt_mean_db_per_octave", "spectral tilt flatter by {:.1f} dB per octave",
       "spectral tilt steeper by {:.1f} dB per octave"},
      {"flux_voiced_db", "sound moving faster by {:.2f} dB per 10 ms",
       "sound moving slower by {:.2f} dB per 10 ms"},
      {"hnr_mean_db", "voice clearer by {:.1f} dB HNR", "voice rougher by {:.1f} dB HNR"},
      {"syllables_per_s", "{:.1f} syllables a second more", "{:.1f} syllables a second fewer"},
  });
  std::vector<std::string> parts;
  for (const EvidenceItem& item : cue.evidence.items()) {  // The strongest first, as they came.
    const auto* words = std::ranges::find(kWords, item.name, &Words::name);
    if (words == kWords.end()) continue;
    if (const auto step = evidence.take(item.name)) {
      const auto format = *step < 0.0F ? words->less : words->more;
      parts.push_back(fmt::format(fmt::runtime(format), std::abs(*step)));
    }
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string distress(const Cue& cue, EvidenceReader& evidence) {
  std::string text =
      fmt::format("Signs of distress in the customer's voice at {}", clock_time(cue.start_ms));
  if (const auto probability = evidence.take("probability")) {
    text += fmt::format(", estimate {:.2f}", *probability);
  }
  if (const auto subdued = evidence.take("subdued_probability")) {
    text += fmt::format(", subdued (experimental), estimate {:.2f}", *subdued);
  }
  const std::string why = reasons(cue, evidence);
  const auto usual_s = evidence.take("usual_s");
  if (!why.empty()) {
    text += fmt::format(": {}, against this caller's first {}", why,
                        usual_s ? fmt::format("{:.0f} s of speech", *usual_s) : "words");
  }
  const std::string change = departure(evidence);
  if (change.empty()) return text;
  return fmt::format("{}{} {} than usual for this caller", text, why.empty() ? ":" : "; lately",
                     change);
}

std::string recovered(const Cue& cue, EvidenceReader& evidence) {
  std::string text = fmt::format("{}'s voice was back near its usual at {}",
                                 capital_name(cue.party), clock_time(cue.start_ms));
  if (const auto after_s = evidence.take("after_s")) {
    text += fmt::format(", {:.0f} s after it had turned", *after_s);
  }
  const auto f0_st = evidence.take("f0_st");
  const auto level_db = evidence.take("level_db");
  if (f0_st) text += fmt::format("; pitch {:+.1f} st", *f0_st);
  if (level_db) text += fmt::format("{} level {:+.1f} dB", f0_st ? "," : ";", *level_db);
  return text;
}

std::string sentence(const Cue& cue, EvidenceReader& evidence) {
  switch (cue.kind) {
    case CueKind::interruption:
      return interruption(cue, evidence);
    case CueKind::raised_voice:
      return raised_voice(cue, evidence);
    case CueKind::fast_speech:
    case CueKind::slow_speech:
      return speech_rate(cue, evidence);
    case CueKind::long_silence:
      return long_silence(cue, evidence);
    case CueKind::monologue:
      return monologue(cue, evidence);
    case CueKind::distress:
      return distress(cue, evidence);
    case CueKind::recovered:
      return recovered(cue, evidence);
  }
  return {};
}

std::string counted(std::ptrdiff_t count, CueKind kind) {
  return fmt::format("{} {}", count, count == 1 ? words(kind).one : words(kind).many);
}

}  // namespace

std::string describe(const Cue& cue) {
  EvidenceReader evidence(cue.evidence.items());
  std::string text = sentence(cue, evidence);
  return text + evidence.rest();
}

std::string_view recording_name(const CallReport& report) noexcept {
  const std::string_view path = report.file;
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0.
}

std::string headline(const CallReport& report) {
  // What matters most to a reviewer first.
  constexpr std::array kOrder = {CueKind::distress,     CueKind::recovered, CueKind::raised_voice,
                                 CueKind::long_silence, CueKind::monologue, CueKind::fast_speech,
                                 CueKind::slow_speech};
  static_assert(kOrder.size() + 1 == kCueKinds);

  std::vector<std::string> parts;
  for (const Party party : kParties) {
    const auto count = std::ranges::count_if(report.cues, [party](const Cue& cue) {
      return cue.kind == CueKind::interruption && cue.party == party;
    });
    if (count > 0) {
      parts.push_back(
          fmt::format("{} by the {}", counted(count, CueKind::interruption), name(party)));
    }
  }
  for (const CueKind kind : kOrder) {
    const auto count = std::ranges::count(report.cues, kind, &Cue::kind);
    if (count > 0) parts.push_back(counted(count, kind));
  }
  return parts.empty() ? "Nothing was flagged" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string together(const CallReport& report) {
  if (!report.present.agent || !report.present.customer) return {};
  const bool same_voices = report.parties.agent.bleed == BleedState::unusable ||
                           report.parties.customer.bleed == BleedState::unusable;
  if (same_voices) {
    return "Both channels carry the same voices, so nothing can be said of overlap, interruptions "
           "or distress: record each party on a channel of its own.";
  }
  const TalkSummary& talk = report.talk;
  std::string text = fmt::format("Both spoke at once for {:.1f} s ({:.1f} % of the call)",
                                 talk.both_s, 100.0F * talk.overtalk_ratio);
  if (talk.overtalk_incidents > 0) {
    text += fmt::format(", in {} {}, {} of them begun by the agent", talk.overtalk_incidents,
                        talk.overtalk_incidents == 1 ? "stretch" : "stretches",
                        talk.agent_overtalk_incidents);
  }
  text += talk.non_talk_incidents == 0
              ? ". There was no silence of over 3 s"
              : fmt::format(". Neither spoke for over 3 s {} {}: {:.1f} s in all",
                            talk.non_talk_incidents,
                            talk.non_talk_incidents == 1 ? "time" : "times", talk.non_talk_s);
  if (report.line_delay_ms > 0) {
    text += fmt::format(". Judged for a line of {} ms to the customer", report.line_delay_ms);
  }
  return text + '.';
}

char letter(CueKind kind) noexcept { return words(kind).letter; }

std::string_view title(CueKind kind) noexcept { return words(kind).title; }

std::string_view outcome(Delivery delivery) noexcept {
  switch (delivery) {
    case Delivery::delivered:
      return "shown";
    case Delivery::cooling_down:
      return "held back: the same was said a moment before";
    case Delivery::over_budget:
      return "held back: this hour's alerts were used up";
    case Delivery::outdated:
      return "held back: the moment had passed before the agent paused";
    case Delivery::quiet_start:
      return "held back: it was over before this voice's usual was known";
    case Delivery::snoozed:
      return "held back: the agent had asked for quiet";
    case Delivery::superseded:
      return "held back: something weightier was heard at that moment";
  }
  return "";
}

std::string clock_time(std::int64_t time_ms) {
  const std::int64_t time_s = std::max<std::int64_t>(time_ms, 0) / 1000;
  if (time_s >= 3600) {
    return fmt::format("{}:{:02}:{:02}", time_s / 3600, time_s / 60 % 60, time_s % 60);
  }
  return fmt::format("{}:{:02}", time_s / 60, time_s % 60);
}

}  // namespace tonecue

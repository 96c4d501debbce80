#include "tonecue/store/need.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace tonecue {
namespace {

// What a thing found with full confidence adds. A customer left in distress outweighs all that the
// agent's side can add up to, but for the worst of it.
constexpr float kDistressLeft = 5.0F;         // Nothing after it says that they calmed.
constexpr float kDistressCalmed = 3.0F;       // Somebody was upset, and it was handled.
constexpr float kDistressMinute = 1.0F;       // Each minute of it,
constexpr float kMostDistressMinutes = 3.0F;  // up to so many.
constexpr float kCustomerRaisedVoice = 1.0F;  // Without distress.
constexpr float kCustomerCutsIn = 0.25F;      // Each: who does so often feels unheard,
constexpr float kMostCutsIn = 1.0F;           // all together.
constexpr float kInterruption = 1.0F;         // Each,
constexpr float kMostInterruptions = 3.0F;    // all together.
constexpr float kAgentRaisedVoice = 1.0F;
constexpr float kLongSilence = 0.5F;       // Each,
constexpr float kMostLongSilences = 1.5F;  // all together.
constexpr float kMonologue = 0.5F;

constexpr float kMinuteMs = 60'000.0F;

bool is(const Cue& cue, Party party, CueKind kind) {
  return cue.party == party && cue.kind == kind;
}

bool is_hard(const Cue& cue) {
  return is(cue, Party::customer, CueKind::distress) ||
         is(cue, Party::customer, CueKind::raised_voice);
}

struct Heard {
  float strongest = 0.0F;  // Highest confidence.
  float sum = 0.0F;        // Of the confidences.
  float minutes = 0.0F;    // Each weighed by its confidence.
};

Heard heard(const CallReport& report, Party party, CueKind kind) {
  Heard all;
  for (const Cue& cue : report.cues) {
    if (!is(cue, party, kind)) continue;
    const float lasted_ms =
        static_cast<float>(std::max<std::int64_t>(0, cue.end_ms - cue.start_ms));
    all.strongest = std::max(all.strongest, cue.confidence);
    all.sum += cue.confidence;
    all.minutes += cue.confidence * lasted_ms / kMinuteMs;
  }
  return all;
}

float upset_need(const CallReport& report) {
  const Heard distress = heard(report, Party::customer, CueKind::distress);
  if (distress.strongest <= 0.0F) {
    return kCustomerRaisedVoice * heard(report, Party::customer, CueKind::raised_voice).strongest;
  }
  const float weight = recovered_in(report).value_or(false) ? kDistressCalmed : kDistressLeft;
  return weight * distress.strongest +
         kDistressMinute * std::min(distress.minutes, kMostDistressMinutes);
}

float customer_need(const CallReport& report) {
  const Heard cuts_in = heard(report, Party::customer, CueKind::interruption);
  return upset_need(report) + std::min(kCustomerCutsIn * cuts_in.sum, kMostCutsIn);
}

float agent_need(const CallReport& report) {
  const auto agent = [&report](CueKind kind) { return heard(report, Party::agent, kind); };
  return std::min(kInterruption * agent(CueKind::interruption).sum, kMostInterruptions) +
         kAgentRaisedVoice * agent(CueKind::raised_voice).strongest +
         std::min(kLongSilence * agent(CueKind::long_silence).sum, kMostLongSilences) +
         kMonologue * agent(CueKind::monologue).strongest;
}

int count(const CallEntry& entry, Party party, CueKind kind) {
  return entry.cues[party][static_cast<std::size_t>(kind)];
}

std::string times(int count) {
  if (count == 1) return "once";
  if (count == 2) return "twice";
  return fmt::format("{} times", count);
}

std::string_view distress_words(const CallEntry& entry) {
  if (entry.recovered.value_or(false)) return "distress that calmed";
  return entry.state == CallState::open ? "distress that has not calmed so far"
                                        : "distress that did not calm";
}

void add_customer_side(const CallEntry& entry, std::vector<std::string>& because) {
  if (count(entry, Party::customer, CueKind::distress) > 0) {
    because.emplace_back(distress_words(entry));
    const int minutes = static_cast<int>(std::lround(entry.distressed_s / 60.0F));
    if (minutes > 0) {
      because.push_back(
          fmt::format("about {} minute{} of distress", minutes, minutes == 1 ? "" : "s"));
    }
  } else if (const int raised = count(entry, Party::customer, CueKind::raised_voice); raised > 0) {
    because.push_back(fmt::format("the customer's voice rose {}", times(raised)));
  }
  if (const int cuts_in = count(entry, Party::customer, CueKind::interruption); cuts_in > 0) {
    because.push_back(fmt::format("the customer cut in {}", times(cuts_in)));
  }
}

void add_agent_side(const CallEntry& entry, std::vector<std::string>& because) {
  if (const int cut_off = count(entry, Party::agent, CueKind::interruption); cut_off > 0) {
    because.push_back(fmt::format("the customer was cut off {}", times(cut_off)));
  }
  if (const int raised = count(entry, Party::agent, CueKind::raised_voice); raised > 0) {
    because.push_back(fmt::format("the agent's voice rose {}", times(raised)));
  }
  if (const int silences = count(entry, Party::agent, CueKind::long_silence); silences > 0) {
    because.push_back(silences == 1 ? std::string("a long silence")
                                    : fmt::format("{} long silences", silences));
  }
  if (count(entry, Party::agent, CueKind::monologue) > 0) {
    because.emplace_back("a long turn without a break for the customer");
  }
}

}  // namespace

CallNeed need_of(const CallReport& report) {
  return {.customer = customer_need(report), .agent = agent_need(report)};
}

std::optional<bool> recovered_in(const CallReport& report) {
  std::optional<std::int64_t> last_hard_ms;
  for (const Cue& cue : report.cues) {
    if (is_hard(cue)) last_hard_ms = std::max(last_hard_ms.value_or(cue.start_ms), cue.start_ms);
  }
  if (!last_hard_ms) return std::nullopt;
  return std::ranges::any_of(report.cues, [&](const Cue& cue) {
    return is(cue, Party::customer, CueKind::recovered) && cue.start_ms >= *last_hard_ms;
  });
}

std::vector<std::string> need_because(const CallEntry& entry) {
  std::vector<std::string> because;
  add_customer_side(entry, because);
  add_agent_side(entry, because);
  return because;
}

}  // namespace tonecue

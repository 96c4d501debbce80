#include "tonecue/insight/change.h"

#include <string_view>

#include <fmt/format.h>

#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

struct Words {
  std::string_view noun;
  std::string_view more;
  std::string_view less;
};

constexpr std::array<Words, kMeasures> kWords = {{
    {"interruptions by agents", "more", "fewer"},
    {"interruptions by customers", "more", "fewer"},
    {"time with distressed callers", "more", "less"},
    {"calls with distress", "more", "fewer"},
    {"calls that calmed", "more", "fewer"},
    {"time until calm", "more", "less"},
    {"silence", "more", "less"},
    {"talking at the same time", "more", "less"},
    {"talk by agents", "more", "less"},
    {"alerts", "more", "fewer"},
    {"alerts called helpful", "more", "fewer"},
}};

constexpr double kPercent = 100.0;

const Words& words_of(Measure measure) { return kWords[static_cast<std::size_t>(measure)]; }

std::string_view unit_words(Measure measure, bool difference) {
  switch (unit_of(measure)) {
    case MeasureUnit::per_h:
      return " an hour";
    case MeasureUnit::min_per_h:
      return " min an hour";
    case MeasureUnit::share:
      return difference ? " points" : " %";
    case MeasureUnit::s:
      return " s";
  }
  return "";
}

// Without the unit. No "-0.0".
std::string number(Measure measure, double value) {
  const double told = unit_of(measure) == MeasureUnit::share ? kPercent * value : value;
  return fmt::format("{:.1f}", rounded(told, 1) + 0.0);
}

std::string bounds(Measure measure, const Estimate& estimate) {
  return fmt::format("{} and {}{} with 95 % confidence", number(measure, estimate.low),
                     number(measure, estimate.high), unit_words(measure, true));
}

std::string before_and_after(Measure measure, const MeasuredChange& change) {
  return fmt::format("{}{} before, {} after", number(measure, *change.before),
                     unit_words(measure, false), number(measure, *change.after));
}

}  // namespace

MeasuredChange change_of(Measure measure, std::span<const AgentSides> agents) {
  CallSums before;
  CallSums after;
  std::vector<const AgentSides*> counted;
  for (const AgentSides& agent : agents) {
    before += agent.before;
    after += agent.after;
    const bool counts = value_of(measure, agent.before) || value_of(measure, agent.after);
    if (counts) counted.push_back(&agent);
  }
  MeasuredChange change{.before = value_of(measure, before),
                        .after = value_of(measure, after),
                        .agents = static_cast<int>(counted.size())};
  if (!change.before || !change.after) return change;
  change.difference = *change.after - *change.before;
  const double events = events_of(measure, before) + events_of(measure, after);
  if (change.agents < kLeastAgents || events < kLeastEvents) return change;
  change.spread =
      leave_one_out(*change.difference, change.agents, [&](int left_out) -> std::optional<double> {
        const AgentSides& agent = *counted[static_cast<std::size_t>(left_out)];
        CallSums others_before = before;
        CallSums others_after = after;
        others_before -= agent.before;
        others_after -= agent.after;
        const auto was = value_of(measure, others_before);
        const auto is = value_of(measure, others_after);
        if (!was || !is) return std::nullopt;
        return *is - *was;
      });
  return change;
}

std::string change_sentence(Measure measure, const MeasuredChange& change) {
  const Words& words = words_of(measure);
  if (!change.difference) return fmt::format("{}: nothing to compare", words.noun);
  const std::string both = before_and_after(measure, change);
  if (!change.spread) {
    return fmt::format("{}: {}; too little to say how sure that is", words.noun, both);
  }
  const Estimate estimate = interval_of(*change.spread);
  if (!estimate.leaves_out(0.0)) {
    return fmt::format("{}: no difference that these calls could show ({}; between {})", words.noun,
                       both, bounds(measure, estimate));
  }
  return fmt::format("{} {}: {}; the true change lies between {}",
                     estimate.value < 0.0 ? words.less : words.more, words.noun, both,
                     bounds(measure, estimate));
}

std::string beyond_sentence(Measure measure, const Estimate& beyond) {
  const Words& words = words_of(measure);
  if (!beyond.leaves_out(0.0)) {
    return fmt::format("{}: no more of a change than elsewhere in the same time (between {})",
                       words.noun, bounds(measure, beyond));
  }
  return fmt::format("{} {} than the change elsewhere accounts for: between {}",
                     beyond.value < 0.0 ? words.less : words.more, words.noun,
                     bounds(measure, beyond));
}

}  // namespace tonecue

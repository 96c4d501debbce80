/// @file
/// How long figures take over a year of calls: `number_bench DIR`, a folder that `call_list_bench`
/// has filled. Told as a table: shortest and median of the rounds, in ms.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/call_archive.h"
#include "tonecue/insight/agreement.h"
#include "tonecue/insight/change.h"
#include "tonecue/insight/exposure.h"
#include "tonecue/insight/figures.h"
#include "tonecue/store/number_store.h"

namespace tonecue::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 9;
const Scope kAll{.reach = Scope::Reach::everything};

template <class T>
void expect(const Result<T>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread.
}

void measure(const char* what, const std::function<std::int64_t()>& ask) {
  std::vector<double> took_ms;
  std::int64_t found = 0;
  for (int i = 0; i < kRounds; ++i) {
    const auto begin = Clock::now();
    found = ask();
    took_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::ranges::sort(took_ms);
  fmt::print("| {} | {} | {:.0f} | {:.0f} |\n", what, found, took_ms.front(), took_ms[kRounds / 2]);
}

std::int64_t figures(const NumberStore& numbers, CalendarStep step, GroupBy by) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const LocalDay today = std::chrono::duration_cast<std::chrono::days>(now).count();
  GroupedFigures grouped(steps_between(today - 370, today + 1, step), by);
  expect(numbers.each_call(kAll, {}, [&](const CallNumbers& call) { grouped.add(call); }));
  return std::ssize(grouped.groups());
}

int run(const std::string& folder) {
  auto store = Store::open({.folder = folder, .must_exist = true});
  expect(store);
  const NumberStore numbers(*store);
  fmt::print("| question | answers | shortest | median |\n|---|---|---|---|\n");
  measure("every call, nothing done", [&] {
    std::int64_t calls = 0;
    expect(numbers.each_call(kAll, {}, [&](const CallNumbers& /*call*/) { ++calls; }));
    return calls;
  });
  measure("a year by week and team",
          [&] { return figures(numbers, CalendarStep::week, GroupBy::team); });
  measure("a year by day and queue",
          [&] { return figures(numbers, CalendarStep::day, GroupBy::queue); });
  measure("a year's exposure", [&] {
    Exposure exposure;
    expect(numbers.each_call(kAll, {}, [&](const CallNumbers& call) { exposure.add(call); }));
    return std::ssize(exposure.shifts());
  });
  measure("a year's agreement", [&] {
    const auto cues = numbers.judged_cues(kAll, {});
    expect(cues);
    return std::int64_t{agreement_of(*cues).cues};
  });
  measure("a year's confidences of distress", [&] {
    const auto found = numbers.confidences(kAll, {}, CueKind::distress);
    expect(found);
    return std::ssize(*found);
  });
  measure("a change, a year on each side of nothing, 400 agents", [&] {
    std::map<std::string, AgentSides, std::less<>> agents;
    std::int64_t calls = 0;
    expect(numbers.each_call(kAll, {}, [&](const CallNumbers& call) {
      AgentSides& sides = agents[std::string(call.agent)];
      (++calls % 2 == 0 ? sides.before : sides.after).add(call);
    }));
    std::vector<AgentSides> all;
    all.reserve(agents.size());
    for (const auto& [agent, sides] : agents) all.push_back(sides);
    std::int64_t shown = 0;
    for (int i = 0; i < kMeasures; ++i) {
      shown +=
          change_sentence(static_cast<Measure>(i), change_of(static_cast<Measure>(i), all)).empty()
              ? 0
              : 1;
    }
    return shown;
  });
  return 0;
}

}  // namespace
}  // namespace tonecue::bench

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: number_bench DIR\n");
    return 2;
  }
  return tonecue::bench::run(arguments[1]);
}

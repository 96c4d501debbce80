/// @file
/// How long the list of calls takes over a year of them: `call_list_bench DIR [CALLS]` fills the
/// folder (100,000 calls, unless it has calls) and asks each kind of question over and over. Told
/// as a table, in ms: processor time on average, and the median and 95th percentile of the time
/// that passed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/call_archive.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/review_store.h"

namespace tonecue::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 40;
constexpr int kPage = 50;

[[noreturn]] void fail(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread.
}

std::int64_t now_unix_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

class Measured {
 public:
  Measured(Store& store, std::int64_t newest_unix_ms)
      : calls_(store), reviews_(store), newest_unix_ms_(newest_unix_ms) {}

  void all();

 private:
  /// @param ask  One question; gives how many calls fit.
  void measure(const char* what, const std::function<std::int64_t()>& ask) {
    std::vector<double> took_ms;
    std::int64_t found = 0;
    const std::clock_t cpu_begin = std::clock();
    for (int i = 0; i < kRounds; ++i) {
      const auto begin = Clock::now();
      found = std::max(found, ask());
      took_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    const double cpu_ms = 1000.0 * static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    std::ranges::sort(took_ms);
    fmt::print("| {} | {} | {:.0f} | {:.0f} | {:.0f} |\n", what, found, cpu_ms / kRounds,
               took_ms[kRounds / 2], took_ms[kRounds * 95 / 100]);
    std::fflush(stdout);
  }

  void list(const char* what, const std::function<CallFilter()>& filter,
            const Scope& scope = {.reach = Scope::Reach::everything}) {
    measure(what, [&] { return ask(filter(), scope).total; });
  }

  CallPage ask(const CallFilter& filter, const Scope& scope, std::string_view after = {}) {
    auto page = calls_.list(scope, filter, kPage, after);
    if (!page) fail(page.error());
    return std::move(*page);
  }

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  std::string team() { return team_name(below(kTeams)); }
  std::int64_t today() const { return newest_unix_ms_ - kDayMs; }

  void filters();
  void combinations();
  void other_questions();
  void changes();

  CallStore calls_;
  ReviewStore reviews_;
  std::int64_t newest_unix_ms_;
  std::mt19937 random_{11};
};

void Measured::filters() {
  list("no filter, by need", [] { return CallFilter{}; });
  list("no filter, newest", [] { return CallFilter{.order = CallOrder::newest}; });
  list("no filter, oldest", [] { return CallFilter{.order = CallOrder::oldest}; });
  list("today", [&] { return CallFilter{.from_unix_ms = today()}; });
  list("one day of the year", [&] {
    const std::int64_t from = newest_unix_ms_ - kDayMs * (1 + below(360));
    return CallFilter{.from_unix_ms = from, .to_unix_ms = from + kDayMs};
  });
  list("team", [&] { return CallFilter{.teams = {team()}}; });
  list("two queues", [&] {
    return CallFilter{.queues = {queue_name(below(kQueues)), queue_name(below(kQueues))}};
  });
  list("agent", [&] { return CallFilter{.agents = {agent_name(below(kAgents))}}; });
  list("kind", [&] { return CallFilter{.kinds = {static_cast<CueKind>(below(kCueKinds))}}; });
  list("any cue of at least 90 %", [] { return CallFilter{.least_confidence = 0.9F}; });
  list("not reviewed", [] { return CallFilter{.reviewed = false}; });
  list("did not recover", [] { return CallFilter{.recovered = false}; });
  list("flagged, whole year by need", [] { return CallFilter{.flagged = true}; });
  list("text: a frequent word", [] { return CallFilter{.text = note_word(1)}; });
  list("text: two words", [&] {
    return CallFilter{.text = note_word(1 + below(20)) + ' ' + note_word(1 + below(200))};
  });
  list("text: a letter", [] { return CallFilter{.text = "b"}; });
}

void Measured::combinations() {
  list("today, flagged (the page's first)",
       [&] { return CallFilter{.from_unix_ms = today(), .flagged = true}; });
  list("team, kind, not reviewed", [&] {
    return CallFilter{.teams = {team()}, .kinds = {CueKind::interruption}, .reviewed = false};
  });
  list("kind of at least 80 %, did not recover", [] {
    return CallFilter{.kinds = {CueKind::distress}, .least_confidence = 0.8F, .recovered = false};
  });
  list("team, text",
       [&] { return CallFilter{.teams = {team()}, .text = note_word(1 + below(50))}; });
  list("a supervisor of two teams, flagged", [] { return CallFilter{.flagged = true}; },
       {.reach = Scope::Reach::teams, .teams = {team_name(1), team_name(5)}});
  list("an agent's own, newest", [] { return CallFilter{.order = CallOrder::newest}; },
       {.reach = Scope::Reach::own, .agent = agent_name(17)});
}

void Measured::other_questions() {
  const Scope all{.reach = Scope::Reach::everything};
  const CallFilter flagged{.flagged = true};
  std::string after;
  for (int page = 1; page < 50; ++page) after = ask(flagged, all, after).next;
  measure("flagged, whole year by need, page 50", [&] { return ask(flagged, all, after).total; });

  std::vector<std::int64_t> ids;
  for (const CallEntry& call : ask(flagged, all, after).calls) ids.push_back(call.id);
  measure("next, flagged, whole year by need", [&] {
    const auto next = calls_.next(all, flagged, ids[static_cast<std::size_t>(below(kPage))]);
    if (!next) fail(next.error());
    return std::int64_t{1};
  });
  measure("teams, queues and agents to choose among", [&] {
    const auto facets = calls_.facets(all);
    if (!facets) fail(facets.error());
    return std::ssize(facets->agents);
  });
  const std::int64_t total = ask({}, all).total;
  measure("opening a call (load)", [&] {
    const auto call = calls_.load(all, total - below(static_cast<int>(total) - 100));
    if (!call) fail(call.error());
    return std::int64_t{1};
  });
}

void Measured::changes() {
  constexpr std::int64_t kReviewer = kAgents + 1;
  const Scope all{.reach = Scope::Reach::everything};
  const std::int64_t call = ask({.flagged = true}, all).calls.front().id;
  const auto loaded = calls_.load(all, call);
  if (!loaded) fail(loaded.error());
  measure("giving a verdict", [&] {
    const auto given =
        reviews_.give_verdict(all, kReviewer, loaded->cue_ids.front(), CueVerdict::right);
    if (!given) fail(given.error());
    return std::int64_t{1};
  });
  std::int64_t note_id = 0;
  measure("writing a note", [&] {
    const auto note = reviews_.add_note(all, kReviewer, call, {}, note_word(1) + " measured");
    if (!note) fail(note.error());
    note_id = note->id;
    return std::int64_t{1};
  });
  measure("changing a note", [&] {
    const auto changed = reviews_.change_note(kReviewer, note_id, note_word(below(99)) + " again");
    if (!changed) fail(changed.error());
    return std::int64_t{1};
  });
}

void Measured::all() {
  fmt::print("| question | calls that fit | processor | median | p95 |\n|---|---|---|---|---|\n");
  filters();
  combinations();
  other_questions();
  changes();
}

int run(const std::string& folder, int calls) {
  auto store = Store::open({.folder = folder});
  if (!store) fail(store.error());
  const Scope all{.reach = Scope::Reach::everything};
  const CallFilter newest{.order = CallOrder::newest};
  auto page = CallStore(*store).list(all, newest, 1, {});
  if (!page) fail(page.error());
  if (page->total == 0) {
    fill(*store, calls, now_unix_ms());
    page = CallStore(*store).list(all, newest, 1, {});
    if (!page) fail(page.error());
  }
  Measured(*store, page->calls.front().details.started_unix_ms).all();
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(folder + "/tonecue.db", ignored);
  fmt::print("\n{} calls, {:.2f} GB\n", page->total, 1e-9 * static_cast<double>(bytes));
  return 0;
}

}  // namespace
}  // namespace tonecue::bench

int main(int count, char** arguments) {
  if (count < 2 || count > 3) {
    std::fprintf(stderr, "usage: call_list_bench DIR [CALLS]\n");
    return 2;
  }
  constexpr int kCalls = 100'000;
  return tonecue::bench::run(arguments[1], count == 3 ? std::atoi(arguments[2]) : kCalls);
}

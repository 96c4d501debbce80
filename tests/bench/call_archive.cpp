#include "bench/call_archive.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/sample_call.h"
#include "store/database/store_impl.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/need.h"

namespace tonecue::bench {
namespace {

constexpr int kModels = 64;
constexpr std::int64_t kCallMs = 300'000;
constexpr int kSupervisors = 20;
constexpr int kWords = 4000;
constexpr int kCallsAtOnce = 2000;  // In one transaction.

template <class T>
T expect(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread.
}

void expect(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread.
}

// --- Calls to copy from

// The bundled call over and over, until it lasts five minutes.
CallReport five_minutes() {
  const PerParty<std::vector<float>>& voices = sample_call();
  CallRecorder recorder({.path = "archive.flac", .sample_rate_hz = kSampleRateHz});
  CallSession session = expect(CallSession::create({}));
  constexpr std::int64_t kSamples = kCallMs * kSampleRateHz / 1000;
  std::int64_t heard = 0;
  while (heard < kSamples) {
    const auto left = static_cast<std::size_t>(kSamples - heard);
    const std::size_t now = std::min(left, voices.agent.size());
    session.push({.agent = std::span(voices.agent).first(now),
                  .customer = std::span(voices.customer).first(now)},
                 recorder);
    heard += static_cast<std::int64_t>(now);
  }
  session.finish(recorder);
  return recorder.report(session, heard);
}

// The same call, had it begun `by_ms` later and gone round.
CallReport begun_later(const CallReport& report, std::int64_t by_ms) {
  CallReport later = report;
  for (const Party party : kParties) {
    auto& track = later.track[party];
    std::rotate(track.begin(), track.begin() + by_ms / kTrackStepMs, track.end());
  }
  const auto shift = [by_ms](auto& stretches) {
    for (auto& one : stretches) {
      one.start_ms += kCallMs - by_ms;
      one.end_ms += kCallMs - by_ms;
      if (one.start_ms < kCallMs) continue;
      one.start_ms -= kCallMs;
      one.end_ms -= kCallMs;
    }
    std::ranges::sort(stretches, {}, [](const auto& one) { return one.start_ms; });
  };
  shift(later.segments);
  shift(later.overlaps);
  later.cues.clear();
  return later;
}

std::vector<std::int64_t> add_models(Store& store, const CallReport& whole) {
  CallStore calls(store);
  std::vector<std::int64_t> ids;
  for (int i = 0; i < kModels; ++i) {
    const std::int64_t by_ms = kCallMs * i / kModels / kTrackStepMs * kTrackStepMs;
    ids.push_back(expect(calls.add({.started_unix_ms = 1}, {.program_version = "bench"},
                                   begun_later(whole, by_ms))));
  }
  return ids;
}

// --- Copies

/// A table's columns, so that what the store adds to it is copied too.
std::string columns_of(Connection& connection, std::string_view table, std::string_view but) {
  Statement columns = connection.prepare(
      "SELECT group_concat(name) FROM pragma_table_info(?1) WHERE instr(?2, ' ' || name || ' ') = "
      "0");
  columns.bind_all(table, but);
  columns.step();
  std::string names(columns.text(0));
  expect(columns.result());
  return names;
}

class Copier {
 public:
  Copier(Connection& connection, std::vector<std::int64_t> models)
      : connection_(&connection), models_(std::move(models)) {
    constexpr std::string_view kOwn =
        " id started_ms agent team queue caller_ref origin source content_sha256 recovered"
        " need_customer need_agent agent_seen written_ms distressed_s agent_cues customer_cues ";
    const std::string same = columns_of(connection, "calls", kOwn);
    call_ = fmt::format(
        "INSERT INTO calls ({0}, id, started_ms, agent, team, queue, caller_ref, origin, source,"
        " content_sha256, recovered, need_customer, need_agent, agent_seen, written_ms,"
        " distressed_s) SELECT {0}, ?2, ?3, ?4, ?5, ?6, ?7, 'watched', ?8, ?9, ?10, ?11, ?12, ?13,"
        " ?14, ?15 FROM calls WHERE id = ?1",
        same);
    for (const std::string_view table : {"parties", "traces", "stretches", "alerts"}) {
      hanging_.push_back(
          fmt::format("INSERT INTO {0} (call_id, {1}) SELECT ?2, {1} FROM {0}"
                      " WHERE call_id = ?1",
                      table, columns_of(connection, table, " id call_id ")));
    }
  }

  void add(std::int64_t id, std::int64_t started_ms, std::int64_t now_ms, std::mt19937& random);

 private:
  CallReport cues_of(std::mt19937& random) const;
  template <class... Values>
  void run(const std::string& sql, const Values&... values) {
    Statement statement = connection_->prepare(sql);
    statement.bind_all(values...);
    expect(statement.run());
  }

  Connection* connection_;
  std::vector<std::int64_t> models_;
  std::string call_;
  std::vector<std::string> hanging_{};
};

int below(std::mt19937& random, int limit) {
  return std::uniform_int_distribution<int>(0, limit - 1)(random);
}
bool chance(std::mt19937& random, double share) {
  return std::bernoulli_distribution(share)(random);
}

// 15 cues on average. Most calls are quiet: no distress, nobody cut off.
CallReport Copier::cues_of(std::mt19937& random) const {
  CallReport report;
  const bool upset = chance(random, 0.12);
  const bool rough = chance(random, 0.3);
  const int cues = 5 + below(random, 21);
  for (int i = 0; i < cues; ++i) {
    Cue cue{.start_ms = kCallMs * i / cues,
            .confidence = 0.5F + 0.005F * static_cast<float>(below(random, 100))};
    cue.end_ms = cue.start_ms + 500 + below(random, 12'000);
    cue.raised_at_ms = cue.end_ms;
    const int draw = below(random, 10);
    cue.party = chance(random, 0.5) ? Party::agent : Party::customer;
    if (draw < 2 && upset) {
      cue.party = Party::customer;
      cue.kind = chance(random, 0.5) ? CueKind::distress : CueKind::recovered;
    } else if (draw < 5 && rough) {
      constexpr std::array kRough = {CueKind::interruption, CueKind::raised_voice,
                                     CueKind::long_silence, CueKind::monologue};
      cue.kind = kRough[static_cast<std::size_t>(below(random, kRough.size()))];
    } else {
      cue.kind = chance(random, 0.5) ? CueKind::fast_speech : CueKind::slow_speech;
    }
    report.cues.push_back(cue);
  }
  return report;
}

void Copier::add(std::int64_t id, std::int64_t started_ms, std::int64_t now_ms,
                 std::mt19937& random) {
  const std::int64_t model = models_[static_cast<std::size_t>(below(random, kModels))];
  const CallReport report = cues_of(random);
  const CallNeed need = need_of(report);
  const int agent = below(random, kAgents);
  float distressed_s = 0.0F;
  for (const Cue& cue : report.cues) {
    if (cue.kind == CueKind::distress) {
      distressed_s += 0.001F * static_cast<float>(cue.end_ms - cue.start_ms);
    }
  }
  const std::int64_t written_ms = started_ms + kCallMs + 60'000;
  const bool seen = written_ms < now_ms - kDayMs || chance(random, 0.3);
  std::string sha256;
  for (int i = 0; i < 8; ++i) sha256 += fmt::format("{:08x}", random());
  run(call_, model, id, started_ms, agent_name(agent), team_name(agent % kTeams),
      queue_name(below(random, kQueues)), fmt::format("caller-{:06}", below(random, 60'000)),
      fmt::format("line2-{}.wav", started_ms), sha256, recovered_in(report), need.customer,
      need.agent, seen, written_ms, distressed_s);
  for (const std::string& sql : hanging_) run(sql, model, id);
  for (const Cue& cue : report.cues) {
    run("INSERT INTO cues (call_id, kind, party, start_ms, end_ms, raised_ms, confidence, evidence)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id, static_cast<int>(cue.kind), static_cast<int>(cue.party), cue.start_ms, cue.end_ms,
        cue.raised_at_ms, cue.confidence,
        fmt::format(
            R"({{"holder_turn_s":{:.2f},"overlap_s":{:.2f},"level_db":{:.2f},"f0_st":{:.2f}}})",
            0.01 * below(random, 2000), 0.01 * below(random, 300), 0.01 * below(random, 1200),
            0.01 * below(random, 600)));
  }
}

// --- What people said

void add_people(Connection& connection) {
  for (int i = 0; i < kAgents + kSupervisors; ++i) {
    const bool is_agent = i < kAgents;
    Statement person = connection.prepare(
        "INSERT INTO people (id, login, name, role, agent, password_hash, active,"
        " must_change_password) VALUES (?1, ?2, ?2, ?3, ?4, '', 1, 0)");
    person.bind_all(i + 1, fmt::format("person{}", i), is_agent ? "agent" : "supervisor",
                    is_agent ? agent_name(i) : std::string());
    expect(person.run());
  }
}

void review(Connection& connection, std::int64_t call_id, std::int64_t at_ms,
            std::mt19937& random) {
  const int person = kAgents + 1 + below(random, kSupervisors);
  Statement reviewed =
      connection.prepare("INSERT INTO reviews (call_id, person_id, at_ms) VALUES (?1, ?2, ?3)");
  reviewed.bind_all(call_id, person, at_ms);
  expect(reviewed.run());
  Statement verdicts = connection.prepare(
      "INSERT INTO verdicts (cue_id, person_id, verdict, at_ms)"
      " SELECT id, ?2, id % 3, ?3 FROM cues WHERE call_id = ?1 LIMIT 5");
  verdicts.bind_all(call_id, person, at_ms);
  expect(verdicts.run());
}

void write_note(Connection& connection, std::int64_t call_id, std::int64_t at_ms,
                std::mt19937& random) {
  std::string text;
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  const int words = 5 + below(random, 25);
  for (int i = 0; i < words; ++i) {  // Few words make up most of a text, as Zipf found.
    text += note_word(static_cast<int>(std::pow(kWords, uniform(random)))) + ' ';
  }
  Statement note = connection.prepare(
      "INSERT INTO notes (call_id, person_id, written_ms, at_ms, text) VALUES (?1, ?2, ?3, ?4, "
      "?5)");
  note.bind_all(call_id, kAgents + 1 + below(random, kSupervisors), at_ms, below(random, kCallMs),
                text);
  expect(note.run());
}

// Meanwhile what cues say of their call is not brought up to date with each of them.
std::string take_trigger(Connection& connection) {
  std::string sql;
  {
    Statement trigger =
        connection.prepare("SELECT sql FROM sqlite_schema WHERE name = 'cues_added'");
    if (trigger.step()) sql = trigger.text(0);
    expect(trigger.result());
  }
  expect(connection.execute("DROP TRIGGER cues_added"));
  return sql;
}

void give_trigger_back(Connection& connection, const std::string& sql) {
  expect(connection.execute(sql));
  expect(connection.execute(
      "UPDATE calls SET"
      " agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues"
      " WHERE call_id = calls.id AND party = 0),"
      " customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues"
      " WHERE call_id = calls.id AND party = 1)"));
}

template <class Work>
void write(Store& store, const Work& work) {
  auto writing = expect(store.impl().write());
  work(writing.connection());
  expect(writing.commit());
}

}  // namespace

std::string team_name(int team) { return fmt::format("team {}", team); }
std::string queue_name(int queue) { return fmt::format("queue {:02}", queue); }
std::string agent_name(int agent) { return fmt::format("agent {:03}", agent); }

std::string note_word(int number) {
  static constexpr std::string_view kConsonants = "bdfgklmnprst";
  static constexpr std::string_view kVowels = "aeiou";
  std::string word;
  for (unsigned left = static_cast<unsigned>(number) + 60; left > 0; left /= 60) {
    word += kConsonants[left % kConsonants.size()];
    word += kVowels[left / kConsonants.size() % kVowels.size()];
  }
  return word;
}

void fill(Store& store, int calls, std::int64_t now_unix_ms) {
  constexpr int kSeed = 7;
  constexpr std::int64_t kYearMs = 365 * kDayMs;
  std::mt19937 random(kSeed);
  const std::vector<std::int64_t> models = add_models(store, five_minutes());
  std::string trigger;
  write(store, [&](Connection& connection) {
    add_people(connection);
    trigger = take_trigger(connection);
  });
  int made = 0;
  while (made < calls) {
    write(store, [&](Connection& connection) {
      Copier copier(connection, models);
      for (int i = 0; i < kCallsAtOnce && made < calls; ++i, ++made) {
        const std::int64_t id = models.back() + 1 + made;
        const std::int64_t started_ms =
            now_unix_ms - kYearMs + kYearMs * made / calls - below(random, 3'000'000);
        copier.add(id, started_ms, now_unix_ms, random);
        if (chance(random, 0.25)) review(connection, id, started_ms + kDayMs, random);
        if (chance(random, 0.2)) write_note(connection, id, started_ms + kDayMs, random);
      }
    });
    std::fprintf(stderr, "\r%d calls", made);
  }
  write(store, [&](Connection& connection) {
    give_trigger_back(connection, trigger);
    expect(
        connection.execute("INSERT OR REPLACE INTO call_numbers SELECT * FROM numbers_of_calls"));
  });
  std::fprintf(stderr, "\n");
}

}  // namespace tonecue::bench

#include "tonecue/store/review_store.h"

#include <type_traits>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/database/stored_values.h"
#include "store/list/call_filter_sql.h"
#include "store/list/call_list_entry.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestViewName = 80;
constexpr std::size_t kLongestViewQuery = 2000;
constexpr std::int64_t kMostViews = 100;  // Of one person: a list to choose from.

Error no_such(std::string_view thing, std::int64_t id) {
  return {ErrorCode::not_found, fmt::format("there is no {} {}", thing, id)};
}

// What `work` writes is kept when it succeeds, all of it or nothing.
template <class Work>
std::invoke_result_t<Work, Connection&> change(Store& store, const Work& work) {
  auto writing = store.impl().write();
  if (!writing) return tl::unexpected(writing.error());
  auto done = work(writing->connection());
  if (!done) return done;
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return done;
}

// Notes have lines and paragraphs; other control characters have no business in them.
Result<void> check_note(std::string_view text) {
  if (text.size() > kLongestNote) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("the note has {} bytes; at most {}", text.size(), kLongestNote));
  }
  if (text.find_first_not_of(" \t\n") == std::string_view::npos) {
    return failure(ErrorCode::invalid_argument, "the note is empty");
  }
  std::string line(text);
  for (char& letter : line) {
    if (letter == '\n' || letter == '\t') letter = ' ';
  }
  return expect_line("the note", line, kLongestNote);
}

struct CallHead {
  std::int64_t duration_ms = 0;
  bool open = false;
  bool withheld = false;  // The agent's side, from the asker.
};

Result<CallHead> head_of(Connection& connection, const Scope& scope, std::int64_t call_id,
                         const AgentFirst& first) {
  auto filter = CallFilterSql::of_scope(scope, first.cutoff_unix_ms());
  filter.require_id(call_id);
  const std::string withheld = filter.withheld();
  Statement call = connection.prepare(fmt::format(
      "SELECT duration_ms, state = 'open', {} FROM calls WHERE {}", withheld, filter.where()));
  filter.bind(call);
  if (call.step()) {
    return CallHead{.duration_ms = call.integer(0), .open = call.flag(1), .withheld = call.flag(2)};
  }
  if (auto ok = call.result(); !ok) return tl::unexpected(ok.error());
  return tl::unexpected(no_such("call", call_id));
}

// A cue that the asker may not see is not there either.
Result<std::int64_t> call_with_cue(Connection& connection, const Scope& scope, std::int64_t cue_id,
                                   const AgentFirst& first) {
  Statement cue = connection.prepare("SELECT call_id, party FROM cues WHERE id = ?1");
  cue.bind_all(cue_id);
  if (!cue.step()) {
    if (auto ok = cue.result(); !ok) return tl::unexpected(ok.error());
    return tl::unexpected(no_such("cue", cue_id));
  }
  const auto call = head_of(connection, scope, cue.integer(0), first);
  if (!call && call.error().code != ErrorCode::not_found) return tl::unexpected(call.error());
  const bool of_agent = from_stored<Party>(cue.integer(1)) != Party::customer;
  if (!call || (of_agent && call->withheld)) return tl::unexpected(no_such("cue", cue_id));
  return cue.integer(0);
}

Result<void> expect_changed(const Connection& connection, std::string_view thing, std::int64_t id) {
  if (connection.changes() == 0) return tl::unexpected(no_such(thing, id));
  return {};
}

constexpr std::string_view kNote =
    "SELECT notes.id, call_id, person_id, people.name, written_ms, at_ms, text"
    " FROM notes JOIN people ON people.id = person_id";

Note note_of(const Statement& row) {
  return {.id = row.integer(0),
          .call_id = row.integer(1),
          .person_id = row.integer(2),
          .person = std::string(row.text(3)),
          .written_unix_ms = row.integer(4),
          .at_ms = row.optional_integer(5),
          .text = std::string(row.text(6))};
}

Result<Note> find_note(Connection& connection, std::int64_t id) {
  Statement found = connection.prepare(fmt::format("{} WHERE notes.id = ?1", kNote));
  found.bind_all(id);
  if (found.step()) return note_of(found);
  if (auto ok = found.result(); !ok) return tl::unexpected(ok.error());
  return tl::unexpected(no_such("note", id));
}

// Another name than those that are there would be one too many.
Result<void> expect_room(Connection& connection, std::int64_t person_id, std::string_view name) {
  Statement others =
      connection.prepare("SELECT count(*) FROM views WHERE person_id = ?1 AND name <> ?2");
  others.bind_all(person_id, name);
  const bool full = others.step() && others.integer(0) >= kMostViews;
  if (auto ok = others.result(); !ok) return ok;
  if (!full) return {};
  return failure(ErrorCode::invalid_argument,
                 fmt::format("there are {} saved views; remove one first", kMostViews));
}

}  // namespace

std::string_view name(CueVerdict verdict) noexcept {
  switch (verdict) {
    case CueVerdict::right:
      return "right";
    case CueVerdict::wrong:
      return "wrong";
    case CueVerdict::unsure:
      return "unsure";
  }
  return "";
}

std::optional<CueVerdict> find_cue_verdict(std::string_view word) noexcept {
  for (const auto& [verdict, number] : kStoredValues<CueVerdict>) {
    if (name(verdict) == word) return verdict;
  }
  return std::nullopt;
}

// --- Verdicts

Result<void> ReviewStore::give_verdict(const Scope& scope, std::int64_t person_id,
                                       std::int64_t cue_id, std::optional<CueVerdict> verdict) {
  const AgentFirst first = agent_first(agent_first_h_);
  return change(*store_, [&](Connection& connection) -> Result<void> {
    if (auto call = call_with_cue(connection, scope, cue_id, first); !call) {
      return tl::unexpected(call.error());
    }
    if (!verdict) {
      Statement remove =
          connection.prepare("DELETE FROM verdicts WHERE cue_id = ?1 AND person_id = ?2");
      remove.bind_all(cue_id, person_id);
      return remove.run();
    }
    Statement give = connection.prepare(
        "INSERT INTO verdicts (cue_id, person_id, verdict, at_ms) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, at_ms = excluded.at_ms");
    give.bind_all(cue_id, person_id, stored(*verdict), first.now_unix_ms);
    return give.run();
  });
}

Result<std::vector<GivenVerdict>> ReviewStore::verdicts(std::int64_t call_id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement given = reading->prepare(
      "SELECT cue_id, person_id, people.name, verdict, at_ms"
      " FROM cues JOIN verdicts ON cue_id = cues.id JOIN people ON people.id = person_id"
      " WHERE call_id = ?1 ORDER BY cue_id, at_ms, person_id");
  given.bind_all(call_id);
  std::vector<GivenVerdict> all;
  while (given.step()) {
    const auto verdict = from_stored<CueVerdict>(given.integer(3));
    if (!verdict) continue;  // The table holds no others.
    all.push_back({.cue_id = given.integer(0),
                   .person_id = given.integer(1),
                   .person = std::string(given.text(2)),
                   .verdict = *verdict,
                   .at_unix_ms = given.integer(4)});
  }
  if (auto ok = given.result(); !ok) return tl::unexpected(ok.error());
  return all;
}

Result<std::int64_t> ReviewStore::call_of_cue(const Scope& scope, std::int64_t cue_id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return call_with_cue(reading->connection(), scope, cue_id, agent_first(agent_first_h_));
}

// --- Notes

Result<Note> ReviewStore::add_note(const Scope& scope, std::int64_t person_id, std::int64_t call_id,
                                   std::optional<std::int64_t> at_ms, std::string_view text) {
  if (auto ok = check_note(text); !ok) return tl::unexpected(ok.error());
  return change(*store_, [&](Connection& connection) -> Result<Note> {
    const auto call = head_of(connection, scope, call_id, {});
    if (!call) return tl::unexpected(call.error());
    if (at_ms && (*at_ms < 0 || (*at_ms > call->duration_ms && !call->open))) {
      return failure(ErrorCode::invalid_argument,
                     fmt::format("the note's time is not within call {}", call_id));
    }
    Statement add = connection.prepare(
        "INSERT INTO notes (call_id, person_id, written_ms, at_ms, text)"
        " VALUES (?1, ?2, ?3, ?4, ?5)");
    add.bind_all(call_id, person_id, unix_ms_now(), at_ms, text);
    if (auto ok = add.run(); !ok) return tl::unexpected(ok.error());
    return find_note(connection, connection.last_insert_id());
  });
}

Result<Note> ReviewStore::change_note(std::int64_t person_id, std::int64_t note_id,
                                      std::string_view text) {
  if (auto ok = check_note(text); !ok) return tl::unexpected(ok.error());
  return change(*store_, [&](Connection& connection) -> Result<Note> {
    Statement write = connection.prepare(
        "UPDATE notes SET text = ?3, written_ms = ?4 WHERE id = ?2 AND person_id = ?1");
    write.bind_all(person_id, note_id, text, unix_ms_now());
    if (auto ok = write.run(); !ok) return tl::unexpected(ok.error());
    if (auto ok = expect_changed(connection, "note", note_id); !ok) {
      return tl::unexpected(ok.error());
    }
    return find_note(connection, note_id);
  });
}

Result<void> ReviewStore::remove_note(std::int64_t person_id, std::int64_t note_id) {
  return change(*store_, [&](Connection& connection) -> Result<void> {
    Statement remove = connection.prepare("DELETE FROM notes WHERE id = ?2 AND person_id = ?1");
    remove.bind_all(person_id, note_id);
    if (auto ok = remove.run(); !ok) return ok;
    return expect_changed(connection, "note", note_id);
  });
}

Result<std::vector<Note>> ReviewStore::notes(std::int64_t call_id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement written = reading->prepare(
      fmt::format("{} WHERE call_id = ?1 ORDER BY at_ms NULLS FIRST, notes.id", kNote));
  written.bind_all(call_id);
  std::vector<Note> all;
  while (written.step()) all.push_back(note_of(written));
  if (auto ok = written.result(); !ok) return tl::unexpected(ok.error());
  return all;
}

// --- Reviewed

Result<void> ReviewStore::set_reviewed(const Scope& scope, std::int64_t person_id,
                                       std::int64_t call_id, bool reviewed) {
  return change(*store_, [&](Connection& connection) -> Result<void> {
    if (auto call = head_of(connection, scope, call_id, {}); !call) {
      return tl::unexpected(call.error());
    }
    if (!reviewed) {
      Statement remove =
          connection.prepare("DELETE FROM reviews WHERE call_id = ?1 AND person_id = ?2");
      remove.bind_all(call_id, person_id);
      return remove.run();
    }
    Statement add = connection.prepare(
        "INSERT INTO reviews (call_id, person_id, at_ms) VALUES (?1, ?2, ?3)"
        " ON CONFLICT DO NOTHING");
    add.bind_all(call_id, person_id, unix_ms_now());
    return add.run();
  });
}

// --- Views

Result<std::vector<SavedView>> ReviewStore::views(std::int64_t person_id) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement saved =
      reading->prepare("SELECT id, name, query FROM views WHERE person_id = ?1 ORDER BY name");
  saved.bind_all(person_id);
  std::vector<SavedView> all;
  while (saved.step()) {
    all.push_back({.id = saved.integer(0),
                   .name = std::string(saved.text(1)),
                   .query = std::string(saved.text(2))});
  }
  if (auto ok = saved.result(); !ok) return tl::unexpected(ok.error());
  return all;
}

Result<std::int64_t> ReviewStore::save_view(std::int64_t person_id, std::string_view name,
                                            std::string_view query) {
  if (name.find_first_not_of(' ') == std::string_view::npos) {
    return failure(ErrorCode::invalid_argument, "the view has no name");
  }
  if (auto ok = expect_line("the view's name", name, kLongestViewName); !ok) {
    return tl::unexpected(ok.error());
  }
  if (auto ok = expect_line("the view's query", query, kLongestViewQuery); !ok) {
    return tl::unexpected(ok.error());
  }
  return change(*store_, [&](Connection& connection) -> Result<std::int64_t> {
    if (auto ok = expect_room(connection, person_id, name); !ok) {
      return tl::unexpected(ok.error());
    }
    Statement save = connection.prepare(
        "INSERT INTO views (person_id, name, query) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (person_id, name) DO UPDATE SET query = excluded.query RETURNING id");
    save.bind_all(person_id, name, query);
    const std::int64_t id = save.step() ? save.integer(0) : 0;
    if (auto ok = save.run(); !ok) return tl::unexpected(ok.error());
    return id;
  });
}

Result<void> ReviewStore::remove_view(std::int64_t person_id, std::int64_t view_id) {
  return change(*store_, [&](Connection& connection) -> Result<void> {
    Statement remove = connection.prepare("DELETE FROM views WHERE id = ?2 AND person_id = ?1");
    remove.bind_all(person_id, view_id);
    if (auto ok = remove.run(); !ok) return ok;
    return expect_changed(connection, "view", view_id);
  });
}

}  // namespace tonecue

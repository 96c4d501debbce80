/// @file
/// Calls as the list sees them, written straight into the database: a test says of a call only what
/// it is about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/temp_store.h"
#include "tonecue/cues/cue.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/review_store.h"

namespace tonecue::test {

struct ListedCue {
  Party party = Party::agent;
  CueKind kind = CueKind::interruption;
  float confidence = 0.8F;
};

struct ListedCall {
  std::int64_t started_unix_ms = 1'000;
  std::string agent = "ann";
  std::string team = "billing";
  std::string queue = "first";
  float need_customer = 0.0F;
  float need_agent = 0.0F;
  std::optional<bool> recovered{};
  bool agent_seen = false;
  std::int64_t written_unix_ms = 2'000;  // Long ago: nothing of it is the agent's alone.
  std::vector<ListedCue> cues{};
};

using Cell = std::variant<std::int64_t, double, std::string>;

/// Fills what has no default and is not given with 0 or "".
inline std::int64_t insert_row(Connection& connection, const std::string& table,
                               std::map<std::string, Cell> cells) {
  Statement columns = connection.prepare(
      "SELECT name, type FROM pragma_table_info(?1)"
      " WHERE \"notnull\" AND dflt_value IS NULL AND name <> 'id'");
  columns.bind_all(table);
  while (columns.step()) {
    Cell empty = std::int64_t{0};
    if (columns.text(1) == "TEXT") empty = std::string();
    cells.try_emplace(std::string(columns.text(0)), empty);
  }
  std::string names;
  std::string places;
  for (const auto& [name, value] : cells) {
    names += (names.empty() ? "" : ", ") + name;
    places += places.empty() ? "?" : ", ?";
  }
  Statement insert =
      connection.prepare("INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")");
  int place = 0;
  for (const auto& [name, value] : cells) {
    std::visit([&, at = ++place](const auto& of_type) { insert.bind(at, of_type); }, value);
  }
  const auto done = insert.run();
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return connection.last_insert_id();
}

/// What `work` writes with a Connection, all of it or nothing.
template <class Work>
void write_rows(Store& store, const Work& work) {
  auto writing = store.impl().write();
  ASSERT_TRUE(writing) << writing.error().message;
  work(writing->connection());
  const auto done = writing->commit();
  ASSERT_TRUE(done) << done.error().message;
}

/// A store with the people that a test names, and a way to fill it.
class ListedStore {
 public:
  ListedStore() : store_(open_store(folder_.path())) {
    write([](Connection& connection) {
      insert_row(connection, "settings", {{"id", std::int64_t{1}}, {"sha256", std::string("0")}});
    });
  }

  Store& store() { return store_; }

  std::int64_t add(const ListedCall& call) {
    std::int64_t id = 0;
    write([&](Connection& connection) {
      std::map<std::string, Cell> cells = {
          {"started_ms", call.started_unix_ms},
          {"duration_ms", std::int64_t{300'000}},
          {"state", std::string("done")},
          {"origin", std::string("recording")},
          {"agent", call.agent},
          {"team", call.team},
          {"queue", call.queue},
          {"settings_id", std::int64_t{1}},
          {"need_customer", static_cast<double>(call.need_customer)},
          {"need_agent", static_cast<double>(call.need_agent)},
          {"agent_seen", std::int64_t{call.agent_seen ? 1 : 0}},
          {"written_ms", call.written_unix_ms}};
      if (call.recovered) cells["recovered"] = std::int64_t{*call.recovered ? 1 : 0};
      id = insert_row(connection, "calls", cells);
      for (const ListedCue& cue : call.cues) add_cue(connection, id, cue);
    });
    return id;
  }

  /// @return Its id.
  std::int64_t add_person(const std::string& login, const std::string& agent = {},
                          bool active = true) {
    std::int64_t id = 0;
    write([&](Connection& connection) {
      id = insert_row(connection, "people",
                      {{"login", login},
                       {"name", login},
                       {"role", std::string("agent")},
                       {"agent", agent},
                       {"active", std::int64_t{active ? 1 : 0}}});
    });
    return id;
  }

  void execute(const std::string& sql) {
    write([&](Connection& connection) {
      const auto done = connection.execute(sql);
      EXPECT_TRUE(done) << sql << ": " << (done ? "" : done.error().message);
    });
  }

  std::int64_t integer_of(const std::string& sql) {
    auto reading = store_.impl().read();
    return reading ? reading->connection().integer_of(sql).value_or(-1) : -1;
  }

  /// Of the cues of a call, in the order in which they were added.
  std::vector<std::int64_t> cue_ids(std::int64_t call_id) {
    std::vector<std::int64_t> ids;
    auto reading = store_.impl().read();
    if (!reading) return ids;
    Statement cues = reading->prepare("SELECT id FROM cues WHERE call_id = ?1 ORDER BY id");
    cues.bind_all(call_id);
    while (cues.step()) ids.push_back(cues.integer(0));
    return ids;
  }

 private:
  static void add_cue(Connection& connection, std::int64_t call_id, const ListedCue& cue) {
    insert_row(connection, "cues",
               {{"call_id", call_id},
                {"kind", static_cast<std::int64_t>(cue.kind)},
                {"party", static_cast<std::int64_t>(cue.party)},
                {"confidence", static_cast<double>(cue.confidence)},
                {"evidence", std::string("{}")}});
  }

  template <class Work>
  void write(const Work& work) {
    write_rows(store_, work);
  }

  TempFolder folder_{};
  Store store_;
};

inline const Scope kEverything{.reach = Scope::Reach::everything};

/// The ids of the first page; a failure is told and gives none.
inline std::vector<std::int64_t> ids_of(const Result<CallPage>& page) {
  EXPECT_TRUE(page) << (page ? "" : page.error().message);
  std::vector<std::int64_t> ids;
  if (!page) return ids;
  for (const CallEntry& entry : page->calls) ids.push_back(entry.id);
  return ids;
}

}  // namespace tonecue::test

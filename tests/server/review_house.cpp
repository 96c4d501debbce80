#include "server/review_house.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "server/http/http_text.h"
#include "server/review/session_cookie.h"

namespace tonecue::test {
namespace {

constexpr std::array<std::string_view, kAskers> kNames = {"nobody",
                                                          "agent",
                                                          "agent of another team",
                                                          "supervisor",
                                                          "supervisor of another team",
                                                          "admin",
                                                          "newcomer",
                                                          "inactive admin",
                                                          "expired session",
                                                          "forged session",
                                                          "upload token",
                                                          "read token",
                                                          "expired token",
                                                          "forged token",
                                                          "admin without CSRF token",
                                                          "admin with a wrong CSRF token"};

constexpr std::int64_t kDayMs = 86'400'000;

// Asks the database itself. @return The first column of each row.
std::vector<std::string> rows_of(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  std::vector<std::string> rows;
  const auto take = [](void* to, int, char** values, char**) {
    static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] == nullptr ? "" : values[0]);
    return 0;
  };
  int code = sqlite3_open(path.c_str(), &database);
  if (code == SQLITE_OK) code = sqlite3_busy_timeout(database, 5000);
  if (code == SQLITE_OK) code = sqlite3_exec(database, sql.c_str(), take, &rows, nullptr);
  EXPECT_EQ(code, SQLITE_OK) << sqlite3_errmsg(database) << ": " << sql;
  sqlite3_close(database);
  return rows;
}

}  // namespace

std::string_view name(Asker asker) { return kNames.at(static_cast<std::size_t>(asker)); }

ReviewHouse::ReviewHouse()
    : store_(open_store(folder_.path())),
      config_{.version = "0.1.0"},
      actions_{.submit = [](const IntakeFile&) -> Result<std::int64_t> { return 1; },
               .jobs = [] { return std::vector<IntakeJob>(); },
               .log = [this](const std::string& line) { log_.push_back(line); }},
      desk_(store_, config_, actions_),
      router_(desk_) {
  add_people();
  add_tokens();
}

// All have one password, and one hash of it: making each its own would take most of the time.
void ReviewHouse::add_people() {
  const std::string path = folder_.path("tonecue.db");
  const auto root =
      desk_.people.add({.login = "root", .name = "Root", .role = Role::admin}, kPassword);
  ASSERT_TRUE(root) << root.error().message;
  ids_[Asker::admin] = *root;
  const auto add = [&](Asker asker, const Person& person) {
    const auto ids = rows_of(
        path, fmt::format("INSERT INTO people (login, name, role, agent, password_hash, active, "
                          "must_change_password) SELECT '{}', '{}', '{}', '{}', password_hash, {}, "
                          "{} FROM people WHERE login = 'root' RETURNING id",
                          person.login, person.name, name(person.role), person.agent,
                          person.active ? 1 : 0, person.must_change_password ? 1 : 0));
    ASSERT_EQ(ids.size(), 1U);
    ids_[asker] = std::stoll(ids[0]);
    for (const std::string& team : person.teams) {
      rows_of(path, fmt::format("INSERT INTO person_teams VALUES ({}, '{}')", ids[0], team));
    }
  };
  add(Asker::agent, {.login = "ann", .name = "Ann", .agent = "a1", .teams = {"north"}});
  add(Asker::other_agent, {.login = "bob", .name = "Bob", .agent = "b1", .teams = {"south"}});
  add(Asker::supervisor,
      {.login = "sue", .name = "Sue", .role = Role::supervisor, .teams = {"north"}});
  add(Asker::other_supervisor,
      {.login = "sam", .name = "Sam", .role = Role::supervisor, .teams = {"south"}});
  add(Asker::newcomer, {.login = "new",
                        .name = "New",
                        .role = Role::supervisor,
                        .teams = {"north"},
                        .must_change_password = true});
  add(Asker::inactive, {.login = "gone", .name = "Gone", .role = Role::admin, .active = false});
}

void ReviewHouse::add_tokens() {
  const auto add = [&](Asker asker, TokenRight right, std::int64_t created) {
    const auto made = desk_.tokens.create({.name = std::string(name(asker)),
                                           .right = right,
                                           .created_unix_ms = created,
                                           .expires_unix_ms = created + kDayMs});
    ASSERT_TRUE(made) << made.error().message;
    tokens_[asker] = made->key;
  };
  add(Asker::upload_token, TokenRight::upload, kNow);
  add(Asker::read_token, TokenRight::read, kNow);
  add(Asker::expired_token, TokenRight::read, kNow - kDayMs);
  tokens_[Asker::forged_token] = "tonecue_" + std::string(64, 'a');
}

std::vector<NameValue> ReviewHouse::session_headers(std::int64_t person, std::int64_t began) {
  const std::string key = desk_.sessions.begin(person, began).value();
  const auto signed_in = desk_.sessions.find(key, now).value();
  return {{"Cookie", "other=1; " + std::string(session_cookie_name(false)) + "=" + key},
          {"X-Tonecue-Csrf", signed_in ? signed_in->csrf : std::string(64, '0')}};
}

std::vector<NameValue> ReviewHouse::headers_of(Asker asker) {
  const std::string cookie = std::string(session_cookie_name(false)) + "=";
  switch (asker) {
    case Asker::nobody:
      return {};
    case Asker::expired_session:
      return session_headers(ids_.at(Asker::admin), now - Sessions::kLongestPauseMs);
    case Asker::forged_session:
      return {{"Cookie", cookie + std::string(64, 'a')}, {"X-Tonecue-Csrf", std::string(64, 'a')}};
    case Asker::upload_token:
    case Asker::read_token:
    case Asker::expired_token:
    case Asker::forged_token:
      return {{"Authorization", "Bearer " + tokens_.at(asker)}};
    case Asker::without_csrf: {
      auto headers = session_headers(ids_.at(Asker::admin), now);
      headers.pop_back();
      return headers;
    }
    case Asker::wrong_csrf: {
      auto headers = session_headers(ids_.at(Asker::admin), now);
      headers.back() = session_headers(ids_.at(Asker::admin), now).back();
      return headers;
    }
    default:
      return session_headers(ids_.at(asker), now);
  }
}

HttpResponse ReviewHouse::ask(Asker asker, std::string_view method, std::string_view target,
                              const std::string& body, std::vector<NameValue> headers) {
  for (NameValue& header : headers_of(asker)) headers.push_back(std::move(header));
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  return ask({.method = std::string(method), .headers = std::move(headers), .body = body}, target);
}

HttpResponse ReviewHouse::ask(HttpRequest request, std::string_view target) {
  auto parsed = parse_target(target);
  if (!parsed) return {400, "text/plain", "This is no HTTP request."};
  request.path = std::move(parsed->path);
  request.query = std::move(parsed->query);
  request.remote = remote;
  const HttpReply reply = router_.answer(request, now);
  if (const auto* response = std::get_if<HttpResponse>(&reply)) return *response;
  return {200, "", ""};  // A file or a stream.
}

std::string ReviewHouse::contents() {
  const std::string path = folder_.path("tonecue.db");
  // Words of notes lie in tables of SQLite's own; times of use change with each look.
  const auto questions =
      rows_of(path,
              "SELECT printf('SELECT ''%s '' || %s FROM %s', t.name, "
              "group_concat('quote(\"' || c.name || '\")', ' || '), t.name) "
              "FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND "
              "t.sql LIKE '%STRICT%' AND t.name NOT IN ('sessions', 'audit', 'audit_start') AND "
              "c.name <> 'used_ms' GROUP BY t.name ORDER BY t.name");
  EXPECT_GT(questions.size(), 8U);
  std::string all;
  for (const std::string& question : questions) {
    for (const std::string& row : rows_of(path, question)) all += row + "\n";
  }
  return all;
}

std::int64_t ReviewHouse::audit_entries() { return desk_.audit.verify()->entries; }

}  // namespace tonecue::test

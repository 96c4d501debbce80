#include <string>
#include <utility>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/list/call_filter_sql.h"
#include "tonecue/store/number_store.h"

namespace tonecue {
namespace {

// Finds the calls of scores, and writes them.
class ScoreWriter {
 public:
  ScoreWriter(Connection& connection, const Scope& scope)
      : connection_(&connection), in_scope_(CallFilterSql::of_scope(scope, 0)) {}

  Result<void> write(const ScoreEntry& score) {
    auto calls = calls_of(score.call);
    if (!calls) return tl::unexpected(calls.error());
    if (calls->size() != 1) {
      done_.problems.push_back(fmt::format("line {}: {}", score.line,
                                           calls->empty() ? "there is no such call"
                                                          : "several calls have this source; "
                                                            "give call_id"));
      return {};
    }
    Statement before =
        connection_->prepare("SELECT count(*) FROM scores WHERE call_id = ?1 AND kind = ?2");
    before.bind_all(calls->front(), score.kind);
    const bool replaces = before.step() && before.integer(0) != 0;
    if (auto ok = before.result(); !ok) return ok;
    ++(replaces ? done_.replaced : done_.added);
    Statement add = connection_->prepare(
        "INSERT OR REPLACE INTO scores (call_id, kind, value, at_ms) VALUES (?1, ?2, ?3, ?4)");
    add.bind_all(calls->front(), score.kind, score.value, score.at_unix_ms);
    return add.run();
  }

  ScoreImport done() && { return std::move(done_); }

 private:
  // Two are as many as are asked about.
  Result<std::vector<std::int64_t>> calls_of(const std::variant<std::int64_t, std::string>& call) {
    CallFilterSql filter = in_scope_;
    const auto* source = std::get_if<std::string>(&call);
    if (source != nullptr) {
      filter.require_source(*source);
    } else {
      filter.require_id(std::get<std::int64_t>(call));
    }
    Statement found =
        connection_->prepare("SELECT id FROM calls WHERE " + filter.where() + " LIMIT 2");
    filter.bind(found);
    std::vector<std::int64_t> ids;
    while (found.step()) ids.push_back(found.integer(0));
    if (auto ok = found.result(); !ok) return tl::unexpected(ok.error());
    return ids;
  }

  Connection* connection_;
  CallFilterSql in_scope_;
  ScoreImport done_{};
};

}  // namespace

Result<ScoreImport> NumberStore::import_scores(const Scope& scope,
                                               std::span<const ScoreEntry> scores) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  ScoreWriter writer(writing->connection(), scope);
  for (const ScoreEntry& score : scores) {
    if (auto ok = writer.write(score); !ok) return tl::unexpected(ok.error());
  }
  ScoreImport done = std::move(writer).done();
  if (!done.problems.empty()) return ScoreImport{.problems = std::move(done.problems)};
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return done;
}

Result<std::map<std::string, std::int64_t>> NumberStore::score_kinds(
    const Scope& scope, const CallFilter& filter) const {
  auto sql = CallFilterSql::create(scope, filter, 0);
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement kinds = reading->prepare(
      fmt::format("SELECT kind, count(*) FROM scores JOIN calls ON calls.id = call_id"
                  " WHERE state <> 'open' AND {} GROUP BY kind",
                  sql->where()));
  sql->bind(kinds);
  std::map<std::string, std::int64_t> found;
  while (kinds.step()) found.emplace(kinds.text(0), kinds.integer(1));
  if (auto ok = kinds.result(); !ok) return tl::unexpected(ok.error());
  return found;
}

Result<std::map<std::int64_t, double>> NumberStore::scores(const Scope& scope,
                                                           const CallFilter& filter,
                                                           std::string_view kind) const {
  auto sql = CallFilterSql::create(scope, filter, 0);
  if (!sql) return tl::unexpected(sql.error());
  const std::string wanted = sql->bound(std::string(kind));
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement values = reading->prepare(
      fmt::format("SELECT call_id, value FROM scores JOIN calls ON calls.id = call_id"
                  " WHERE kind = {} AND {}",
                  wanted, sql->where()));
  sql->bind(values);
  std::map<std::int64_t, double> found;
  while (values.step()) found.emplace(values.integer(0), values.real(1));
  if (auto ok = values.result(); !ok) return tl::unexpected(ok.error());
  return found;
}

}  // namespace tonecue

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/list/call_filter_sql.h"
#include "tonecue/store/number_store.h"

namespace tonecue {
namespace {

constexpr std::size_t kMostKinds = 100;  // More are no kinds: another column stands in their place.

// A score that is to be written.
struct FoundScore {
  std::int64_t call_id = 0;
  std::size_t kind = 0;  // In ScoreFinder::kinds().
  double value = 0.0;
  std::optional<std::int64_t> at_unix_ms{};
};

// Finds the call of each score.
class ScoreFinder {
 public:
  ScoreFinder(Connection& connection, const Scope& scope)
      : connection_(&connection), in_scope_(CallFilterSql::of_scope(scope, 0)) {}

  // @return Why it cannot be used, if it cannot; of what has no call nothing is said.
  Result<std::string_view> take(const ScoreEntry& score) {
    const auto calls = calls_of(score.call);
    if (!calls) return tl::unexpected(calls.error());
    if (calls->empty()) {
      note_without_call(score.line);
      return std::string_view{};
    }
    if (calls->size() > 1) return "several calls have this source; give call_id";
    const auto kind = kind_of(score.kind);
    if (!kind) return "there are over 100 kinds: is this the column of the kind?";
    if (!seen_
             .insert(calls->front() * static_cast<std::int64_t>(kMostKinds) +
                     static_cast<std::int64_t>(*kind))
             .second) {
      return "this call has a score of this kind further up";
    }
    found_.push_back({calls->front(), *kind, score.value, score.at_unix_ms});
    return std::string_view{};
  }

  // As they lie in the table that they go to.
  std::vector<FoundScore>& sorted() {
    std::ranges::sort(found_, {}, [&](const FoundScore& one) {
      return std::pair(one.call_id, std::string_view(kinds_[one.kind]));
    });
    return found_;
  }
  const std::vector<std::string>& kinds() const noexcept { return kinds_; }
  ScoreImport& done() noexcept { return done_; }

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

  std::optional<std::size_t> kind_of(const std::string& kind) {
    const auto known = std::ranges::find(kinds_, kind);
    if (known != kinds_.end()) return static_cast<std::size_t>(known - kinds_.begin());
    if (kinds_.size() == kMostKinds) return std::nullopt;
    kinds_.push_back(kind);
    return kinds_.size() - 1;
  }

  void note_without_call(int line) {
    ++done_.without_call;
    std::vector<int>& lines = done_.lines_without_call;
    if (lines.size() < kMostLinesTold) lines.push_back(line);
  }

  Connection* connection_;
  CallFilterSql in_scope_;
  std::vector<std::string> kinds_{};
  std::unordered_set<std::int64_t> seen_{};  // Call and kind in one number.
  std::vector<FoundScore> found_{};
  ScoreImport done_{};
};

Result<void> write_scores(const WriteTransaction& writing, ScoreFinder& finder) {
  Connection& connection = writing.connection();
  Statement change =
      writing.prepare("UPDATE scores SET value = ?3, at_ms = ?4 WHERE call_id = ?1 AND kind = ?2");
  Statement add = writing.prepare(
      "INSERT INTO scores (call_id, kind, value, at_ms) SELECT id, ?2, ?3, ?4 FROM calls"
      " WHERE id = ?1");
  ScoreImport& done = finder.done();
  for (const FoundScore& score : finder.sorted()) {
    const std::string& kind = finder.kinds()[score.kind];
    change.bind_all(score.call_id, kind, score.value, score.at_unix_ms);
    if (auto ok = change.run(); !ok) return ok;
    if (connection.changes() > 0) {
      ++done.replaced;
      continue;
    }
    add.bind_all(score.call_id, kind, score.value, score.at_unix_ms);
    if (auto ok = add.run(); !ok) return ok;
    ++(connection.changes() > 0 ? done.added : done.without_call);  // Deleted meanwhile.
  }
  return {};
}

}  // namespace

Result<ScoreImport> NumberStore::import_scores(
    const Scope& scope, const NextScore& next,
    const std::function<void(int, std::string_view)>& refuse) {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  ScoreFinder finder(reading->connection(), scope);
  while (const auto score = next()) {
    const auto wrong = finder.take(*score);
    if (!wrong) return tl::unexpected(wrong.error());
    if (!wrong->empty()) refuse(score->line, *wrong);
  }
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  if (auto ok = write_scores(*writing, finder); !ok) return tl::unexpected(ok.error());
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return std::move(finder.done());
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

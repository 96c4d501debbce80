#include "tonecue/store/audit_log.h"

#include <fmt/format.h>

#include "store/audit/audit_append.h"
#include "store/audit/audit_log_hash.h"
#include "store/database/store_impl.h"

namespace tonecue {
namespace {

constexpr std::string_view kColumns = "number, at_ms, who, address, action, target, detail, sha256";
constexpr std::string_view kForget = "audit.forget";

struct Link {  // Where the chain stands.
  std::int64_t number = 0;
  std::string sha256{kAuditStart};
};

AuditEntry entry_of(const Statement& row) {
  return {.number = row.integer(0),
          .event = {.at_unix_ms = row.integer(1),
                    .who = std::string(row.text(2)),
                    .address = std::string(row.text(3)),
                    .action = std::string(row.text(4)),
                    .target = std::string(row.text(5)),
                    .detail = std::string(row.text(6))},
          .sha256 = std::string(row.text(7))};
}

// The link that a statement gives, or the one before.
Result<Link> link_of(Connection& connection, std::string_view sql, Link otherwise) {
  Statement row = connection.prepare(sql);
  if (row.step()) otherwise = {row.integer(0), std::string(row.text(1))};
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return otherwise;
}

Result<Link> first_link(Connection& connection) {
  return link_of(connection, "SELECT number, sha256 FROM audit_start", {});
}

Result<Link> last_link(Connection& connection) {
  auto first = first_link(connection);
  if (!first) return first;
  return link_of(connection, "SELECT number, sha256 FROM audit ORDER BY number DESC LIMIT 1",
                 std::move(*first));
}

std::string forgotten_up_to(const Link& link) {
  return fmt::format("up to {}, sha256 {}", link.number, link.sha256);
}

// The last entry of those that go.
Result<Link> last_before(const WriteTransaction& writing, std::int64_t unix_ms) {
  Statement row = writing.prepare(
      "SELECT number, sha256 FROM audit WHERE number < (SELECT min(number) FROM audit WHERE "
      "at_ms >= ?1 OR number = (SELECT max(number) FROM audit)) ORDER BY number DESC LIMIT 1");
  row.bind_all(unix_ms);
  Link link;
  if (row.step()) link = {row.integer(0), std::string(row.text(1))};
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return link;
}

Result<std::int64_t> take_out(const WriteTransaction& writing, const Link& last) {
  {
    Statement remove = writing.prepare("DELETE FROM audit WHERE number <= ?1");
    remove.bind_all(last.number);
    if (auto ok = remove.run(); !ok) return tl::unexpected(ok.error());
  }
  const std::int64_t gone = writing.connection().changes();
  Statement start = writing.prepare("INSERT OR REPLACE INTO audit_start VALUES (1, ?1, ?2)");
  start.bind_all(last.number, last.sha256);
  if (auto ok = start.run(); !ok) return tl::unexpected(ok.error());
  return gone;
}

}  // namespace

Result<void> append_audit(Connection& connection, const AuditEvent& given) {
  const auto last = last_link(connection);
  if (!last) return tl::unexpected(last.error());
  const AuditEvent event = fit_for_audit(given);
  const std::int64_t number = last->number + 1;
  Statement add = connection.prepare("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  add.bind_all(number, event.at_unix_ms, event.who, event.address, event.action, event.target,
               event.detail, audit_sha256(last->sha256, number, event));
  return add.run();
}

Result<void> AuditLog::add(const AuditEvent& event) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  if (auto ok = append_audit(writing->connection(), event); !ok) return ok;
  return writing->commit();
}

Result<std::vector<AuditEntry>> AuditLog::list(std::int64_t before, int limit,
                                               const AuditFilter& filter) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  Statement rows = reading->prepare(
      fmt::format("SELECT {} FROM audit WHERE (?1 = 0 OR number < ?1) AND (?3 = '' OR who = ?3)"
                  " AND (?4 = '' OR target = ?4) ORDER BY number DESC LIMIT ?2",
                  kColumns));
  rows.bind_all(before, limit, filter.who, filter.target);
  std::vector<AuditEntry> entries;
  while (rows.step()) entries.push_back(entry_of(rows));
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return entries;
}

// A chain that begins later must say so itself: the entry that tells what was forgotten is in it.
Result<AuditCheck> AuditLog::verify(std::string_view head_sha256) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  const auto first = first_link(reading->connection());
  if (!first) return tl::unexpected(first.error());

  AuditCheck check;
  Link link = *first;
  bool head_seen = head_sha256.empty() || head_sha256 == link.sha256;
  bool start_told = first->number == 0;
  Statement rows = reading->prepare(fmt::format("SELECT {} FROM audit ORDER BY number", kColumns));
  while (rows.step()) {
    const AuditEntry entry = entry_of(rows);
    ++check.entries;
    const bool fits = entry.number == link.number + 1 &&
                      entry.sha256 == audit_sha256(link.sha256, entry.number, entry.event);
    if (!fits && !check.first_broken) check.first_broken = link.number + 1;
    start_told = start_told ||
                 (entry.event.action == kForget && entry.event.detail == forgotten_up_to(*first));
    link = {entry.number, entry.sha256};
    head_seen = head_seen || head_sha256 == link.sha256;
  }
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  check.head_sha256 = link.sha256;
  if (!start_told) check.first_broken = first->number + 1;
  if (!head_seen && !check.first_broken) check.first_broken = link.number + 1;
  return check;
}

Result<std::int64_t> AuditLog::forget_before(std::int64_t unix_ms, std::int64_t now_unix_ms) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  const auto last = last_before(*writing, unix_ms);
  if (!last) return tl::unexpected(last.error());
  if (last->number == 0) return 0;
  auto gone = take_out(*writing, *last);
  if (!gone) return gone;
  const AuditEvent event{.at_unix_ms = now_unix_ms,
                         .who = "tonecue",
                         .action = std::string(kForget),
                         .detail = forgotten_up_to(*last)};
  if (auto ok = append_audit(writing->connection(), event); !ok) return tl::unexpected(ok.error());
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return gone;
}

}  // namespace tonecue

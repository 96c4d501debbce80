#include "tonecue/store/sessions.h"

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/people/person_row.h"
#include "store/people/secret_key.h"
#include "tonecue/model/sha256.h"

namespace tonecue {
namespace {

// Each write waits for the disk, so a session that is in use is not written down with each request.
constexpr std::int64_t kWrittenEveryMs = 60'000;

// Of the key, so that it need not be kept; one way, so that it does not give the key away.
std::string csrf_of(std::string_view key) { return sha256_hex(fmt::format("csrf\n{}", key)); }

struct KnownSession {
  std::int64_t person_id = 0;
  std::int64_t used_ms = 0;
};

// A clock that was set back does not make a session longer: it must have begun in the past.
Result<std::optional<KnownSession>> find_session(Connection& connection, std::string_view sha256,
                                                 std::int64_t now_unix_ms) {
  Statement row = connection.prepare(
      "SELECT person_id, used_ms FROM sessions WHERE key_sha256 = ?1 AND began_ms <= ?2 AND "
      "began_ms > ?3 AND used_ms > ?4");
  row.bind_all(sha256, now_unix_ms, now_unix_ms - Sessions::kLongestMs,
               now_unix_ms - Sessions::kLongestPauseMs);
  std::optional<KnownSession> session;
  if (row.step()) session = KnownSession{row.integer(0), row.integer(1)};
  if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  return session;
}

Result<void> write_use(Store& store, std::string_view sha256, std::int64_t now_unix_ms) {
  auto writing = store.impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement use =
        writing->prepare("UPDATE sessions SET used_ms = max(used_ms, ?2) WHERE key_sha256 = ?1");
    use.bind_all(sha256, now_unix_ms);
    if (auto ok = use.run(); !ok) return ok;
  }
  return writing->commit();
}

Result<void> forget_ended(const WriteTransaction& writing, std::int64_t now_unix_ms) {
  Statement forget = writing.prepare("DELETE FROM sessions WHERE began_ms <= ?1 OR used_ms <= ?2");
  forget.bind_all(now_unix_ms - Sessions::kLongestMs, now_unix_ms - Sessions::kLongestPauseMs);
  return forget.run();
}

}  // namespace

Result<std::string> Sessions::begin(std::int64_t person_id, std::int64_t now_unix_ms) {
  auto key = make_key();
  if (!key) return key;
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  if (auto ok = forget_ended(*writing, now_unix_ms); !ok) return tl::unexpected(ok.error());
  {
    Statement add = writing->prepare("INSERT INTO sessions VALUES (?1, ?2, ?3, ?3)");
    add.bind_all(sha256_hex(*key), person_id, now_unix_ms);
    if (auto ok = add.run(); !ok) return tl::unexpected(ok.error());
  }
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return key;
}

Result<std::optional<SignedIn>> Sessions::find(std::string_view key,
                                               std::int64_t now_unix_ms) const {
  if (!is_key(key)) return std::nullopt;
  const std::string sha256 = sha256_hex(key);
  std::optional<KnownSession> session;
  std::optional<Person> person;
  {
    auto reading = store_->impl().read();
    if (!reading) return tl::unexpected(reading.error());
    const auto known = find_session(reading->connection(), sha256, now_unix_ms);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::nullopt;
    session = *known;
    auto found = find_person(reading->connection(), "id = ?1 AND active = 1", session->person_id);
    if (!found) return tl::unexpected(found.error());
    person = std::move(*found);
  }
  if (!person) return std::nullopt;
  if (now_unix_ms - session->used_ms >= kWrittenEveryMs) {
    if (auto ok = write_use(*store_, sha256, now_unix_ms); !ok) return tl::unexpected(ok.error());
  }
  return SignedIn{std::move(*person), csrf_of(key)};
}

Result<void> Sessions::end(std::string_view key) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement end = writing->prepare("DELETE FROM sessions WHERE key_sha256 = ?1");
    end.bind_all(sha256_hex(key));
    if (auto ok = end.run(); !ok) return ok;
  }
  return writing->commit();
}

Result<void> Sessions::end_all(std::int64_t person_id) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement end = writing->prepare("DELETE FROM sessions WHERE person_id = ?1");
    end.bind_all(person_id);
    if (auto ok = end.run(); !ok) return ok;
  }
  return writing->commit();
}

}  // namespace tonecue

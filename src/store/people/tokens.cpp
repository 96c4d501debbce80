#include <array>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/people/person_row.h"
#include "store/people/secret_key.h"
#include "tonecue/model/sha256.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/sessions.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::string_view kPrefix = "tonecue_";  // So that a leaked one is known by its looks.
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kMostTeams = 100;
constexpr std::int64_t kWrittenEveryMs = 60'000;
constexpr std::string_view kColumns = "id, name, token_right, created_ms, expires_ms, used_ms";
constexpr std::array kRights = {TokenRight::upload, TokenRight::read};

Result<void> validate(const MachineToken& token) {
  if (token.name.empty()) return failure(ErrorCode::invalid_argument, "name must not be empty");
  if (auto ok = expect_line("name", token.name, kLongestName); !ok) return ok;
  if (token.teams.size() > kMostTeams) {
    return failure(ErrorCode::invalid_argument, fmt::format("teams are too many: {}, at most {}",
                                                            token.teams.size(), kMostTeams));
  }
  for (const std::string& team : token.teams) {
    if (team.empty()) return failure(ErrorCode::invalid_argument, "teams: one of them is empty");
    if (auto ok = expect_line("teams", team, kLongestDetail); !ok) return ok;
  }
  if (token.expires_unix_ms <= token.created_unix_ms) {
    return failure(ErrorCode::invalid_argument, "a token must expire after it was made");
  }
  return {};
}

// A right that is none of ours is the least of them: the table allows no other.
MachineToken token_of(const Statement& row) {
  return {.id = row.integer(0),
          .name = std::string(row.text(1)),
          .right = find_token_right(row.text(2)).value_or(TokenRight::upload),
          .teams = {},
          .created_unix_ms = row.integer(3),
          .expires_unix_ms = row.integer(4),
          .last_used_unix_ms = row.optional_integer(5)};
}

Result<void> add_teams(Connection& connection, MachineToken& token) {
  auto teams = read_teams(
      connection, "SELECT team FROM token_teams WHERE token_id = ?1 ORDER BY team", token.id);
  if (!teams) return tl::unexpected(teams.error());
  token.teams = std::move(*teams);
  return {};
}

Result<void> write_use(Store& store, std::int64_t id, std::int64_t now_unix_ms) {
  auto writing = store.impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement use = writing->prepare("UPDATE tokens SET used_ms = ?2 WHERE id = ?1");
    use.bind_all(id, now_unix_ms);
    if (auto ok = use.run(); !ok) return ok;
  }
  return writing->commit();
}

}  // namespace

std::string_view name(TokenRight right) noexcept {
  switch (right) {
    case TokenRight::upload:
      return "upload";
    case TokenRight::read:
      return "read";
  }
  return "";
}

std::optional<TokenRight> find_token_right(std::string_view right) noexcept {
  for (const TokenRight known : kRights) {
    if (name(known) == right) return known;
  }
  return std::nullopt;
}

Scope scope_of(const MachineToken& token) {
  if (token.right == TokenRight::upload) return {.reach = Scope::Reach::own};  // Of nobody.
  if (token.teams.empty()) return {.reach = Scope::Reach::everything};
  return {.reach = Scope::Reach::teams, .agent = {}, .teams = token.teams};
}

Result<MadeToken> MachineTokens::create(const MachineToken& token) {
  if (auto ok = validate(token); !ok) return tl::unexpected(ok.error());
  const auto random = make_key();
  if (!random) return tl::unexpected(random.error());
  MadeToken made{.key = fmt::format("{}{}", kPrefix, *random)};
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement add = writing->prepare(
        "INSERT INTO tokens (key_sha256, name, token_right, created_ms, expires_ms) VALUES "
        "(?1, ?2, ?3, ?4, ?5)");
    add.bind_all(sha256_hex(made.key), token.name, name(token.right), token.created_unix_ms,
                 token.expires_unix_ms);
    if (auto ok = add.run(); !ok) return tl::unexpected(ok.error());
    made.id = writing->connection().last_insert_id();
    Statement add_team = writing->prepare("INSERT OR IGNORE INTO token_teams VALUES (?1, ?2)");
    for (const std::string& team : token.teams) {
      add_team.bind_all(made.id, team);
      if (auto ok = add_team.run(); !ok) return tl::unexpected(ok.error());
    }
  }
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return made;
}

Result<std::optional<MachineToken>> MachineTokens::find(std::string_view key,
                                                        std::int64_t now_unix_ms) const {
  if (!key.starts_with(kPrefix) || !is_key(key.substr(kPrefix.size()))) return std::nullopt;
  std::optional<MachineToken> token;
  {
    auto reading = store_->impl().read();
    if (!reading) return tl::unexpected(reading.error());
    {
      Statement row = reading->prepare(
          fmt::format("SELECT {} FROM tokens WHERE key_sha256 = ?1 AND expires_ms > ?2", kColumns));
      row.bind_all(sha256_hex(key), now_unix_ms);
      if (row.step()) token = token_of(row);
      if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
    }
    if (!token) return token;
    if (auto ok = add_teams(reading->connection(), *token); !ok) return tl::unexpected(ok.error());
  }
  if (now_unix_ms - token->last_used_unix_ms.value_or(0) >= kWrittenEveryMs) {
    if (auto ok = write_use(*store_, token->id, now_unix_ms); !ok) {
      return tl::unexpected(ok.error());
    }
  }
  return token;
}

Result<std::vector<MachineToken>> MachineTokens::list() const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  std::vector<MachineToken> tokens;
  {
    Statement rows =
        reading->prepare(fmt::format("SELECT {} FROM tokens ORDER BY id DESC", kColumns));
    while (rows.step()) tokens.push_back(token_of(rows));
    if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  }
  for (MachineToken& token : tokens) {
    if (auto ok = add_teams(reading->connection(), token); !ok) return tl::unexpected(ok.error());
  }
  return tokens;
}

Result<void> MachineTokens::revoke(std::int64_t id) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement remove = writing->prepare("DELETE FROM tokens WHERE id = ?1");
    remove.bind_all(id);
    if (auto ok = remove.run(); !ok) return ok;
  }
  if (writing->connection().changes() == 0) {
    return failure(ErrorCode::not_found, "there is no such token");
  }
  return writing->commit();
}

}  // namespace tonecue

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "people_answers.h"
#include "review_json.h"
#include "review_reply.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/store/call_details.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCreated = 201;
constexpr std::int64_t kMsPerDay = 86'400'000;
constexpr std::int64_t kMostDays = 3650;
constexpr std::size_t kMostTeams = 100;
constexpr TextRule kName{.least_bytes = 1, .most_bytes = 80};
constexpr TextRule kRight{.least_bytes = 1, .most_bytes = 20};
constexpr TextRule kTeam{.least_bytes = 1, .most_bytes = kLongestDetail};

std::string target_of(std::int64_t id) { return fmt::format("token/{}", id); }

Json token_json(const MachineToken& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"right", name(token.right)},
          {"teams", token.teams},
          {"created_at", iso_time(token.created_unix_ms)},
          {"expires_at", iso_time(token.expires_unix_ms)},
          {"last_used_at",
           token.last_used_unix_ms ? Json(iso_time(*token.last_used_unix_ms)) : Json()}};
}

Result<MachineToken> read_token(JsonFields& fields, std::int64_t now_unix_ms) {
  MachineToken token{.name = fields.text("name", kName), .created_unix_ms = now_unix_ms};
  const std::string right = fields.text("right", kRight);
  token.teams =
      fields.optional_texts("teams", kMostTeams, kTeam).value_or(std::vector<std::string>());
  token.expires_unix_ms = now_unix_ms + fields.whole("days", 1, kMostDays) * kMsPerDay;
  if (auto ok = fields.result(); !ok) return tl::unexpected(ok.error());
  const auto known = find_token_right(right);
  if (!known) {
    return failure(ErrorCode::invalid_argument, R"("right" must be upload or read)");
  }
  token.right = *known;
  return token;
}

}  // namespace

HttpReply list_tokens(ReviewDesk& desk, const ReviewRequest& request) {
  const auto tokens = desk.tokens.list();
  if (!tokens) return failure_reply(desk, tokens.error());
  if (const auto ok = audit(desk, request, "tokens.view", ""); !ok) {
    return failure_reply(desk, ok.error());
  }
  Json list = Json::array();
  for (const MachineToken& token : *tokens) list.push_back(token_json(token));
  return json_reply({{"tokens", std::move(list)}});
}

HttpReply create_token(ReviewDesk& desk, const ReviewRequest& request) {
  JsonFields fields(request.http.body);
  const auto token = read_token(fields, request.now_unix_ms);
  if (!token) return failure_reply(desk, token.error());
  const auto made = desk.tokens.create(*token);
  if (!made) return failure_reply(desk, made.error());
  const std::string what = fmt::format("{}, {}, until {}", token->name, name(token->right),
                                       iso_time(token->expires_unix_ms));
  if (const auto ok = audit(desk, request, "token.create", target_of(made->id), what); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"token", made->key}}, kCreated);
}

HttpReply revoke_token(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  if (const auto ok = desk.tokens.revoke(*id); !ok) return failure_reply(desk, ok.error());
  if (const auto ok = audit(desk, request, "token.revoke", target_of(*id)); !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

}  // namespace tonecue

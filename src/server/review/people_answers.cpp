#include "people_answers.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "people_json.h"
#include "review_json.h"
#include "review_reply.h"
#include "tonecue/store/call_details.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCreated = 201;
constexpr int kConflict = 409;
constexpr std::size_t kMostTeams = 100;
constexpr TextRule kLogin{.least_bytes = 1, .most_bytes = 80};
constexpr TextRule kName{.least_bytes = 1, .most_bytes = 120};
constexpr TextRule kRole{.least_bytes = 1, .most_bytes = 20};
constexpr TextRule kAgent{.least_bytes = 0, .most_bytes = kLongestDetail};
constexpr TextRule kTeam{.least_bytes = 1, .most_bytes = kLongestDetail};

std::string target_of(std::int64_t id) { return fmt::format("person/{}", id); }

Result<Role> role_of(std::string_view text) {
  if (const auto role = find_role(text)) return *role;
  return failure(ErrorCode::invalid_argument, R"("role" must be agent, supervisor or admin)");
}

// What it says of a person takes the place of what was.
Result<Person> read_changes(JsonFields& fields, Person person) {
  const auto role = fields.optional_text("role", kRole);
  person.name = fields.optional_text("name", kName).value_or(person.name);
  person.agent = fields.optional_text("agent", kAgent).value_or(person.agent);
  person.teams = fields.optional_texts("teams", kMostTeams, kTeam).value_or(person.teams);
  person.active = fields.optional_flag("active").value_or(person.active);
  if (auto ok = fields.result(); !ok) return tl::unexpected(ok.error());
  if (!role) return person;
  const auto known = role_of(*role);
  if (!known) return tl::unexpected(known.error());
  person.role = *known;
  return person;
}

Result<Person> read_new(JsonFields& fields) {
  Person person{.login = fields.text("login", kLogin),
                .name = fields.text("name", kName),
                .must_change_password = true};
  const std::string role = fields.text("role", kRole);
  person.agent = fields.optional_text("agent", kAgent).value_or("");
  person.teams =
      fields.optional_texts("teams", kMostTeams, kTeam).value_or(std::vector<std::string>());
  if (auto ok = fields.result(); !ok) return tl::unexpected(ok.error());
  const auto known = role_of(role);
  if (!known) return tl::unexpected(known.error());
  person.role = *known;
  return person;
}

// Teams and names of people need not stand in the log a second time.
std::string change_words(const Person& before, const Person& after) {
  std::string words;
  const auto add = [&](std::string_view word) {
    words += fmt::format("{}{}", words.empty() ? "" : ", ", word);
  };
  if (before.role != after.role) {
    add(fmt::format("role {} to {}", name(before.role), name(after.role)));
  }
  if (before.active != after.active) add(after.active ? "active" : "inactive");
  if (before.name != after.name) add("name");
  if (before.agent != after.agent) add(fmt::format("agent {}", after.agent));
  if (before.teams != after.teams) add(fmt::format("teams {}", fmt::join(after.teams, ", ")));
  return words;
}

bool is_active_admin(const Person& person) noexcept {
  return person.active && person.role == Role::admin;
}

}  // namespace

HttpReply list_people(ReviewDesk& desk, const ReviewRequest& request) {
  const auto people = desk.people.list();
  if (!people) return failure_reply(desk, people.error());
  if (const auto ok = audit(desk, request, "people.view", ""); !ok) {
    return failure_reply(desk, ok.error());
  }
  Json list = Json::array();
  for (const Person& person : *people) list.push_back(person_json(person));
  return json_reply({{"people", std::move(list)}});
}

HttpReply add_person(ReviewDesk& desk, const ReviewRequest& request) {
  JsonFields fields(request.http.body);
  auto person = read_new(fields);
  if (!person) return failure_reply(desk, person.error());
  const auto password = make_password();
  if (!password) return failure_reply(desk, password.error());
  const auto id = desk.people.add(*person, *password);
  if (!id) return failure_reply(desk, id.error());
  person->id = *id;
  const std::string what = fmt::format("{} {}", name(person->role), person->login);
  if (const auto ok = audit(desk, request, "person.add", target_of(*id), what); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"person", person_json(*person)}, {"password", *password}}, kCreated);
}

HttpReply change_person(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  const auto before = desk.people.find(*id);
  if (!before) return failure_reply(desk, before.error());
  if (!*before) return not_found_reply();
  JsonFields fields(request.http.body);
  const auto after = read_changes(fields, **before);
  if (!after) return failure_reply(desk, after.error());
  if (const auto ok = desk.people.change(*after); !ok) {
    // Of a whole admin only the right to be one can stand in the way.
    const bool last_admin = is_active_admin(**before) && !is_active_admin(*after) &&
                            ok.error().code == ErrorCode::invalid_argument;
    if (last_admin) return error_reply(kConflict, ok.error().message);
    return failure_reply(desk, ok.error());
  }
  const std::string what = change_words(**before, *after);
  if (const auto ok = audit(desk, request, "person.change", target_of(*id), what); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(person_json(*after));
}

HttpReply give_password(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  JsonFields fields(request.http.body.empty() ? "{}" : request.http.body);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  const auto password = make_password();
  if (!password) return failure_reply(desk, password.error());
  if (const auto ok = desk.people.set_password(*id, *password, true); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "person.password", target_of(*id)); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"password", *password}});
}

}  // namespace tonecue

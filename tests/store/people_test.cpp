#include "tonecue/store/people.h"

#include <string>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/temp_store.h"
#include "tonecue/store/sessions.h"

namespace tonecue {
namespace {

using test::open_store;
using test::TempFolder;

constexpr std::string_view kPassword = "correct horse battery";
constexpr std::int64_t kNow = 1'800'000'000'000;

class PeopleOfAStore : public testing::Test {
 protected:
  std::int64_t add(const std::string& login, Role role) {
    const auto id =
        people_.add({.login = login, .name = "Name of " + login, .role = role}, kPassword);
    EXPECT_TRUE(id) << id.error().message;
    return id.value_or(0);
  }
  Person find(std::int64_t id) { return people_.find(id).value().value(); }

  TempFolder folder_;
  Store store_ = open_store(folder_.path());
  People people_{store_};
};

TEST_F(PeopleOfAStore, AreKeptWithAllThatIsKnown) {
  const auto id = people_.add({.login = "ann.b-c_d@e7",
                               .name = "Änn <b>'; DROP TABLE people;--",
                               .role = Role::supervisor,
                               .agent = "agent 7",
                               .teams = {"north", "south", "north"},
                               .must_change_password = true},
                              kPassword);
  ASSERT_TRUE(id) << id.error().message;

  const Person ann = find(*id);
  EXPECT_EQ(ann.login, "ann.b-c_d@e7");
  EXPECT_EQ(ann.name, "Änn <b>'; DROP TABLE people;--");
  EXPECT_EQ(ann.role, Role::supervisor);
  EXPECT_EQ(ann.agent, "agent 7");
  EXPECT_EQ(ann.teams, (std::vector<std::string>{"north", "south"}));
  EXPECT_TRUE(ann.active);
  EXPECT_TRUE(ann.must_change_password);
  EXPECT_EQ(people_.list()->size(), 1U);
  EXPECT_EQ(people_.count(), 1);
}

TEST_F(PeopleOfAStore, MustHaveALoginANameAndAPasswordThatFit) {
  const auto refused = [&](const Person& person, std::string_view password, const char* field) {
    const auto id = people_.add(person, password);
    ASSERT_FALSE(id) << field;
    EXPECT_EQ(id.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(id.error().message.find(field), std::string::npos) << id.error().message;
  };
  refused({.login = "", .name = "x"}, kPassword, "login");
  refused({.login = "Ann", .name = "x"}, kPassword, "login");
  refused({.login = "a b", .name = "x"}, kPassword, "login");
  refused({.login = "watch", .name = "x"}, kPassword, "stands for the program itself");
  refused({.login = std::string(81, 'a'), .name = "x"}, kPassword, "login");
  refused({.login = "ann", .name = ""}, kPassword, "name");
  refused({.login = "ann", .name = "a\nb"}, kPassword, "name");
  refused({.login = "ann", .name = "\xC3"}, kPassword, "name");
  refused({.login = "ann", .name = std::string(121, 'a')}, kPassword, "name");
  refused({.login = "ann", .name = "x", .agent = "a\tb"}, kPassword, "agent");
  refused({.login = "ann", .name = "x", .teams = {""}}, kPassword, "teams");
  refused({.login = "ann", .name = "x", .teams = std::vector<std::string>(101, "t")}, kPassword,
          "teams");
  refused({.login = "ann", .name = "x"}, "too short", "password");
  EXPECT_EQ(people_.count(), 0);
}

TEST_F(PeopleOfAStore, HaveEachLoginOnce) {
  add("ann", Role::agent);
  const auto again = people_.add({.login = "ann", .name = "x"}, kPassword);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::exists);
  EXPECT_EQ(again.error().message, "the login ann is taken");
}

TEST_F(PeopleOfAStore, SignInWithTheirOwnPasswordAlone) {
  const auto ann = add("ann", Role::agent);
  add("bob", Role::agent);

  EXPECT_EQ(people_.check_password("ann", kPassword).value().value().id, ann);
  EXPECT_EQ(people_.check_password("Ann", kPassword).value().value().id, ann);
  EXPECT_FALSE(people_.check_password("ann", "wrong").value());
  EXPECT_FALSE(people_.check_password("ann", "").value());
  EXPECT_FALSE(people_.check_password("ann", std::string(100'000, 'x')).value());
  EXPECT_FALSE(people_.check_password("eve", kPassword).value());
  EXPECT_FALSE(people_.check_password("", kPassword).value());
  EXPECT_FALSE(people_.check_password("ann' OR '1'='1", kPassword).value());
}

TEST_F(PeopleOfAStore, CannotSignInOnceInactive) {
  add("root", Role::admin);
  Person ann = find(add("ann", Role::agent));
  ann.active = false;
  ASSERT_TRUE(people_.change(ann));
  EXPECT_FALSE(people_.check_password("ann", kPassword).value());
}

TEST_F(PeopleOfAStore, KeepLoginAndPasswordWhenTheRestChanges) {
  add("root", Role::admin);
  Person ann = find(add("ann", Role::agent));
  ann.login = "other";
  ann.name = "Ann B.";
  ann.teams = {"west"};
  ASSERT_TRUE(people_.change(ann));

  EXPECT_EQ(find(ann.id).login, "ann");
  EXPECT_EQ(find(ann.id).name, "Ann B.");
  EXPECT_EQ(find(ann.id).teams, std::vector<std::string>{"west"});
  EXPECT_TRUE(people_.check_password("ann", kPassword).value());
  ann.id = 99;
  EXPECT_EQ(people_.change(ann).error().code, ErrorCode::not_found);
}

TEST_F(PeopleOfAStore, AlwaysHaveAnActiveAdmin) {
  Person root = find(add("root", Role::admin));
  add("ann", Role::supervisor);
  Person changed = root;
  changed.role = Role::supervisor;
  const auto refused = people_.change(changed);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("last active admin"), std::string::npos);
  changed = root;
  changed.active = false;
  EXPECT_FALSE(people_.change(changed));

  const auto second = add("second", Role::admin);
  EXPECT_TRUE(people_.change(changed));
  Person last = find(second);
  last.active = false;
  EXPECT_FALSE(people_.change(last)) << "an inactive admin is none";
}

TEST_F(PeopleOfAStore, AreSignedOutByWhatTakesTheirRights) {
  Sessions sessions(store_);
  add("root", Role::admin);
  Person ann = find(add("ann", Role::supervisor));
  const auto bob = add("bob", Role::agent);
  const std::string of_bob = sessions.begin(bob, kNow).value();
  const auto signed_in = [&](const std::string& key) {
    return sessions.find(key, kNow).value().has_value();
  };

  std::string key = sessions.begin(ann.id, kNow).value();
  ann.name = "Ann B.";
  ASSERT_TRUE(people_.change(ann));
  EXPECT_TRUE(signed_in(key)) << "a name takes nothing";
  ann.role = Role::agent;
  ASSERT_TRUE(people_.change(ann));
  EXPECT_FALSE(signed_in(key)) << "another role";

  key = sessions.begin(ann.id, kNow).value();
  ann.active = false;
  ASSERT_TRUE(people_.change(ann));
  ann.active = true;
  ASSERT_TRUE(people_.change(ann));
  EXPECT_FALSE(signed_in(key)) << "inactive, and active again";

  key = sessions.begin(ann.id, kNow).value();
  const std::string kept = sessions.begin(ann.id, kNow).value();
  ASSERT_TRUE(people_.set_password(ann.id, "another good password", false, kept));
  EXPECT_FALSE(signed_in(key)) << "another password";
  EXPECT_TRUE(signed_in(kept)) << "the one in which it was changed";
  EXPECT_TRUE(signed_in(of_bob)) << "somebody else";
}

TEST_F(PeopleOfAStore, GetAnotherPassword) {
  const auto ann = add("ann", Role::agent);
  ASSERT_TRUE(people_.set_password(ann, "another good password", true));
  EXPECT_FALSE(people_.check_password("ann", kPassword).value());
  EXPECT_TRUE(people_.check_password("ann", "another good password").value());
  EXPECT_TRUE(find(ann).must_change_password);
  EXPECT_FALSE(people_.set_password(ann, "short", true));
  EXPECT_EQ(people_.set_password(99, "another good password", true).error().code,
            ErrorCode::not_found);
}

TEST_F(PeopleOfAStore, BeginWithAnAdminWhoseOnePasswordIsTold) {
  const auto first = first_admin(store_);
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_TRUE(first->has_value());
  const auto admin = people_.check_password((*first)->login, (*first)->password).value();
  ASSERT_TRUE(admin);
  EXPECT_EQ(admin->role, Role::admin);
  EXPECT_TRUE(admin->must_change_password);

  EXPECT_EQ(first_admin(store_)->has_value(), false);
  EXPECT_EQ(people_.count(), 1);
}

TEST(ScopeOfAPerson, IsTheirRoles) {
  const Person person{.role = Role::agent, .agent = "a", .teams = {"north"}};
  EXPECT_EQ(scope_of(person).reach, Scope::Reach::own);
  EXPECT_EQ(scope_of(person).agent, "a");
  EXPECT_TRUE(scope_of(person).teams.empty());
  Person supervisor = person;
  supervisor.role = Role::supervisor;
  EXPECT_EQ(scope_of(supervisor).reach, Scope::Reach::teams);
  EXPECT_EQ(scope_of(supervisor).teams, person.teams);
  supervisor.role = Role::admin;
  EXPECT_EQ(scope_of(supervisor).reach, Scope::Reach::everything);
}

TEST(Role, IsFoundByItsName) {
  for (const Role role : {Role::agent, Role::supervisor, Role::admin}) {
    EXPECT_EQ(find_role(name(role)), role);
  }
  EXPECT_FALSE(find_role("root"));
}

}  // namespace
}  // namespace tonecue

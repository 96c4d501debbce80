#include "tonecue/store/people.h"

#include <string>

#include <gtest/gtest.h>

#include "app/kept_calls.h"
#include "app/program_run.h"
#include "audio/recordings.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {
namespace {

using test::contains;
using test::run;

/// The last word of the first line.
std::string password_in(const std::string& text) {
  const std::string line = text.substr(0, text.find('\n'));
  return line.substr(line.rfind(' ') + 1);
}

class PeopleCommands : public testing::Test {
 protected:
  test::TempFolder folder_;
  Store store_ = test::store_in(folder_ / "store");
  std::string path_ = (folder_ / "store").string();
};

TEST_F(PeopleCommands, SomebodyIsLetInWithAPasswordThatMustBeChanged) {
  const auto added = run({"people", "add", path_, "jo", "--name", "Jo Park", "--role", "supervisor",
                          "--team", "billing", "--team", "returns"});
  EXPECT_EQ(added.status, kDone) << added.err;
  const auto jo = People(store_).check_password("jo", password_in(added.out));
  ASSERT_TRUE(jo && *jo) << added.out;
  EXPECT_EQ((*jo)->name, "Jo Park");
  EXPECT_EQ((*jo)->role, Role::supervisor);
  EXPECT_EQ((*jo)->teams.size(), 2U);
  EXPECT_TRUE((*jo)->must_change_password);
  const auto listed = run({"people", "list", path_});
  EXPECT_TRUE(contains(listed.out, "Jo Park")) << listed.out;
  EXPECT_TRUE(contains(listed.out, "billing, returns")) << listed.out;
}

TEST_F(PeopleCommands, WhoTakesCallsIsNamedAsTheCallsNameThem) {
  ASSERT_EQ(
      run({"people", "add", path_, "sam", "--role", "agent", "--agent-name", "Sam Lee"}).status,
      kDone);
  EXPECT_EQ(People(store_).find_login("sam").value().value().name, "Sam Lee");
}

TEST_F(PeopleCommands, TheListKeepsItsColumnsAndIsSortedAsPeopleSort) {
  ASSERT_EQ(run({"people", "add", path_, "zoe", "--name", "Zoë of a very long name indeed",
                 "--team", "billing"})
                .status,
            kDone);
  ASSERT_EQ(run({"people", "add", path_, "ann", "--name", "ann", "--team", "returns"}).status,
            kDone);
  const std::string listed = run({"people", "list", path_}).out;
  EXPECT_EQ(listed,
            "ann  supervisor  ann                              returns\n"
            "zoe  supervisor  Zoë of a very long name indeed   billing\n");
}

TEST_F(PeopleCommands, WhoIsLockedOutGetsANewPassword) {
  const auto first = run({"people", "add", path_, "admin", "--role", "admin"});
  const auto second = run({"people", "password", path_, "admin"});
  EXPECT_EQ(second.status, kDone) << second.err;
  EXPECT_FALSE(*People(store_).check_password("admin", password_in(first.out)));
  EXPECT_TRUE(*People(store_).check_password("admin", password_in(second.out)));
}

TEST_F(PeopleCommands, TheLogSaysSoWithoutThePassword) {
  const auto added = run({"people", "add", path_, "jo"});
  ASSERT_EQ(run({"people", "password", path_, "jo"}).status, kDone);
  const auto entries = AuditLog(store_).list(0, 10);
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ((*entries)[0].event.action, "person.password");
  EXPECT_EQ((*entries)[1].event.action, "person.add");
  for (const AuditEntry& entry : *entries) {
    EXPECT_FALSE(contains(entry.event.detail, password_in(added.out)));
  }
}

TEST_F(PeopleCommands, MistakesAreToldInOneLine) {
  ASSERT_EQ(run({"people", "add", path_, "jo"}).status, kDone);
  for (const auto& line : {std::vector<std::string>{"people", "add", path_, "jo"},
                           {"people", "add", path_, "Not a login"},
                           {"people", "password", path_, "nobody"},
                           {"people", "list", (folder_ / "none").string()},
                           {"audit", "verify", (folder_ / "none").string()}}) {
    const auto refused = run(line);
    EXPECT_EQ(refused.status, kFailed) << line[1];
    EXPECT_EQ(refused.out, "");
    EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  }
}

TEST_F(PeopleCommands, AnEmptyHouseSaysHowItGetsItsFirst) {
  EXPECT_TRUE(contains(run({"people", "list", path_}).out, "tonecue serve"));
}

TEST_F(PeopleCommands, TheLogVerifiesAndAHeadThatWasWrittenDownIsFoundInIt) {
  EXPECT_EQ(run({"audit", "verify", path_}).out, "The log is empty.\n");
  ASSERT_EQ(run({"people", "add", path_, "jo"}).status, kDone);
  const auto verified = run({"audit", "verify", path_});
  EXPECT_EQ(verified.status, kDone) << verified.err;
  const std::string head = password_in(verified.out);
  EXPECT_EQ(head.size(), 64U) << verified.out;
  ASSERT_EQ(run({"people", "add", path_, "max"}).status, kDone);
  EXPECT_EQ(run({"audit", "verify", path_, "--head", head}).status, kDone);
  const auto cut = run({"audit", "verify", path_, "--head", std::string(64, 'f')});
  EXPECT_EQ(cut.status, kFailed);
  EXPECT_TRUE(contains(cut.err, "its end was cut off")) << cut.err;
  EXPECT_TRUE(test::is_one_complaint(cut.err)) << cut.err;
}

}  // namespace
}  // namespace tonecue

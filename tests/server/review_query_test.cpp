#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/review/call_query.h"
#include "server/review/team_in_scope.h"
#include "server/review/upload_query.h"

namespace tonecue {
namespace {

using Query = std::vector<NameValue>;

TEST(CallQuery, TakesEveryFilterAndSeveralValuesOfMany) {
  const auto question = read_call_question(Query{{"from", "2026-11-22"},
                                                 {"to", "2026-11-23T00:00:00+01:00"},
                                                 {"team", "North"},
                                                 {"team", "Süd"},
                                                 {"queue", "Billing"},
                                                 {"agent", "Dana Kim"},
                                                 {"kind", "distress"},
                                                 {"kind", "raised_voice"},
                                                 {"kind", "distress"},
                                                 {"least_confidence", "0.7"},
                                                 {"reviewed", "no"},
                                                 {"recovered", "yes"},
                                                 {"flagged", "yes"},
                                                 {"text", "order 12"},
                                                 {"order", "oldest"},
                                                 {"limit", "10"},
                                                 {"after", "abc"}});
  ASSERT_TRUE(question) << question.error().message;
  const CallFilter& filter = question->filter;
  EXPECT_EQ(filter.from_unix_ms, 1'795'305'600'000);
  EXPECT_EQ(filter.to_unix_ms, 1'795'305'600'000 + 23 * std::int64_t{3'600'000});
  EXPECT_EQ(filter.teams, (std::vector<std::string>{"North", "Süd"}));
  EXPECT_EQ(filter.queues, std::vector<std::string>{"Billing"});
  EXPECT_EQ(filter.agents, std::vector<std::string>{"Dana Kim"});
  EXPECT_EQ(filter.kinds, (std::vector<CueKind>{CueKind::distress, CueKind::raised_voice}));
  EXPECT_FLOAT_EQ(filter.least_confidence.value(), 0.7F);
  EXPECT_EQ(filter.reviewed, false);
  EXPECT_EQ(filter.recovered, true);
  EXPECT_EQ(filter.flagged, true);
  EXPECT_EQ(filter.text, "order 12");
  EXPECT_EQ(filter.order, CallOrder::oldest);
  EXPECT_EQ(question->limit, 10);
  EXPECT_EQ(question->after, "abc");
}

TEST(CallQuery, CountsAnEmptyValueAsNotGiven) {
  const auto question = read_call_question(
      Query{{"from", ""}, {"team", ""}, {"kind", ""}, {"order", ""}, {"limit", ""}});
  ASSERT_TRUE(question) << question.error().message;
  EXPECT_FALSE(question->filter.from_unix_ms);
  EXPECT_TRUE(question->filter.teams.empty());
  EXPECT_TRUE(question->filter.kinds.empty());
  EXPECT_EQ(question->filter.order, CallOrder::need);
  EXPECT_EQ(question->limit, kUsualCalls);
}

TEST(CallQuery, NamesTheKeyThatMakesNoSense) {
  const std::vector<NameValue> wrong = {{"teams", "North"},
                                        {"from", "yesterday"},
                                        {"to", "2026-02-30"},
                                        {"kind", "anger"},
                                        {"least_confidence", "1.5"},
                                        {"least_confidence", "nan"},
                                        {"least_confidence", "0.5x"},
                                        {"reviewed", "true"},
                                        {"order", "best"},
                                        {"limit", "0"},
                                        {"limit", "201"},
                                        {"limit", "1e2"},
                                        {"text", std::string(201, 'x')},
                                        {"agent", "a\nb"},
                                        {"team", std::string(201, 'x')}};
  for (const NameValue& one : wrong) {
    const auto question = read_call_question(Query{one});
    ASSERT_FALSE(question) << one.first << "=" << one.second;
    EXPECT_EQ(question.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(question.error().message.find(one.first), std::string::npos)
        << question.error().message;
  }
}

TEST(CallQuery, TakesOneValueOnlyWhereTwoMakeNoSense) {
  const auto question = read_call_question(Query{{"order", "newest"}, {"order", "oldest"}});
  ASSERT_FALSE(question);
  EXPECT_EQ(question.error().message, R"("order" can be said once only)");
}

TEST(CallQuery, OfOneCallHasNoPages) {
  EXPECT_TRUE(read_call_filter(Query{{"team", "North"}, {"order", "newest"}}));
  EXPECT_FALSE(read_call_filter(Query{{"limit", "5"}}));
  EXPECT_FALSE(read_call_filter(Query{{"after", "x"}}));
}

TEST(CallQuery, ShowsAStrangeKeyWithoutItsStrangeness) {
  const auto question = read_call_question(Query{{"<script>\r\n\"", "1"}});
  ASSERT_FALSE(question);
  EXPECT_EQ(question.error().message.find_first_of("<\r\n&"), std::string::npos);
}

TEST(CallQuery, TakesADateAsItsFirstMomentInUtc) {
  EXPECT_EQ(read_call_filter(Query{{"from", "1970-01-02"}})->from_unix_ms, 86'400'000);
  EXPECT_EQ(read_call_filter(Query{{"to", "1970-01-02T02:00:00.5+02:00"}})->to_unix_ms, 86'400'500);
  EXPECT_EQ(read_call_filter(Query{{"to", "9999-12-31"}})->to_unix_ms, 253'402'214'400'000);
}

TEST(CallQuery, WantsTheSecondsAndTheZoneOfATime) {
  for (const char* text : {"2026-11-22T08:30Z", "2026-11-22T08:30:00", "2026-11", "yesterday"}) {
    const auto filter = read_call_filter(Query{{"from", text}});
    ASSERT_FALSE(filter) << text;
    EXPECT_EQ(filter.error().message,
              R"("from" must be a date or time as 2026-11-22 or 2026-11-22T08:30:00Z)");
  }
}

TEST(UploadQuery, TakesWhatIsKnownOfTheCall) {
  const auto file = read_upload_query(Query{{"name", "Käse & Brot.wav"},
                                            {"agent", "Ayşe Yılmaz"},
                                            {"team", "North"},
                                            {"queue", "Repairs"},
                                            {"caller_ref", "C-1"},
                                            {"consent_ref", "n-1"},
                                            {"started_at", "1970-01-02T00:00:00Z"},
                                            {"agent_channel", "right"}},
                                      200'000'000);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->details.source, "Käse & Brot.wav");
  EXPECT_EQ(file->details.agent, "Ayşe Yılmaz");
  EXPECT_EQ(file->details.origin, CallOrigin::uploaded);
  EXPECT_EQ(file->details.started_unix_ms, 86'400'000);
  EXPECT_EQ(file->agent_channel, "right");
  EXPECT_TRUE(file->path.empty());
}

TEST(UploadQuery, BeganNowWhenItDoesNotSay) {
  const auto file = read_upload_query(Query{{"name", "a.wav"}, {"started_at", ""}}, 1234);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->details.started_unix_ms, 1234);
  EXPECT_EQ(file->agent_channel, "left");
}

TEST(UploadQuery, RefusesPathsAndNonsense) {
  const std::vector<Query> wrong = {
      {},
      {{"name", ""}},
      {{"name", ".."}},
      {{"name", "../../etc/passwd"}},
      {{"name", "..\\..\\boot.ini"}},
      {{"name", "/etc/passwd"}},
      {{"name", std::string("a\0.wav", 6)}},
      {{"name", "a\r\nb.wav"}},
      {{"name", std::string(201, 'a')}},
      {{"name", "a.wav"}, {"name", "b.wav"}},
      {{"name", "a.wav"}, {"path", "/tmp/x"}},
      {{"name", "a.wav"}, {"agent_channel", "both"}},
      {{"name", "a.wav"}, {"started_at", "soon"}},
      {{"name", "a.wav"}, {"started_at", "2026-11-22"}},
      {{"name", "a.wav"}, {"started_at", "2999-01-01T00:00:00Z"}},
  };
  for (const Query& query : wrong) {
    const auto file = read_upload_query(query, 1'700'000'000'000);
    ASSERT_FALSE(file) << (query.empty() ? "" : query.back().second);
    EXPECT_EQ(file.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(file.error().message.find('\n'), std::string::npos);
  }
}

TEST(TeamInScope, IsOneThatTheAskerSeesAfterwards) {
  const Scope one{.reach = Scope::Reach::teams, .teams = {"North"}};
  const Scope two{.reach = Scope::Reach::teams, .teams = {"North", "South"}};
  const Scope none{.reach = Scope::Reach::teams};
  const Scope all{.reach = Scope::Reach::everything};
  EXPECT_EQ(team_in_scope(one, "").value(), "North");
  EXPECT_EQ(team_in_scope(one, "North").value(), "North");
  EXPECT_FALSE(team_in_scope(one, "South"));
  EXPECT_EQ(team_in_scope(two, "South").value(), "South");
  EXPECT_EQ(team_in_scope(two, "").error().message, "\"team\" must be one of yours: North, South");
  EXPECT_FALSE(team_in_scope(none, ""));
  EXPECT_EQ(team_in_scope(all, "").value(), "");
}

}  // namespace
}  // namespace tonecue

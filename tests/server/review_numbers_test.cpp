// Figures over many calls, asked as a browser asks; and what they must never say.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "server/review/score_table.h"
#include "server/review_house.h"
#include "server/schema_check.h"
#include "store/listed_calls.h"
#include "tonecue/insight/local_calendar.h"

namespace tonecue {
namespace {

using nlohmann::json;
using test::Asker;
using test::Cell;
using test::insert_row;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kNow = test::ReviewHouse::kNow;

// A house with calls of two teams over eight weeks, of agents with names that stand out.
class NumbersHouse : public test::ReviewHouse {
 public:
  NumbersHouse() {
    test::write_rows(store(), [&](Connection& connection) {
      insert_row(connection, "settings", {{"id", std::int64_t{1}}, {"sha256", std::string("0")}});
      for (std::int64_t day = 1; day <= 56; ++day) {
        for (int agent = 0; agent < 5; ++agent) {
          add_call(connection, kNow - day * kDayMs + agent * std::int64_t{3'600'000}, "north",
                   "Zebulon" + std::to_string(agent), day <= 28 ? 1 : 3);
          add_call(connection, kNow - day * kDayMs + agent * std::int64_t{3'600'000}, "south",
                   "Quentin" + std::to_string(agent), 3);
        }
        add_call(connection, kNow - day * kDayMs, "lonely", "Solitaire", 9);
        add_call(connection, kNow - day * kDayMs, "north", "a1", 2);
      }
      const auto ok = connection.execute("INSERT INTO call_numbers SELECT * FROM numbers_of_calls");
      ASSERT_TRUE(ok) << ok.error().message;
    });
  }

  json get(Asker asker, const std::string& target) {
    const HttpResponse reply = ask(asker, "GET", target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.body;
    return json::parse(reply.body, nullptr, false);
  }

  HttpResponse post_scores(Asker asker, const std::string& csv) {
    auto headers = headers_of(asker);
    headers.emplace_back("Content-Type", "text/csv");
    const auto path = std::filesystem::temp_directory_path() /
                      ("tonecue-scores-" + std::to_string(::getpid()) + ".csv");
    std::ofstream(path, std::ios::binary) << csv;
    auto upload = std::make_shared<HttpUpload>(path, csv.size(), std::string(64, 'a'));
    return ask({.method = "POST", .headers = std::move(headers), .upload = std::move(upload)},
               "/api/scores");
  }

 private:
  void add_call(Connection& connection, std::int64_t started_ms, const std::string& team,
                const std::string& agent, std::int64_t interruptions) {
    ++calls_;
    const bool upset = calls_ % 5 == 0;  // Spread over teams and agents.
    std::map<std::string, Cell> cells = {
        {"started_ms", started_ms},
        {"duration_ms", std::int64_t{300'000}},
        {"state", std::string("done")},
        {"origin", std::string("recording")},
        {"agent", agent},
        {"team", team},
        {"queue", std::string("first")},
        {"settings_id", std::int64_t{1}},
        {"written_ms", started_ms},
        {"both_s", 10.0 + calls_ % 5},
        {"caller_ref", "Vanderbilt" + std::to_string(calls_)},
        {"source", "rec" + std::to_string(calls_) + ".wav"},
        {"file", "in, \"quotes\"/rec" + std::to_string(calls_) + ".wav"}};
    if (upset) {
      cells["recovered"] = std::int64_t{calls_ % 3 == 0 ? 0 : 1};
      cells["distressed_s"] = 30.0;
    }
    const auto id = insert_row(connection, "calls", cells);
    for (std::int64_t party = 0; party < 2; ++party) {
      insert_row(connection, "parties",
                 {{"call_id", id},
                  {"party", party},
                  {"present", std::int64_t{1}},
                  {"talk_s", 100.0 + calls_ % 7},
                  {"interruptions", party == 0 ? interruptions + calls_ % 2 : 1}});
    }
    if (!upset) return;
    for (const std::int64_t kind : {6, 7}) {
      const auto cue = insert_row(connection, "cues",
                                  {{"call_id", id},
                                   {"kind", kind},
                                   {"party", std::int64_t{1}},
                                   {"start_ms", 1000 * kind * kind},
                                   {"raised_ms", 1000 * kind * kind + 345},
                                   {"confidence", 0.6 + 0.001 * (calls_ % 300)},
                                   {"evidence", std::string("{}")}});
      for (const Asker asker : {Asker::supervisor, Asker::admin}) {
        const bool right = calls_ % (asker == Asker::admin ? 3 : 7) != 0;
        insert_row(connection, "verdicts",
                   {{"cue_id", cue},
                    {"person_id", id_of(asker)},
                    {"verdict", std::int64_t{right ? 0 : 1}},
                    {"at_ms", std::int64_t{1}}});
      }
    }
  }

  int calls_ = 0;
};

const std::vector<std::string> kQuestions = {
    "/api/numbers",
    "/api/numbers?step=day&by=queue",
    "/api/numbers?step=month&by=none&team=lonely",
    "/api/numbers/change?on=" + day_text(LocalCalendar().moment_of(kNow - 28 * kDayMs).day),
    "/api/numbers/change?team=north&on=" +
        day_text(LocalCalendar().moment_of(kNow - 28 * kDayMs).day),
    "/api/numbers/change?team=lonely&on=" +
        day_text(LocalCalendar().moment_of(kNow - 28 * kDayMs).day),
    "/api/numbers/exposure",
    "/api/numbers/scores?kind=CSAT",
    "/api/agreement",
    "/api/thresholds",
    "/api/thresholds?kind=monologue",
};

// All texts of an answer, keys too.
void collect(const json& value, std::vector<std::string>& texts) {
  if (value.is_string()) texts.push_back(value);
  for (auto it = value.begin(); value.is_structured() && it != value.end(); ++it) {
    if (value.is_object()) texts.push_back(it.key());
    collect(*it, texts);
  }
}

TEST(NumberRoutes, NameNobody) {
  NumbersHouse house;
  std::string csv = "source,kind,value\n";
  for (int i = 1; i <= 200; ++i) {
    csv += "rec" + std::to_string(i) + ".wav,CSAT," + std::to_string(i % 5) + "\n";
  }
  ASSERT_EQ(house.post_scores(Asker::admin, csv).status, 200);
  for (const std::string& question : kQuestions) {
    for (const Asker asker : {Asker::admin, Asker::supervisor, Asker::read_token}) {
      std::vector<std::string> texts;
      collect(house.get(asker, question), texts);
      ASSERT_FALSE(texts.empty());
      for (const std::string& text : texts) {
        for (const char* who : {"Zebulon", "Quentin", "Solitaire", "Vanderbilt", "a1", "Sue", "sue",
                                "Root", "root", "Ann", "rec1"}) {
          EXPECT_EQ(text.find(who), std::string::npos) << question << ": " << text;
        }
      }
    }
  }
}

TEST(NumberRoutes, AnswerAsTheInterfaceTells) {
  NumbersHouse house;
  const json document = house.get(Asker::nobody, "/api/openapi.json");
  std::vector<std::pair<Asker, std::string>> asked = {
      {Asker::agent, "/api/numbers/mine"},
      {Asker::other_agent, "/api/numbers/mine"},
      {Asker::admin, "/api/numbers/scores"},
  };
  for (const std::string& question : kQuestions) asked.emplace_back(Asker::admin, question);
  for (const auto& [asker, question] : asked) {
    const json content = document.at("paths").at(question.substr(
        0, question.find('?')))["get"]["responses"]["200"]["content"]["application/json"];
    ASSERT_FALSE(content.is_null()) << question;
    for (const auto& misfit :
         test::misfits(document, content["schema"], house.get(asker, question))) {
      ADD_FAILURE() << question << ": " << misfit;
    }
  }
}

TEST(NumberRoutes, RefuseAgents) {
  NumbersHouse house;
  for (const std::string& question : kQuestions) {
    EXPECT_EQ(house.ask(Asker::agent, "GET", question).status, 403) << question;
  }
}

TEST(NumberRoutes, TellFiguresByWeekAndTeam) {
  NumbersHouse house;
  const json all = house.get(Asker::admin, "/api/numbers");
  ASSERT_EQ(all["groups"].size(), 3U);
  EXPECT_EQ(all["groups"][0]["name"], "lonely");
  EXPECT_EQ(all["groups"][0]["all"], json({{"too_few", true}}));
  const json north = all["groups"][1];
  EXPECT_EQ(north["all"]["agents"], 6);
  EXPECT_EQ(north["all"]["calls"], 6 * 56);
  EXPECT_GT(north["all"]["interruptions_per_h"], 0.0);
  EXPECT_GT(north["all"]["distress_min"], 0.0);
  EXPECT_NEAR(north["all"]["time_to_calm_s"], 13.0, 1e-9);  // 36 s to 49 s.
  EXPECT_EQ(north["all"]["answers"]["none"], 0);
  EXPECT_EQ(north["steps"].size(), all["groups"][2]["steps"].size());
  EXPECT_EQ(north["steps"][0]["from"], all["from"]);
  EXPECT_EQ(north["steps"].back()["to"], all["to"]);
  const json mine = house.get(Asker::supervisor, "/api/numbers");
  ASSERT_EQ(mine["groups"].size(), 1U);  // Sue sees north alone.
  EXPECT_EQ(mine["groups"][0], north);
}

TEST(NumberRoutes, TellWhatChangedAndWhatElsewhere) {
  NumbersHouse house;
  const std::string on = day_text(LocalCalendar().moment_of(kNow - 28 * kDayMs).day);
  const json change = house.get(Asker::admin, "/api/numbers/change?team=north&on=" + on);
  ASSERT_FALSE(change["too_few"]);
  ASSERT_EQ(change["measures"].size(), 11U);
  const json cuts = change["measures"][0];
  EXPECT_EQ(cuts["name"], "interruptions_per_h");
  EXPECT_EQ(cuts["unit"], "per_h");
  EXPECT_LT(cuts["high"], 0.0);
  EXPECT_TRUE(cuts["shown"]);
  EXPECT_EQ(cuts["sentence"].get<std::string>().find("fewer interruptions by agents"), 0U);
  EXPECT_FALSE(cuts["others"].is_null());
  EXPECT_TRUE(cuts["beyond_others"]["shown"]);
  const json alone = house.get(Asker::supervisor, "/api/numbers/change?team=north&on=" + on);
  EXPECT_TRUE(alone["others"].is_null());  // Out of scope there is nobody.
  EXPECT_EQ(alone["measures"][0]["before"], cuts["before"]);
  const json few = house.get(Asker::admin, "/api/numbers/change?team=lonely&on=" + on);
  EXPECT_TRUE(few["too_few"]);
  EXPECT_TRUE(few["measures"].empty());
  EXPECT_FALSE(few["before"].contains("calls"));
}

TEST(NumberRoutes, TellExposureOfGroupsThatAreLargeEnough) {
  NumbersHouse house;
  const json exposure = house.get(Asker::admin, "/api/numbers/exposure");
  EXPECT_EQ(exposure["hours"].size(), 24U);
  int told = 0;
  for (const json& day : exposure["days"]) {
    EXPECT_EQ(day["too_few"], day["team"] == "lonely") << day;
    told += day["too_few"] ? 0 : 1;
  }
  EXPECT_GT(told, 50);
  ASSERT_EQ(exposure["shifts"].size(), 4U);
  EXPECT_TRUE(exposure["shifts"][0]["team"].is_null());
  EXPECT_TRUE(exposure["shifts"][1]["too_few"]);
  EXPECT_GT(exposure["shifts"][2]["shifts"], 100);
}

TEST(NumberRoutes, TellAnAgentTheirOwnWeeks) {
  NumbersHouse house;
  const json mine = house.get(Asker::agent, "/api/numbers/mine");
  ASSERT_FALSE(mine["latest"].is_null());
  EXPECT_EQ(mine["latest"]["calls"], 7);
  EXPECT_FALSE(mine["latest"].contains("agents"));
  EXPECT_FALSE(mine["usual"].is_null());
  EXPECT_EQ(house.ask(Asker::supervisor, "GET", "/api/numbers/mine").status, 404);
  const json none = house.get(Asker::other_agent, "/api/numbers/mine");
  EXPECT_TRUE(none["latest"].is_null());
  EXPECT_TRUE(none["weeks"][0]["too_few"]);
}

TEST(NumberRoutes, TellAgreementPrecisionAndAdvice) {
  NumbersHouse house;
  const json agreement = house.get(Asker::admin, "/api/agreement");
  EXPECT_EQ(agreement["reviewers"], 2);
  EXPECT_FALSE(agreement["mean_of_pairs"]);
  EXPECT_LT(agreement["low"], agreement["kappa"]);
  EXPECT_GT(agreement["high"], agreement["kappa"]);
  ASSERT_EQ(agreement["precision"].size(), 2U);
  EXPECT_EQ(agreement["precision"][0]["kind"], "distress");
  const json advice = house.get(Asker::admin, "/api/thresholds");
  EXPECT_EQ(advice["setting"], "[distress] raise_probability");
  EXPECT_FALSE(advice["too_few"]);
  EXPECT_EQ(advice["cues"],
            advice["right"].get<int>() + advice["wrong"].get<int>() + advice["unsure"].get<int>());
  EXPECT_TRUE(house.get(Asker::admin, "/api/thresholds?kind=monologue")["setting"].is_null());
}

TEST(NumberRoutes, TakeTheScoresThatFitACallAndTellTheOthers) {
  NumbersHouse house;
  std::string mixed = "source,kind,value\nrec1.wav,QA,4\nrec2.wav,QA,many\nnone.wav,QA,3\n";
  for (int line = 5; line < 20; ++line) mixed += "rec1.wav,QA,4\n";
  const auto before = house.audit_entries();
  const HttpResponse told = house.post_scores(Asker::admin, mixed);
  EXPECT_EQ(told.status, 200);
  const json answer = json::parse(told.body);
  EXPECT_EQ(answer["taken"], 1);
  EXPECT_EQ(answer["new"], 1);
  EXPECT_EQ(answer["without_call"], 1);
  EXPECT_EQ(answer["lines_without_call"], json({4}));
  EXPECT_EQ(answer["bad"], 16);
  ASSERT_EQ(answer["problems"].size(), 10U) << "the first ten";
  EXPECT_EQ(answer["problems"][0], "line 3: the value is no number; write one as 4 or 87.5");
  EXPECT_EQ(answer["problems"][1], "line 5: this call has a score of this kind further up");
  EXPECT_EQ(house.audit_entries(), before + 1);
  EXPECT_EQ(house.get(Asker::admin, "/api/numbers/scores")["kinds"][0]["kind"], "QA");
  EXPECT_EQ(house.post_scores(Asker::admin, "").status, 400);
  EXPECT_EQ(house.post_scores(Asker::admin, "rec1.wav,CSAT,4\n").status, 400);
  EXPECT_EQ(house.post_scores(Asker::agent, "source,kind,value\n").status, 403);

  std::string csv = "call_id,kind,value,at\n";
  for (int i = 1; i <= 90; ++i) {
    csv += std::to_string(i) + ",CSAT," + std::to_string(5 - i % 5) + ",2026-11-20\n";
  }
  const HttpResponse good = house.post_scores(Asker::admin, csv);
  EXPECT_EQ(json::parse(good.body), json({{"taken", 90},
                                          {"new", 90},
                                          {"replaced", 0},
                                          {"without_call", 0},
                                          {"lines_without_call", json::array()},
                                          {"bad", 0},
                                          {"problems", json::array()}}));
  const json scores = house.get(Asker::admin, "/api/numbers/scores?kind=CSAT");
  EXPECT_EQ(scores["kinds"][0]["calls"], 90);
  EXPECT_FALSE(scores["too_few"]);
  const auto overtalk = std::ranges::find_if(
      scores["measures"], [](const json& one) { return one["name"] == "overtalk_share"; });
  ASSERT_NE(overtalk, scores["measures"].end());
  EXPECT_LT((*overtalk)["high"], 0.0);  // both_s rises as the score falls.
  EXPECT_TRUE(house.get(Asker::admin, "/api/numbers/scores?kind=QA")["too_few"]);
}

TEST(NumberRoutes, RefuseQuestionsThatMakeNoSense) {
  NumbersHouse house;
  for (const char* question :
       {"/api/numbers?from=2026-02-30", "/api/numbers?step=hour", "/api/numbers?by=agent",
        "/api/numbers?agent=Zebulon1", "/api/numbers?from=2026-01-02&to=2026-01-02",
        "/api/numbers?step=day&step=day", "/api/numbers?step=day&from=2020-01-01",
        "/api/numbers/change", "/api/numbers/change?on=yesterday",
        "/api/numbers/change?on=2026-11-22&days=0", "/api/numbers/change?on=2026-11-22&days=1e2",
        "/api/numbers/exposure?from=2020-01-01", "/api/thresholds?kind=anger",
        "/api/agreement?by=team", "/api/numbers/mine?agent=b1", "/api/verdicts.csv?kind=x"}) {
    const Asker asker = std::string_view(question).find("mine") == std::string_view::npos
                            ? Asker::admin
                            : Asker::agent;
    const HttpResponse reply = house.ask(asker, "GET", question);
    EXPECT_EQ(reply.status, 400) << question << ": " << reply.body;
  }
}

TEST(VerdictExport, HasALineForEachVerdictInScope) {
  NumbersHouse house;
  const auto before = house.audit_entries();
  const HttpResponse all = house.ask(Asker::admin, "GET", "/api/verdicts.csv");
  EXPECT_EQ(all.status, 200);
  EXPECT_EQ(all.type, "text/csv; charset=utf-8");
  EXPECT_EQ(house.audit_entries(), before + 1);
  EXPECT_EQ(all.body.find("file,raised_at_s,verdict\r\n"), 0U);
  EXPECT_NE(all.body.find("\"in, \"\"quotes\"\"/rec5.wav\",36.345,right\r\n"), std::string::npos)
      << all.body.substr(0, 300);
  const HttpResponse north = house.ask(Asker::supervisor, "GET", "/api/verdicts.csv");
  EXPECT_LT(north.body.size(), all.body.size());
  EXPECT_GT(std::ranges::count(north.body, '\n'), 20);
}

TEST(ScoreTable, TellsEachLineThatMakesNoSense) {
  const std::string csv =
      "\xEF\xBB\xBFsource,kind,value,at\r\n"
      "\"a, b.wav\",CSAT,4,2026-11-20\r\n"
      "\r\n"
      "a.wav,CSAT,nan,\r\n"
      "a.wav,CSAT,4\r\n"
      ",CSAT,4,\r\n"
      "b.wav,,4,\r\n"
      "c.wav,CSAT,4,soon\r\n"
      "\"two\r\nlines.wav\",CSAT,5,\r\n"
      "d.wav,CSAT,5,";
  auto table = ScoreTable::open(csv);
  ASSERT_TRUE(table) << table.error().message;
  const auto first = table->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ(std::get<std::string>((*first)->call), "a, b.wav");
  EXPECT_EQ((*first)->line, 2);
  for (const int line : {4, 5, 6, 7, 8, 9}) {
    const auto bad = table->next();
    ASSERT_TRUE(bad);
    EXPECT_FALSE(*bad) << line;
    EXPECT_EQ(table->line(), line);
  }
  const auto last = table->next();
  ASSERT_TRUE(last && *last);
  EXPECT_EQ((*last)->line, 11);
  EXPECT_FALSE(table->next());
  EXPECT_FALSE(ScoreTable::open("source,value,kind\n"));
  EXPECT_FALSE(ScoreTable::open("source,kind,value\n\xFF,CSAT,4\n"));
  EXPECT_FALSE(ScoreTable::open(""));
}

}  // namespace
}  // namespace tonecue

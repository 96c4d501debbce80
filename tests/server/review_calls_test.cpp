// The list of calls, its filters, saved views, and what is known of a call beside its sound.
#include <filesystem>
#include <string>
#include <vector>

#include "server/review_site.h"

namespace tonecue::test {
namespace {

using nlohmann::json;

class ListOfCalls : public ReviewSite {
 protected:
  std::vector<std::int64_t> listed(const std::string& who, const std::string& query = "") {
    const Replied reply = get(who, "/api/calls" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::vector<std::int64_t> ids;
    for (const json& call : reply.json["calls"]) ids.push_back(call["id"]);
    return ids;
  }
};

TEST_F(ListOfCalls, TellsOfACallWhatNeedsAPerson) {
  const auto id = add_call("distressed", [](CallDetails& details) {
    details.source = "Käse <b>.flac";
    details.caller_ref = "C-7";
  });
  const Replied reply = get("sam", "/api/calls");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["total"], 1);
  EXPECT_TRUE(reply.json["next"].is_null());
  const json& call = reply.json["calls"].at(0);
  EXPECT_EQ(call["id"], id);
  EXPECT_EQ(call["started_at"], "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(call["source"], "Käse <b>.flac");
  EXPECT_EQ(call["caller_ref"], "C-7");
  EXPECT_EQ(call["origin"], "recording");
  EXPECT_EQ(call["state"], "done");
  EXPECT_EQ(call["cues"]["customer"]["distress"], 1);
  EXPECT_EQ(call["cues"]["agent"], (json{{"interruption", 1}}));
  EXPECT_EQ(call["confidence"]["agent"].size(), 1U);
  const double surest = call["confidence"]["customer"]["distress"];
  const json whole = get("sam", "/api/calls/" + std::to_string(id)).json;
  for (const json& cue : whole["cues"]) {
    if (cue["kind"] != "distress") continue;
    EXPECT_NEAR(surest, cue["confidence"].get<double>(), 0.01);
  }
  EXPECT_EQ(call["recovered"], true);
  EXPECT_GT(call["need"], 3.0);
  EXPECT_EQ(call["need_because"].at(0), "distress that calmed");
  EXPECT_EQ(call["reviewed"], false);
  EXPECT_EQ(call["audio"], false);
  EXPECT_TRUE(call["conduct_from"].is_null());
}

TEST_F(ListOfCalls, ShowsEverybodyTheirOwnPartAlone) {
  const auto north = add_call();
  const auto south = add_call("calm", [](CallDetails& details) { details.team = "South"; });
  const auto dana = add_call("calm", [](CallDetails& details) { details.agent = "Dana Kim"; });
  EXPECT_EQ(listed("ada", "?order=oldest").size(), 3U);
  EXPECT_EQ(listed("sam").size(), 2U);
  EXPECT_EQ(listed("tom"), std::vector{south});
  EXPECT_EQ(listed("dana"), std::vector{dana});
  EXPECT_TRUE(listed("rob").empty());
  EXPECT_EQ(get("", "/api/calls").status, 401);
  EXPECT_EQ(get("tom", "/api/calls/" + std::to_string(north)).status, 404);
  EXPECT_EQ(get("tom", "/api/facets").json["teams"], json({"South"}));
}

TEST_F(ListOfCalls, FiltersAndPages) {
  const auto upset = add_call("distressed", [](CallDetails& d) { d.started_unix_ms = 3000; });
  const auto calm = add_call("calm", [](CallDetails& d) { d.started_unix_ms = 2000; });
  const auto cut = add_call("interrupted", [](CallDetails& d) { d.started_unix_ms = 1000; });
  EXPECT_EQ(listed("sam", "?kind=distress"), std::vector{upset});
  EXPECT_EQ(listed("sam", "?order=newest"), (std::vector{upset, calm, cut}));
  EXPECT_EQ(listed("sam", "?order=oldest&to=1970-01-01T00:00:03Z"), (std::vector{cut, calm}));
  EXPECT_EQ(listed("sam", "?order=oldest&queue=billing&queue=other&from=1970-01-01T00:00:02Z"),
            (std::vector{calm, upset}));
  EXPECT_TRUE(listed("sam", "?agent=Nobody%20Here").empty());

  const Replied first = get("sam", "/api/calls?order=newest&limit=2");
  ASSERT_TRUE(first.json["next"].is_string()) << first.body;
  EXPECT_EQ(first.json["total"], 3);
  EXPECT_EQ(listed("sam", "?order=newest&limit=2&after=" + first.json["next"].get<std::string>()),
            std::vector{cut});
  const std::string next = "/api/calls/" + std::to_string(calm) + "/next?order=newest";
  EXPECT_EQ(get("sam", next).json, (json{{"id", cut}}));
  EXPECT_EQ(get("sam", next + "&kind=distress").json, (json{{"id", upset}}));
}

TEST_F(ListOfCalls, RefusesAQueryThatMakesNoSense) {
  const Replied reply = get("sam", "/api/calls?teem=North");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.error(), R"(there is no "teem" here)");
  EXPECT_EQ(get("sam", "/api/calls?after=zzz").status, 400);
  EXPECT_EQ(get("sam", "/api/calls/1/next?limit=1").status, 400);
}

TEST_F(ListOfCalls, KeepsViewsForTheirOwnerAlone) {
  const Replied saved = send("sam", "POST", "/api/views", {{"name", "Süd"}, {"query", "?team=N"}});
  ASSERT_EQ(saved.status, 201) << saved.body;
  EXPECT_EQ(saved.json["name"], "Süd");
  EXPECT_EQ(get("sam", "/api/views").json["views"], json::array({saved.json}));
  EXPECT_EQ(get("ada", "/api/views").json["views"], json::array());
  const std::string address = "/api/views/" + std::to_string(saved.json["id"].get<int>());
  EXPECT_EQ(send("ada", "DELETE", address, {}).status, 404);
  EXPECT_EQ(send("sam", "DELETE", address, {}).status, 204);
  EXPECT_EQ(get("sam", "/api/views").json["views"], json::array());
  EXPECT_EQ(send("sam", "POST", "/api/views", {{"name", ""}, {"query", ""}}).status, 400);
}

TEST_F(ListOfCalls, IsReadByMachinesOfItsTeams) {
  const auto north = add_call();
  add_call("calm", [](CallDetails& details) { details.team = "South"; });
  const std::string reader = make_token(TokenRight::read, {"North"});
  const Replied reply = get_by_token(reader, "/api/calls");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["total"], 1);
  EXPECT_EQ(get_by_token(reader, "/api/calls/" + std::to_string(north)).status, 200);
  EXPECT_EQ(audited().back(), "token:machine call.view call/" + std::to_string(north));
  EXPECT_EQ(get_by_token(reader, "/api/views").status, 403);
  EXPECT_EQ(get_by_token(make_token(TokenRight::upload, {}), "/api/calls").status, 403);
}

class DetailsOfACall : public ListOfCalls {};

TEST_F(DetailsOfACall, ChangeWhereTheySay) {
  const auto id = add_call();
  const std::string address = "/api/calls/" + std::to_string(id);
  const Replied reply =
      send("sam", "PATCH", address, {{"queue", "Aufträge"}, {"caller_ref", "C-9"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["queue"], "Aufträge");
  EXPECT_EQ(reply.json["caller_ref"], "C-9");
  EXPECT_EQ(reply.json["agent"], "Mei Tanaka");
  EXPECT_EQ(audited().back(), "sam call.change call/" + std::to_string(id) + " queue, caller_ref");
}

TEST_F(DetailsOfACall, StayWhereTheAskerSeesThem) {
  const auto id = add_call();
  const std::string address = "/api/calls/" + std::to_string(id);
  EXPECT_EQ(send("sam", "PATCH", address, {{"team", "South"}}).status, 400);
  EXPECT_EQ(send("tom", "PATCH", address, {{"team", "South"}}).status, 404);
  EXPECT_EQ(send("dana", "PATCH", address, {{"queue", "x"}}).status, 403);
  EXPECT_EQ(send("sam", "PATCH", address, {{"source", "x"}}).status, 400);
  EXPECT_EQ(send("sam", "PATCH", address, {{"queue", 3}}).status, 400);
  EXPECT_EQ(send("ada", "PATCH", address, {{"team", "South"}}).status, 200);
  EXPECT_EQ(get("sam", address).status, 404);
}

TEST_F(DetailsOfACall, GoWithTheCall) {
  const auto id = add_call();
  keep_sound(id, "fLaC");
  const std::string address = "/api/calls/" + std::to_string(id);
  EXPECT_EQ(send("sam", "DELETE", address, {}).status, 403);
  EXPECT_EQ(send("ada", "DELETE", address, {}).status, 204);
  EXPECT_EQ(get("ada", address).status, 404);
  EXPECT_EQ(send("ada", "DELETE", address, {}).status, 404);
  EXPECT_FALSE(
      std::filesystem::exists(folder_.path("recordings/2026/11/" + std::to_string(id) + ".flac")));
  EXPECT_EQ(audited().back(), "ada call.delete call/" + std::to_string(id));
}

}  // namespace
}  // namespace tonecue::test

// The description of the interface against the table of routes and against real answers.
#include <algorithm>
#include <set>
#include <string>

#include "server/review/route.h"
#include "server/review_site.h"
#include "server/schema_check.h"

namespace tonecue::test {
namespace {

using nlohmann::json;

class OpenApi : public ReviewSite {
 protected:
  const json& document() {
    if (document_.is_null()) document_ = get("", "/api/openapi.json").json;
    return document_;
  }

  json operation(std::string method, const std::string& path) {
    std::ranges::transform(method, method.begin(),
                           [](char c) { return static_cast<char>(c | 0x20); });
    return document().at("paths").at(path).at(method);
  }

  json resolved(const json& part) {
    if (!part.contains("$ref")) return part;
    return document().at(json::json_pointer(part["$ref"].get<std::string>().substr(1)));
  }

  // Whether an answer is one that the description promises.
  void expect_described(const std::string& method, const std::string& path, const Replied& reply) {
    const std::string what = method + " " + path + " " + std::to_string(reply.status);
    const json responses = operation(method, path).at("responses");
    ASSERT_TRUE(responses.contains(std::to_string(reply.status))) << what << reply.body;
    const json told = resolved(responses.at(std::to_string(reply.status)));
    if (!told.contains("content")) {
      EXPECT_TRUE(reply.body.empty()) << what;
      return;
    }
    const std::string type = reply.headers.at("content-type");
    const std::string plain = type.substr(0, type.find(';'));
    ASSERT_TRUE(told["content"].contains(plain)) << what << " " << type;
    const json content = told["content"][plain];
    if (!content.contains("schema")) return;
    for (const std::string& misfit : misfits(document(), content["schema"], reply.json)) {
      ADD_FAILURE() << what << ": " << misfit;
    }
  }

  Replied describe(const std::string& who, const std::string& path, const std::string& target) {
    Replied reply = get(who, target);
    EXPECT_EQ(reply.status, 200) << target << reply.body;
    expect_described("GET", path, reply);
    return reply;
  }

  Replied describe(const std::string& who, const std::string& method, const std::string& path,
                   const std::string& target, const json& body, int status) {
    Replied reply = send(who, method, target, body);
    EXPECT_EQ(reply.status, status) << target << reply.body;
    expect_described(method, path, reply);
    return reply;
  }

 private:
  json document_{};
};

TEST_F(OpenApi, TellsOfEveryRouteAndOfNoOther) {
  std::set<std::string> described;
  for (const auto& [path, operations] : document().at("paths").items()) {
    for (const auto& [method, operation] : operations.items()) {
      std::string upper = method;
      std::ranges::transform(upper, upper.begin(),
                             [](char c) { return static_cast<char>(c & ~0x20); });
      described.insert(upper.append(" ").append(path));
    }
  }
  std::set<std::string> answered;
  for (const Route& route : all_review_routes()) {
    if (!route.path.starts_with("/api/")) continue;
    answered.insert(std::string(route.method) + " " + std::string(route.path));
  }
  EXPECT_EQ(described, answered);
}

TEST_F(OpenApi, SaysOfEachRouteWhoMayAskAndWhatFor) {
  for (const Route& route : all_review_routes()) {
    if (!route.path.starts_with("/api/")) continue;
    const json one = operation(std::string(route.method), std::string(route.path));
    EXPECT_EQ(one["summary"], route.summary) << route.path;
    const bool open = route.access == Access::anyone;
    EXPECT_EQ(one["security"].empty(), open) << route.path;
    const bool for_machines =
        std::ranges::any_of(one["security"], [](const json& way) { return way.contains("token"); });
    EXPECT_EQ(for_machines, route.token_right.has_value()) << route.path;
    const std::string told = one.value("description", "");
    EXPECT_EQ(told.starts_with("For admins."), route.access == Access::admin) << route.path;
    EXPECT_EQ(told.starts_with("For supervisors and admins."), route.access == Access::supervisor)
        << route.path;
    if (route.token_right) {
      EXPECT_NE(told.find("`" + std::string(name(*route.token_right)) + "`"), std::string::npos)
          << route.path;
    }
    if (!open) {
      EXPECT_TRUE(one["responses"].contains("401")) << route.path;
    }
  }
}

TEST_F(OpenApi, IsWholeInItself) {
  std::set<std::string> ids;
  for (const auto& [path, operations] : document()["paths"].items()) {
    for (const auto& [method, one] : operations.items()) {
      EXPECT_TRUE(ids.insert(one["operationId"]).second) << one["operationId"];
      const auto values = std::ranges::count(path, '{');
      const json parameters = one.value("parameters", json::array());
      EXPECT_EQ(std::ranges::count_if(
                    parameters, [](const json& parameter) { return parameter["in"] == "path"; }),
                values)
          << path;
    }
  }
  const json flat = document().flatten();
  for (const auto& [place, value] : flat.items()) {
    if (!place.ends_with("/$ref")) continue;
    const std::string to = value.get<std::string>();
    ASSERT_TRUE(to.starts_with("#/")) << place;
    EXPECT_TRUE(document().contains(json::json_pointer(to.substr(1)))) << place << " " << to;
  }
}

TEST_F(OpenApi, HasExamplesThatFit) {
  int examples = 0;
  const auto check = [&](const json& content, const std::string& where) {
    if (!content.contains("example")) return;
    ++examples;
    for (const auto& misfit : misfits(document(), content["schema"], content["example"])) {
      ADD_FAILURE() << where << ": " << misfit;
    }
  };
  for (const auto& [path, operations] : document()["paths"].items()) {
    for (const auto& [method, one] : operations.items()) {
      const std::string where = std::string(method).append(" ").append(path);
      if (one.contains("requestBody")) {
        for (const json& content : one["requestBody"]["content"]) check(content, where);
      }
      for (const json& response : one["responses"]) {
        for (const json& content : resolved(response).value("content", json::object())) {
          check(content, where);
        }
      }
    }
  }
  EXPECT_GT(examples, 25);
}

TEST_F(OpenApi, DescribesWhatIsSaidOfCalls) {
  const auto id = add_call("distressed", [](CallDetails& d) { d.caller_ref = "C-1"; });
  keep_sound(id, "fLaC");
  const std::string call = "/api/calls/" + std::to_string(id);
  send("sam", "POST", call + "/notes", {{"text", "x"}});
  const json cue = get("sam", call).json["cues"][0]["id"];
  describe("sam", "PUT", "/api/cues/{cue}/verdict",
           "/api/cues/" + std::to_string(cue.get<int>()) + "/verdict", {{"verdict", "right"}}, 200);
  describe("sam", "/api/calls", "/api/calls?order=newest&limit=1");
  describe("sam", "/api/calls/{call}", call);
  describe("sam", "/api/calls/{call}", call + "?follow=yes");
  describe("sam", "/api/calls/{call}/track", call + "/track");
  describe("sam", "/api/calls/{call}/audio", call + "/audio");
  describe("sam", "/api/calls/{call}/next", call + "/next");
  for (const char* form : {"json", "csv", "audacity", "textgrid", "html", "flac"}) {
    describe("sam", "/api/calls/{call}/export/{form}", call + "/export/" + form);
  }
  describe("ada", "/api/callers/{ref}/export", "/api/callers/C-1/export");
  describe("sam", "/api/facets", "/api/facets");
  describe("sam", "PATCH", "/api/calls/{call}", call, {{"queue", "x"}}, 200);
  describe("sam", "PUT", "/api/calls/{call}/reviewed", call + "/reviewed", {{"reviewed", true}},
           204);
  describe("ada", "DELETE", "/api/calls/{call}", call, {}, 204);
}

TEST_F(OpenApi, DescribesCallsOfWhichMuchIsUnknown) {
  const auto hidden = add_call("interrupted", [](CallDetails& d) { d.agent = "Dana Kim"; });
  describe("sam", "/api/calls/{call}", "/api/calls/" + std::to_string(hidden));
  CallReport bare;
  bare.file = "bare.wav";
  bare.present.agent = false;
  const auto id = calls_.add({.team = "North", .origin = CallOrigin::live}, {}, bare);
  ASSERT_TRUE(id) << id.error().message;
  describe("sam", "/api/calls/{call}", "/api/calls/" + std::to_string(*id));
  describe("sam", "/api/calls/{call}/track", "/api/calls/" + std::to_string(*id) + "/track");
}

TEST_F(OpenApi, DescribesViewsNotesUploadsAndPrivacy) {
  const auto id = add_call();
  const json view =
      describe("sam", "POST", "/api/views", "/api/views", {{"name", "a"}, {"query", "?x"}}, 201)
          .json;
  describe("sam", "/api/views", "/api/views");
  describe("sam", "DELETE", "/api/views/{view}",
           "/api/views/" + std::to_string(view["id"].get<int>()), {}, 204);
  const json note =
      describe("sam", "POST", "/api/calls/{call}/notes",
               "/api/calls/" + std::to_string(id) + "/notes", {{"at_s", 1}, {"text", "x"}}, 201)
          .json;
  const std::string address = "/api/notes/" + std::to_string(note["id"].get<int>());
  describe("sam", "PUT", "/api/notes/{note}", address, {{"text", "y"}}, 200);
  describe("sam", "DELETE", "/api/notes/{note}", address, {}, 204);
  expect_described("POST", "/api/calls",
                   send_bytes("sam", "POST", "/api/calls?name=a.wav", "RIFF"));
  jobs_ = {{.id = 1, .name = "a.wav", .by = "sam"}};
  describe("sam", "/api/jobs", "/api/jobs");
  describe("sam", "/api/privacy", "/api/privacy");
  describe("ada", "DELETE", "/api/callers/{ref}", "/api/callers/x", {}, 200);
}

TEST_F(OpenApi, DescribesWhoMaySignInAndWhoDidWhat) {
  describe("", "/api/me", "/api/me");
  describe("sam", "/api/me", "/api/me");
  describe("", "/api/health", "/api/health");
  describe("ada", "/api/people", "/api/people");
  const json made = describe("ada", "POST", "/api/people", "/api/people",
                             {{"login", "eve"}, {"name", "Eve"}, {"role", "agent"}}, 201)
                        .json;
  const std::string eve = "/api/people/" + std::to_string(made["person"]["id"].get<int>());
  describe("ada", "PATCH", "/api/people/{person}", eve, {{"agent", "Eve"}}, 200);
  describe("ada", "POST", "/api/people/{person}/password", eve + "/password", {}, 200);
  describe("ada", "POST", "/api/tokens", "/api/tokens",
           {{"name", "t"}, {"right", "read"}, {"days", 1}}, 201);
  describe("ada", "/api/tokens", "/api/tokens");
  describe("ada", "/api/audit", "/api/audit");
  describe("ada", "/api/audit/check", "/api/audit/check");
  describe("", "POST", "/api/session", "/api/session", {{"login", "sam"}, {"password", "wrong"}},
           401);
  describe("", "POST", "/api/session", "/api/session",
           {{"login", "sam"}, {"password", "a plain horse battery"}}, 200);
  describe("sam", "POST", "/api/me/password", "/api/me/password",
           {{"old", "a plain horse battery"}, {"new", "another horse battery"}}, 204);
  describe("sam", "DELETE", "/api/session", "/api/session", {}, 204);
}

TEST_F(OpenApi, DescribesRefusals) {
  expect_described("GET", "/api/calls", get("sam", "/api/calls?x=1"));
  expect_described("GET", "/api/calls", get("", "/api/calls"));
  expect_described("GET", "/api/people", get("sam", "/api/people"));
  expect_described("GET", "/api/calls/{call}", get("sam", "/api/calls/9"));
  expect_described("PUT", "/api/notes/{note}", send("sam", "PUT", "/api/notes/1", json::array()));
}

}  // namespace
}  // namespace tonecue::test

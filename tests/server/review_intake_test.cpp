// Recordings that are handed in, what is kept, and one caller's data.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "server/review_site.h"

namespace tonecue::test {
namespace {

using nlohmann::json;

class Upload : public ReviewSite {
 protected:
  std::ptrdiff_t incoming() const {
    return std::distance(std::filesystem::directory_iterator(folder_.path("incoming")), {});
  }
  std::string content(const std::string& path) const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(Upload, GivesTheRecordingAndWhatIsKnownToTheProgram) {
  const Replied reply = send_bytes("sam", "POST",
                                   "/api/calls?name=K%C3%A4se.wav&agent=Dana%20Kim&queue=Billing"
                                   "&caller_ref=C-1&consent_ref=n-1&started_at=2026-11-22T08:00:00Z"
                                   "&agent_channel=right",
                                   "RIFF-bytes");
  ASSERT_EQ(reply.status, 202) << reply.body;
  EXPECT_EQ(reply.json, (json{{"job", 1}}));
  ASSERT_EQ(submitted_.size(), 1U);
  const IntakeFile& file = submitted_[0];
  EXPECT_EQ(content(file.path), "RIFF-bytes");
  EXPECT_EQ(std::filesystem::path(file.path).parent_path(), folder_.path("incoming"));
  EXPECT_EQ(file.details.source, "Käse.wav");
  EXPECT_EQ(file.details.agent, "Dana Kim");
  EXPECT_EQ(file.details.team, "North");  // The only one of sam's.
  EXPECT_EQ(file.details.consent_ref, "n-1");
  EXPECT_EQ(file.details.origin, CallOrigin::uploaded);
  EXPECT_EQ(file.agent_channel, "right");
  EXPECT_EQ(file.by, "sam");
  EXPECT_EQ(audited().back().substr(0, 25), "sam call.upload job/1 10 ");
}

TEST_F(Upload, LeavesNothingBehindWhenItIsRefused) {
  for (const char* query :
       {"", "?name=", "?name=../x.wav", "?name=a.wav&team=South", "?name=a.wav&oops=1",
        "?name=a.wav&agent_channel=both", "?name=a.wav&started_at=never"}) {
    const Replied reply = send_bytes("sam", "POST", std::string("/api/calls") + query, "RIFF");
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_FALSE(reply.error().empty()) << query;
  }
  EXPECT_EQ(send_bytes("tom", "POST", "/api/calls?name=a.wav", "RIFF").status, 400);
  EXPECT_EQ(send_bytes("sam", "POST", "/api/calls?name=a.wav", "").status, 400);
  EXPECT_EQ(send_bytes("dana", "POST", "/api/calls?name=a.wav", "RIFF").status, 403);
  EXPECT_EQ(send_bytes("", "POST", "/api/calls?name=a.wav", "RIFF").status, 401);
  EXPECT_EQ(send_bytes("sam", "POST", "/api/calls?name=a.wav&caller_ref=.", "RIFF").status, 400);
  EXPECT_TRUE(submitted_.empty());
  EXPECT_EQ(incoming(), 0);
}

TEST_F(Upload, LeavesNothingBehindWhenTheProgramCannotTakeIt) {
  refuse_upload_ = Error{ErrorCode::unwritable, "no room in " + folder_.path()};
  const Replied reply = send_bytes("sam", "POST", "/api/calls?name=a.wav", "RIFF");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.error().find(folder_.path()), std::string::npos) << reply.error();
  EXPECT_EQ(incoming(), 0);
}

TEST_F(Upload, HasALongestLength) {
  const Replied reply =
      send_bytes("sam", "POST", "/api/calls?name=a.wav", std::string(300'000, 'x'));
  EXPECT_EQ(reply.status, 413);
  EXPECT_TRUE(submitted_.empty());
  EXPECT_EQ(incoming(), 0);
}

TEST_F(Upload, TakesTheScoresOfAYear) {
  add_call("calm");
  std::string year = "source,kind,value,at\ncalm.flac,CSAT,4,2026-11-22\n";
  for (int i = 2; i <= 100'000; ++i) {
    year += "2026-11-22_call_" + std::to_string(i) + ".flac,CSAT,4,2026-11-22\n";
  }
  ASSERT_GT(year.size(), 4'000'000U);
  const Replied reply = send_bytes("sam", "POST", "/api/scores", year, "text/csv");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["taken"], 1);
  EXPECT_EQ(reply.json["without_call"], 99'999);
  EXPECT_EQ(reply.json["bad"], 0);
  EXPECT_EQ(audited().back(), "sam scores.import 1 new, 0 replaced");
  EXPECT_EQ(incoming(), 0);
}

TEST_F(Upload, RefusesScoresByTheHeadOfTheRequest) {
  constexpr std::size_t kTooMuch = std::size_t{16} * 1024 * 1024 + 1;
  EXPECT_EQ(send_head("sam", "/api/scores", "text/csv", kTooMuch).status, 413);
  EXPECT_EQ(send_head("sam", "/api/scores", "application/json", 100).status, 415);
  EXPECT_EQ(send_head("dana", "/api/scores", "text/csv", 100).status, 403);
  EXPECT_EQ(incoming(), 0);
}

TEST_F(Upload, ComesFromMachinesThatSeeNothing) {
  const std::string token = make_token(TokenRight::upload, {});
  const std::string request =
      post(server_->port(), "/api/calls?name=a.wav&team=South", "RIFF",
           "Authorization: Bearer " + token + "\r\nContent-Type: audio/wav\r\n");
  EXPECT_EQ(ask(server_->port(), request).status, 202);
  ASSERT_EQ(submitted_.size(), 1U);
  EXPECT_EQ(submitted_[0].by, "token:machine");
  EXPECT_EQ(submitted_[0].details.team, "South");
  EXPECT_EQ(get_by_token(token, "/api/jobs").status, 403);
}

TEST_F(Upload, ShowsEverybodyTheirOwnJobs) {
  const auto north = add_call();
  const auto south = add_call("calm", [](CallDetails& details) { details.team = "South"; });
  jobs_ = {{.id = 3,
            .name = "c.wav",
            .by = "sam",
            .state = IntakeJob::State::known,
            .progress = 1.0F,
            .call_id = south},
           {.id = 2, .name = "b.wav", .by = "tom"},
           {.id = 1,
            .name = "a.wav",
            .by = "sam",
            .state = IntakeJob::State::done,
            .progress = 1.0F,
            .call_id = north}};
  const json own = get("sam", "/api/jobs").json["jobs"];
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0], (json{{"id", 3},
                          {"name", "c.wav"},
                          {"state", "known"},
                          {"progress", 1.0},
                          {"call", nullptr},
                          {"error", ""}}));
  EXPECT_EQ(own[1]["call"], north);
  EXPECT_EQ(get("ada", "/api/jobs").json["jobs"].size(), 3U);
  EXPECT_EQ(get("dana", "/api/jobs").status, 403);
}

class Privacy : public ReviewSite {};

TEST_F(Privacy, SaysWhatIsKeptAndHowLong) {
  const auto id = add_call();
  keep_sound(id, "fLaC");
  const Replied reply = get("dana", "/api/privacy");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["agent_first_h"], 24);
  EXPECT_EQ(reply.json["keeps_audio"], false);
  EXPECT_EQ(reply.json["last_run"], "2023-11-14T22:13:20.000Z");
  const json& kept = reply.json["retention"];
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(
      kept[0],
      (json{
          {"kind", "audio"}, {"days", 30}, {"count", 1}, {"oldest", "2023-11-14T22:13:20.000Z"}}));
  EXPECT_EQ(kept[1]["count"], 1);
  EXPECT_EQ(kept[2]["kind"], "audit");
}

TEST_F(Privacy, GivesOutAllThatIsKeptOfOneCaller) {
  const auto mine = [](CallDetails& details) { details.caller_ref = "Müller 7"; };
  const auto one = add_call("distressed", mine);
  const auto other = add_call("calm", mine);
  add_call("calm");
  const auto cue = calls_.load({.reach = Scope::Reach::everything}, one)->cue_ids.front();
  const std::string verdict = "/api/cues/" + std::to_string(cue) + "/verdict";
  ASSERT_EQ(send("sam", "PUT", verdict, {{"verdict", "unsure"}}).status, 200);
  ASSERT_EQ(
      send("sam", "POST", "/api/calls/" + std::to_string(other) + "/notes", {{"text", "!"}}).status,
      201);
  const std::string caller = "/api/callers/M%C3%BCller%207";
  const Replied reply = get("ada", caller + "/export");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json["caller_ref"], "Müller 7");
  ASSERT_EQ(reply.json["calls"].size(), 2U);
  EXPECT_EQ(reply.json["calls"][0]["cues"][0]["verdicts"][0]["verdict"], "unsure");
  EXPECT_EQ(reply.json["calls"][1]["notes"][0]["text"], "!");
  EXPECT_EQ(audited().back(), "ada caller.export caller/Müller 7 2 calls");
  EXPECT_EQ(get("sam", caller + "/export").status, 403);
  EXPECT_EQ(get("ada", "/api/callers/nobody/export").status, 404);
}

// Any word of a site's own: what a browser or a program sends for it is found, and nothing else.
TEST_F(Privacy, FindsACallerByAnyReferenceThatACallMayHave) {
  const std::vector<std::pair<std::string, std::string>> callers = {
      {"a/b", "a%2Fb"},
      {"a%2Fb", "a%252Fb"},
      {"a/../b", "a%2F..%2Fb"},
      {"../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"},
      {"/", "%2F"},
      {"C 1?x=2#3", "C%201%3Fx%3D2%233"},
      {"+49 (170) 1+1=2 & more", "%2B49%20(170)%201%2B1%3D2%20%26%20more"},
      {"Müller ✓/export", "M%C3%BCller%20%E2%9C%93%2Fexport"},
      {"export", "export"},
      {"...", "..."},
      {"a\\b;c", "a%5Cb%3Bc"},
      {std::string(200, '/'), [] {
         std::string sent;
         for (int i = 0; i < 200; ++i) sent += "%2F";
         return sent;
       }()}};
  for (const auto& one : callers) {
    add_call("calm", [&one](CallDetails& details) { details.caller_ref = one.first; });
  }
  for (const auto& [caller, sent] : callers) {
    const std::string address = "/api/callers/" + sent;
    const Replied reply = get("ada", address + "/export");
    ASSERT_EQ(reply.status, 200) << caller << reply.body;
    EXPECT_EQ(reply.json["caller_ref"], caller);
    EXPECT_EQ(reply.json["calls"].size(), 1U) << caller;
    EXPECT_EQ(audited().back(), "ada caller.export caller/" + caller + " 1 calls");
    EXPECT_EQ(send("ada", "DELETE", address, {}).json, (json{{"removed", 1}})) << caller;
    EXPECT_EQ(get("ada", address + "/export").status, 404) << caller;
  }
  EXPECT_EQ(get("ada", "/api/calls").json["total"], 0);
}

TEST_F(Privacy, RefusesAddressesThatAreTricks) {
  add_call("calm", [](CallDetails& details) { details.caller_ref = "a/b"; });
  for (const char* address :
       {"/api/callers/a/b/export", "/api/callers//export", "/api/callers/../export",
        "/api/callers/%2e%2e/export", "/api/callers/.%2E/export", "/api%2Fcallers/a%2Fb/export",
        "/api/callers%2Fa%2Fb%2Fexport", "/api/callers/a%00b/export", "/api/callers/a%0Ab/export",
        "/api/callers/a%2/export", "/api/callers/%C3%28/export", "/api/calls/1%2F..%2F1",
        "/api/calls/..%2F..%2Ftonecue.db", "/api/calls/1/export/..%2F..%2Ftonecue.db",
        "/api/calls/1%2Faudio", "/calls/..%2Fpeople"}) {
    const Replied reply = get("ada", address);
    EXPECT_TRUE(reply.status == 400 || reply.status == 404) << address << " " << reply.status;
    EXPECT_EQ(reply.body.find("SQLite"), std::string::npos);
  }
  EXPECT_EQ(get("ada", "/api/calls").json["total"], 1);
}

TEST_F(Privacy, DeletesAllOfOneCallerAndNothingElse) {
  const auto mine = [](CallDetails& details) { details.caller_ref = "C-1"; };
  const auto one = add_call("distressed", mine);
  keep_sound(one, "fLaC");
  add_call("calm", mine);
  add_call("calm");
  EXPECT_EQ(send("sam", "DELETE", "/api/callers/C-1", {}).status, 403);
  const Replied reply = send("ada", "DELETE", "/api/callers/C-1", {});
  EXPECT_EQ(reply.json, (json{{"removed", 2}}));
  EXPECT_EQ(get("ada", "/api/calls").json["total"], 1);
  EXPECT_FALSE(
      std::filesystem::exists(folder_.path("recordings/2026/11/" + std::to_string(one) + ".flac")));
  EXPECT_EQ(audited().back(), "ada caller.delete caller/C-1 2 calls");
  EXPECT_EQ(send("ada", "DELETE", "/api/callers/C-1", {}).json, (json{{"removed", 0}}));
}

}  // namespace
}  // namespace tonecue::test

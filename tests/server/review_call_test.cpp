// One call: what is told of it, to whom, and how it is played and exported.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "server/review_site.h"
#include "store/made_call.h"
#include "tonecue/report/cue_csv.h"
#include "tonecue/report/label_tracks.h"
#include "tonecue/report/plain_words.h"

namespace tonecue::test {
namespace {

using nlohmann::json;

std::string address(std::int64_t call) { return "/api/calls/" + std::to_string(call); }

class OneCall : public ReviewSite {
 protected:
  // As it is told to somebody.
  json told(const std::string& who, std::int64_t call) {
    const Replied reply = get(who, address(call));
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.json;
  }
  static json cue_of(const json& call, std::string_view kind) {
    for (const json& cue : call["cues"]) {
      if (cue["kind"] == kind) return cue;
    }
    ADD_FAILURE() << "no " << kind;
    return {};
  }
  Replied judge(const std::string& who, const json& cue, const json& verdict) {
    return send(who, "PUT", "/api/cues/" + std::to_string(cue["id"].get<int>()) + "/verdict",
                {{"verdict", verdict}});
  }
};

TEST_F(OneCall, SaysWhatWasFoundAndWhy) {
  const auto id = add_call();
  const json call = told("sam", id);
  EXPECT_EQ(call["call"]["id"], id);
  EXPECT_EQ(call["report"]["schema"], "tonecue.call/1");
  EXPECT_EQ(call["report"]["file"], "distressed.flac");
  EXPECT_FALSE(call["report"].contains("cues"));
  EXPECT_EQ(call["cues"].size(), bundled_call("distressed").cues.size());
  EXPECT_EQ(call["report"]["segments"].size(), bundled_call("distressed").segments.size());
  const json cue = cue_of(call, "interruption");
  EXPECT_EQ(cue["title"], "Interruption");
  EXPECT_EQ(cue["reason"].get<std::string>().substr(0, 20), "Agent cut in at 0:56");
  EXPECT_GT(cue["evidence"]["overlap_s"], 0.0);
  EXPECT_EQ(cue["verdicts"], json::array());
  EXPECT_TRUE(call["recording"].is_null());
  EXPECT_EQ(audited().back(), "sam call.view call/" + std::to_string(id));
}

TEST_F(OneCall, SaysWhatItWasJudgedWith) {
  const json call = told("sam", add_call());
  EXPECT_EQ(call["made_by"]["program"], "0.1.0");
  EXPECT_EQ(call["made_by"]["model"], "research");
  EXPECT_EQ(call["made_by"]["model_sha256"].get<std::string>().size(), 12U);
  EXPECT_EQ(call["made_by"]["settings_sha256"].get<std::string>().size(), 64U);
  const json raised = call["thresholds"]["raised_voice"];
  ASSERT_EQ(raised.size(), 2U);
  EXPECT_EQ(raised[0], (json{{"name", "raised_level_db"},
                             {"value", 6.5},
                             {"unit", "dB"},
                             {"text", "louder than this voice's usual by"}}));
  EXPECT_EQ(call["thresholds"]["distress"].at(0)["value"], 0.6);
  EXPECT_EQ(call["thresholds"].size(), static_cast<std::size_t>(kCueKinds));
  EXPECT_EQ(call["error_rates"]["interruption"]["precision"], 0.93);
  EXPECT_TRUE(call["error_rates"]["distress"]["precision"].is_null());
  EXPECT_EQ(call["error_rates"]["monologue"]["text"], "Not measured");
  EXPECT_EQ(call["error_rates"].size(), static_cast<std::size_t>(kCueKinds));
}

TEST_F(OneCall, DrawsBothVoices) {
  const auto id = add_call();
  const Replied reply = get("sam", address(id) + "/track");
  ASSERT_EQ(reply.status, 200);
  const CallReport& report = bundled_call("distressed");
  EXPECT_EQ(reply.json["step_s"], 0.1);
  for (const char* party : {"agent", "customer"}) {
    const json& voice = reply.json[party];
    for (const char* row : {"peak", "level_dbfs", "f0_hz", "speaking"}) {
      EXPECT_EQ(voice[row].size(), report.track.agent.size()) << party << row;
    }
    EXPECT_GT(voice["usual"]["f0_hz"], 50.0);
    EXPECT_GT(voice["usual"]["ready_s"], 5.0);
  }
  EXPECT_FALSE(reply.json["agent"].contains("distress"));
  EXPECT_EQ(reply.json["customer"]["distress"].size(), report.track.customer.size());
  EXPECT_EQ(audited(), std::vector{"sam call.view call/" + std::to_string(id)});
}

TEST_F(OneCall, IsOneViewHoweverManyPartsThePageAsksFor) {
  const auto id = add_call();
  told("sam", id);
  get("sam", address(id) + "/track");
  get("sam", address(id) + "/track");
  EXPECT_EQ(audited().size(), 1U);
  told("sam", id);  // Looked at again.
  get("ada", address(id) + "/track");
  EXPECT_EQ(audited().size(), 3U);
}

TEST_F(OneCall, IsOneViewWhileAPageFollowsIt) {
  const CallReport& whole = bundled_call("distressed");
  auto writer =
      calls_.begin(some_details("Mei Tanaka", "North"), some_makers(), so_far(whole, 30'000));
  ASSERT_TRUE(writer) << writer.error().message;
  const std::string call = address(writer->call_id());
  EXPECT_EQ(told("sam", writer->call_id())["call"]["state"], "open");
  get("sam", call + "/track");
  for (const std::int64_t now_ms : {40'000, 60'000, 80'000}) {
    ASSERT_TRUE(writer->update(so_far(whole, now_ms)));
    const Replied reply = get("sam", call + "?follow=yes");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.json["report"]["duration_s"], static_cast<double>(now_ms) / 1000.0);
    EXPECT_EQ(get("sam", call + "/track").json["agent"]["peak"].size(), now_ms / 100);
  }
  ASSERT_TRUE(writer->finish(whole));
  EXPECT_EQ(get("sam", call + "?follow=yes").json["call"]["state"], "done");
  EXPECT_EQ(audited("call.view"), 1);

  get("ada", call + "?follow=yes");  // Who says so, but has not opened it.
  EXPECT_EQ(audited().back(), "ada call.view call/" + std::to_string(writer->call_id()));
  told("sam", writer->call_id());
  EXPECT_EQ(audited("call.view"), 3);
  EXPECT_EQ(get("sam", call + "?follow=always").status, 400);
  EXPECT_EQ(get("tom", call + "?follow=yes").status, 404);
}

TEST_F(OneCall, IsNotSeenByItsAgentWhereTheirPageFollowsItAlone) {
  const auto id = add_call("interrupted", [](CallDetails& d) { d.agent = "Dana Kim"; });
  const std::string call = address(id);
  EXPECT_EQ(get("dana", call + "?follow=yes").status, 200);
  EXPECT_FALSE(told("sam", id)["call"]["conduct_from"].is_null());
  told("dana", id);
  EXPECT_TRUE(told("sam", id)["call"]["conduct_from"].is_null());
}

TEST_F(OneCall, OfOneVoiceHasNoOther) {
  CallReport report = bundled_call("calm");
  report.present.agent = false;
  report.track.agent.clear();
  const auto id = calls_.add(some_details("Mei", "North"), some_makers(), report);
  ASSERT_TRUE(id);
  EXPECT_TRUE(get("sam", address(*id) + "/track").json["agent"].is_null());
  EXPECT_TRUE(told("sam", *id)["report"]["parties"]["agent"].is_null());
}

TEST_F(OneCall, TellsVerdictsOfOthersOnlyAfterOnesOwn) {
  const auto id = add_call();
  const json cue = cue_of(told("sam", id), "distress");
  ASSERT_EQ(judge("ada", cue, "wrong").status, 200);
  EXPECT_EQ(cue_of(told("sam", id), "distress")["verdicts"], json::array());
  EXPECT_EQ(judge("sam", cue, nullptr).json["verdicts"], json::array());

  const Replied given = judge("sam", cue, "right");
  ASSERT_EQ(given.status, 200) << given.body;
  ASSERT_EQ(given.json["verdicts"].size(), 2U);
  EXPECT_EQ(given.json["verdicts"][0]["person"], "Ada Admin");
  EXPECT_EQ(given.json["verdicts"][0]["verdict"], "wrong");
  EXPECT_EQ(given.json["verdicts"][0]["mine"], false);
  EXPECT_EQ(given.json["verdicts"][1]["mine"], true);
  const json after = told("sam", id);
  EXPECT_EQ(cue_of(after, "distress")["verdicts"], given.json["verdicts"]);
  EXPECT_EQ(cue_of(after, "interruption")["verdicts"], json::array());

  EXPECT_EQ(judge("sam", cue, nullptr).json["verdicts"], json::array());
  EXPECT_EQ(cue_of(told("ada", id), "distress")["verdicts"].size(), 1U);
}

TEST_F(OneCall, TakesVerdictsOfWhomItConcernsAlone) {
  const auto id = add_call();
  const json cue = cue_of(told("sam", id), "distress");
  EXPECT_EQ(judge("tom", cue, "right").status, 404);
  EXPECT_EQ(judge("dana", cue, "right").status, 403);
  EXPECT_EQ(judge("sam", cue, "maybe").status, 400);
  EXPECT_EQ(judge("sam", {{"id", 99999}}, "right").status, 404);
  EXPECT_EQ(send("sam", "PUT", "/api/cues/1/verdict", json::object()).status, 400);
  EXPECT_EQ(audited("verdict.give"), 0);
}

TEST_F(OneCall, KeepsNotesWithTheirTimes) {
  const auto id = add_call();
  const std::string notes = address(id) + "/notes";
  const std::string text = "Größe: \"XL\"\n<b>не</b> 🙂";
  const Replied at = send("sam", "POST", notes, {{"at_s", 56.25}, {"text", text}});
  ASSERT_EQ(at.status, 201) << at.body;
  EXPECT_EQ(at.json["at_s"], 56.25);
  EXPECT_EQ(at.json["text"], text);
  EXPECT_EQ(at.json["mine"], true);
  EXPECT_EQ(send("ada", "POST", notes, {{"at_s", nullptr}, {"text", "All of it."}}).status, 201);

  const json call = told("sam", id);
  ASSERT_EQ(call["notes"].size(), 2U);
  EXPECT_TRUE(call["notes"][0]["at_s"].is_null());
  EXPECT_EQ(call["notes"][0]["mine"], false);
  EXPECT_EQ(call["notes"][1]["text"], text);
  EXPECT_EQ(call["call"]["notes"], 2);
  EXPECT_EQ(get("sam", "/api/calls?text=gr%C3%B6%C3%9Fe").json["total"], 1);

  const std::string note = "/api/notes/" + std::to_string(at.json["id"].get<int>());
  EXPECT_EQ(send("ada", "PUT", note, {{"text", "x"}}).status, 404);
  EXPECT_EQ(send("sam", "PUT", note, {{"text", "better"}}).json["text"], "better");
  EXPECT_EQ(send("ada", "DELETE", note, {}).status, 404);
  EXPECT_EQ(send("sam", "DELETE", note, {}).status, 204);
  EXPECT_EQ(told("sam", id)["notes"].size(), 1U);
  for (const std::string& line : audited()) EXPECT_EQ(line.find("better"), std::string::npos);
}

TEST_F(OneCall, RefusesNotesThatAreNone) {
  const auto id = add_call();
  const std::string notes = address(id) + "/notes";
  for (const json& body :
       {json{{"text", ""}}, json{{"text", "   "}}, json{{"text", 3}}, json{{"at_s", 1}},
        json{{"at_s", -1}, {"text", "x"}}, json{{"at_s", 5000}, {"text", "x"}},
        json{{"at_s", "1"}, {"text", "x"}}, json{{"text", std::string(4001, 'x')}},
        json{{"text", "a\u0007"}}, json{{"text", "x"}, {"person", 1}}, json::array()}) {
    EXPECT_EQ(send("sam", "POST", notes, body).status, 400) << body.dump();
  }
  EXPECT_EQ(send("tom", "POST", notes, {{"text", "x"}}).status, 404);
  EXPECT_EQ(send("sam", "POST", address(999) + "/notes", {{"text", "x"}}).status, 404);
}

TEST_F(OneCall, IsMarkedAsReviewed) {
  const auto id = add_call();
  EXPECT_EQ(send("sam", "PUT", address(id) + "/reviewed", {{"reviewed", true}}).status, 204);
  EXPECT_EQ(told("ada", id)["call"]["reviewed"], true);
  EXPECT_EQ(get("sam", "/api/calls?reviewed=no").json["total"], 0);
  EXPECT_EQ(send("sam", "PUT", address(id) + "/reviewed", {{"reviewed", false}}).status, 204);
  EXPECT_EQ(told("ada", id)["call"]["reviewed"], false);
  EXPECT_EQ(send("tom", "PUT", address(id) + "/reviewed", {{"reviewed", true}}).status, 404);
  EXPECT_EQ(send("sam", "PUT", address(id) + "/reviewed", {{"reviewed", "yes"}}).status, 400);
}

// --- What the agent sees first

class CallOfDana : public OneCall {
 protected:
  std::int64_t id_ = add_call("distressed", [](CallDetails& d) { d.agent = "Dana Kim"; });
};

TEST_F(CallOfDana, KeepsTheAgentsSideFromOthersUntilSheHasOpenedIt) {
  const json before = told("sam", id_);
  EXPECT_TRUE(before["call"]["conduct_from"].is_string());
  EXPECT_TRUE(before["report"]["parties"]["agent"].is_null());
  EXPECT_TRUE(before["report"]["talk"].is_null());
  EXPECT_FALSE(before["report"]["parties"]["customer"].is_null());
  EXPECT_TRUE(before["call"]["cues"]["agent"].empty());
  for (const json& cue : before["cues"]) EXPECT_EQ(cue["party"], "customer");
  for (const json& alert : before["report"]["alerts"]) EXPECT_EQ(alert["party"], "customer");
  EXPECT_TRUE(get("sam", address(id_) + "/track").json["agent"]["usual"].is_null());
  EXPECT_TRUE(told("ada", id_)["call"]["conduct_from"].is_string());

  const json own = told("dana", id_);
  EXPECT_FALSE(own["report"]["parties"]["agent"].is_null());
  EXPECT_TRUE(own["call"]["conduct_from"].is_null());

  const json after = told("sam", id_);
  EXPECT_TRUE(after["call"]["conduct_from"].is_null());
  EXPECT_EQ(after["cues"].size(), bundled_call("distressed").cues.size());
  EXPECT_FALSE(after["report"]["parties"]["agent"].is_null());
}

TEST_F(CallOfDana, CannotBeJudgedOnWhatIsNotTold) {
  const auto kept = calls_.load({.reach = Scope::Reach::own, .agent = "Dana Kim"}, id_).value();
  const auto& cues = kept.report.cues;
  const auto cut = std::ranges::find(cues, CueKind::interruption, &Cue::kind);
  ASSERT_NE(cut, cues.end());
  const json cue = {{"id", kept.cue_ids[static_cast<std::size_t>(cut - cues.begin())]}};
  EXPECT_EQ(judge("sam", cue, "right").status, 404);
  told("dana", id_);
  EXPECT_EQ(judge("sam", cue, "right").status, 200);
}

TEST_F(CallOfDana, IsNotExportedNorRenamedBefore) {
  for (const char* form : {"json", "csv", "audacity", "textgrid", "html"}) {
    const Replied reply = get("sam", address(id_) + "/export/" + form);
    EXPECT_EQ(reply.status, 409) << form;
    EXPECT_NE(reply.error().find("the agent sees this call first"), std::string::npos);
  }
  EXPECT_EQ(send("sam", "PATCH", address(id_), {{"agent", ""}}).status, 409);
  EXPECT_EQ(send("sam", "PATCH", address(id_), {{"queue", "x"}}).status, 200);
  told("dana", id_);
  EXPECT_EQ(get("sam", address(id_) + "/export/csv").status, 200);
  EXPECT_EQ(send("sam", "PATCH", address(id_), {{"agent", "Someone"}}).status, 200);
}

// --- Calls that change meanwhile

TEST_F(OneCall, IsToldWhileItLasts) {
  const CallReport& whole = bundled_call("distressed");
  CallDetails details = some_details("Dana Kim", "North");
  auto writer = calls_.begin(details, some_makers(), so_far(whole, 20'000));
  ASSERT_TRUE(writer) << writer.error().message;
  const auto id = writer->call_id();
  const json early = told("dana", id);
  EXPECT_EQ(early["call"]["state"], "open");
  EXPECT_NEAR(early["report"]["duration_s"].get<double>(), 20.0, 0.1);
  ASSERT_TRUE(writer->update(so_far(whole, 60'000)));
  EXPECT_GT(told("dana", id)["cues"].size(), early["cues"].size());
  // Seen while it went on, it was not seen to its end.
  EXPECT_TRUE(told("sam", id)["call"]["conduct_from"].is_string());
  ASSERT_TRUE(writer->finish(whole));
  EXPECT_EQ(told("dana", id)["call"]["state"], "done");
  EXPECT_TRUE(told("sam", id)["call"]["conduct_from"].is_null());
}

TEST_F(OneCall, IsGoneWhenItIsDeletedMeanwhile) {
  const auto id = add_call();
  keep_sound(id, "fLaC");
  const json cue = cue_of(told("sam", id), "distress");
  const Replied note = send("sam", "POST", address(id) + "/notes", {{"text", "x"}});
  ASSERT_EQ(send("ada", "DELETE", address(id), {}).status, 204);
  for (const char* part : {"", "/track", "/audio", "/export/json"}) {
    EXPECT_EQ(get("sam", address(id) + part).status, 404) << part;
  }
  EXPECT_EQ(judge("sam", cue, "right").status, 404);
  EXPECT_EQ(send("sam", "PUT", "/api/notes/" + std::to_string(note.json["id"].get<int>()),
                 {{"text", "y"}})
                .status,
            404);
  EXPECT_EQ(get("sam", address(id) + "/next").json["id"], nullptr);
}

// --- Sound and exports

TEST_F(OneCall, PlaysInPartsAndIsWrittenDownOnce) {
  const auto id = add_call();
  EXPECT_EQ(get("sam", address(id) + "/audio").status, 404);
  keep_sound(id, "fLaC0123456789");
  EXPECT_EQ(told("sam", id)["recording"]["url"], address(id) + "/audio");
  EXPECT_EQ(told("sam", id)["recording"]["sha256"], kSomeSha256);
  const Replied whole = get("sam", address(id) + "/audio");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.headers.at("content-type"), "audio/flac");
  EXPECT_EQ(whole.body, "fLaC0123456789");
  const Replied part = get("sam", address(id) + "/audio", "Range: bytes=4-7\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "0123");
  EXPECT_EQ(get("tom", address(id) + "/audio").status, 404);
  const auto plays = std::ranges::count(audited(), "sam call.play call/" + std::to_string(id));
  EXPECT_EQ(plays, 1);
}

TEST_F(OneCall, HasNoSoundWhenItsFileIsGone) {
  const auto id = add_call();
  keep_sound(id, "fLaC");
  std::filesystem::remove_all(folder_.path("recordings"));
  const Replied reply = get("sam", address(id) + "/audio");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.error(), "no sound of this call is kept");
  EXPECT_EQ(get("sam", address(id) + "/export/flac").status, 404);
  EXPECT_EQ(get("sam", address(id) + "/export/html").status, 200);
}

TEST_F(OneCall, IsExportedAsTheReportsWriteIt) {
  const auto id =
      add_call("distressed", [](CallDetails& details) { details.source = "evil\"name.flac"; });
  keep_sound(id, "fLaC0123");
  CallReport report = bundled_call("distressed");
  report.file = "distressed.flac";
  const std::string name = "call_" + std::to_string(id);
  const auto exported = [&](const std::string& form, const std::string& ending) {
    Replied reply = get("sam", address(id) + "/export/" + form);
    EXPECT_EQ(reply.status, 200) << form;
    EXPECT_NE(reply.headers.at("content-disposition").find("\"" + name + "." + ending + "\""),
              std::string::npos)
        << reply.headers.at("content-disposition");
    EXPECT_EQ(audited().back(), "sam call.export call/" + std::to_string(id) + " " + form);
    return reply;
  };
  EXPECT_EQ(exported("csv", "csv").body, to_csv(report));
  EXPECT_EQ(exported("audacity", "txt").body, to_audacity(report));
  EXPECT_EQ(exported("textgrid", "TextGrid").body, to_textgrid(report));
  EXPECT_EQ(exported("json", "json").json["cues"].size(), report.cues.size());
  EXPECT_EQ(exported("flac", "flac").body, "fLaC0123");
  const std::string page = exported("html", "html").body;
  EXPECT_NE(page.find("data:audio/flac;base64,ZkxhQzAxMjM="), std::string::npos);
  EXPECT_EQ(get("sam", address(id) + "/export/pdf").status, 404);
  EXPECT_EQ(get("tom", address(id) + "/export/json").status, 404);
}

}  // namespace
}  // namespace tonecue::test

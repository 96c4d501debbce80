#include "tonecue/app/stored_call.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/program_run.h"
#include "report/sample_call.h"
#include "tonecue/report/call_json.h"

namespace tonecue {
namespace {

using nlohmann::json;

json whole() {
  CallReport report = test::short_call();
  report.usual_ready_at_ms.agent = 2100;
  report.alerts[0].raised_at_ms = 2800;
  report.alerts[1].escalation = true;
  return json::parse(to_json(report));
}

TEST(StoredCall, ReadsWhatTheReportTells) {
  const auto call = parse_stored_call(whole().dump(), "call.json");
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->file, "short.wav");
  EXPECT_EQ(call->duration_ms, 3000);
  EXPECT_EQ(call->usual_ready_at_ms.agent, 2100);
  EXPECT_FALSE(call->usual_ready_at_ms.customer);
  ASSERT_EQ(call->agent_speech.size(), 2U);
  EXPECT_EQ(call->agent_speech[1].start_ms, 2000);
  ASSERT_EQ(call->cues.size(), 1U);
  EXPECT_EQ(call->cues[0].kind, CueKind::interruption);
  EXPECT_EQ(call->cues[0].raised_at_ms, 2800);
  ASSERT_EQ(call->alerts.size(), 2U);
  EXPECT_EQ(call->alerts[0].raised_at_ms, 2800);
  EXPECT_EQ(call->alerts[1].delivery, Delivery::over_budget);
  EXPECT_TRUE(call->alerts[1].escalation);
}

TEST(StoredCall, IsTheSameFromTheReportAndFromItsJson) {
  const CallReport report = test::random_call(5);
  const StoredCall direct = stored_call(report);
  const auto read = parse_stored_call(to_json(report), "call.json");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->duration_ms, direct.duration_ms);
  ASSERT_EQ(read->agent_speech.size(), direct.agent_speech.size());
  ASSERT_EQ(read->cues.size(), direct.cues.size());
  ASSERT_FALSE(read->cues.empty());
  for (std::size_t i = 0; i < direct.cues.size(); ++i) {
    EXPECT_EQ(read->cues[i].kind, direct.cues[i].kind);
    EXPECT_EQ(read->cues[i].raised_at_ms, direct.cues[i].raised_at_ms);
    EXPECT_EQ(read->cues[i].end_ms, direct.cues[i].end_ms);
  }
}

TEST(StoredCall, TakesAPartyThatIsNotOnTheRecording) {
  json call = whole();
  call["parties"]["customer"] = nullptr;
  EXPECT_TRUE(parse_stored_call(call.dump(), "call.json"));
}

TEST(StoredCall, PassesOverKeysThatItDoesNotNeed) {
  json call = whole();
  call["more"] = {{"to", "come"}};
  EXPECT_TRUE(parse_stored_call(call.dump(), "call.json"));
}

struct Broken {
  std::string path;  ///< JSON pointer of what is replaced.
  json value;
  std::string told;
};

class BrokenReport : public testing::TestWithParam<Broken> {};

TEST_P(BrokenReport, IsRefusedInOneLineThatNamesThePlace) {
  json call = whole();
  call[json::json_pointer(GetParam().path)] = GetParam().value;
  const auto read = parse_stored_call(call.dump(), "call.json");
  ASSERT_FALSE(read);
  const std::string& message = read.error().message;
  EXPECT_TRUE(message.starts_with("call.json: ")) << message;
  EXPECT_TRUE(test::contains(message, GetParam().told)) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Places, BrokenReport,
    testing::Values(Broken{"/schema", "tonecue.call/2", "'schema' is 'tonecue.call/2'"},
                    Broken{"/schema", 1, "'schema' must be a text"},
                    Broken{"/file", 1, "'file' must be a text"},
                    Broken{"/duration_s", -1, "'duration_s' must be seconds"},
                    Broken{"/duration_s", 1e300, "'duration_s' must be seconds"},
                    Broken{"/duration_s", "3", "'duration_s' must be seconds"},
                    Broken{"/parties", json::array(), "'parties' must be an object"},
                    Broken{"/parties/agent", 3, "'parties.agent' must be an object"},
                    Broken{"/parties/agent/usual_ready_at_s", "x",
                           "'parties.agent.usual_ready_at_s' must be seconds"},
                    Broken{"/segments", json::object(), "'segments' must be a list"},
                    Broken{"/segments/0/party", "both", "'segments[0].party' is 'both'"},
                    Broken{"/segments/1/end_s", 0.5, "'segments[1].end_s' lies before"},
                    Broken{"/cues/0/kind", "anger", "'cues[0].kind' is 'anger'"},
                    Broken{"/cues/0", nullptr, "'cues[0]' must be an object"},
                    Broken{"/alerts/0/delivered", "yes", "'alerts[0].delivered' must be true"},
                    Broken{"/alerts/1/reason", "tired\n", "'alerts[1].reason' is 'tired"}));

TEST(StoredCall, NamesAKeyThatIsMissing) {
  for (const char* path : {"/schema", "/duration_s", "/parties", "/segments", "/cues", "/alerts",
                           "/parties/agent", "/parties/agent/usual_ready_at_s",
                           "/cues/0/raised_at_s", "/alerts/0/raised_at_s", "/alerts/1/reason"}) {
    json call = whole();
    const json::json_pointer place(path);
    if (call[place.parent_pointer()].is_array()) continue;
    call[place.parent_pointer()].erase(place.back());
    const auto read = parse_stored_call(call.dump(), "call.json");
    ASSERT_FALSE(read) << path;
    EXPECT_TRUE(test::contains(read.error().message, place.back() + "' is missing"))
        << read.error().message;
  }
}

TEST(StoredCall, RefusesWhatIsNoReport) {
  for (const std::string text : {"", "[]", "{", "null", "\xff\xfe", "{\"schema\":"}) {
    const auto read = parse_stored_call(text, "call.json");
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(test::contains(read.error().message, "is not a call's report")) << text;
  }
  const auto deep = parse_stored_call(std::string(100'000, '['), "deep.json");
  EXPECT_FALSE(deep);
  const auto huge = parse_stored_call(std::string((64U << 20U) + 1, ' '), "huge.json");
  ASSERT_FALSE(huge);
  EXPECT_TRUE(test::contains(huge.error().message, "too long")) << huge.error().message;
}

TEST(StoredCall, SaysThatAFileCannotBeOpened) {
  const test::TempFolder folder;
  const auto missing = load_stored_call((folder / "no.json").string());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::unreadable);
  EXPECT_FALSE(load_stored_call((folder / "").string())) << "a folder";
}

}  // namespace
}  // namespace tonecue

#include "tonecue/app/sidecar.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"

namespace tonecue {
namespace {

TEST(SidecarFile, TellsWhatTheRecorderKnows) {
  const auto sidecar = parse_sidecar(
      R"({"agent": "Jo Park", "team": "billing", "queue": "invoices", "caller_ref": "C-17",
          "consent_ref": "IVR 2026-11-22", "started_at": "2026-11-22T09:30:00.250+01:00",
          "agent_channel": "right"})",
      "call.json");
  ASSERT_TRUE(sidecar) << sidecar.error().message;
  EXPECT_EQ(sidecar->details.agent, "Jo Park");
  EXPECT_EQ(sidecar->details.team, "billing");
  EXPECT_EQ(sidecar->details.queue, "invoices");
  EXPECT_EQ(sidecar->details.caller_ref, "C-17");
  EXPECT_EQ(sidecar->details.consent_ref, "IVR 2026-11-22");
  EXPECT_EQ(sidecar->details.started_unix_ms, 1'795'336'200'250);
  EXPECT_EQ(sidecar->agent_channel, "right");
}

TEST(SidecarFile, MayLeaveEverythingOut) {
  for (const char* text : {"{}", R"({"agent": null, "started_at": null, "agent_channel": null})"}) {
    const auto sidecar = parse_sidecar(text, "call.json");
    ASSERT_TRUE(sidecar) << sidecar.error().message;
    EXPECT_EQ(sidecar->details.agent, "");
    EXPECT_EQ(sidecar->details.started_unix_ms, 0);
    EXPECT_EQ(sidecar->agent_channel, "left");
  }
}

TEST(SidecarFile, IsRefusedInOneLineThatNamesTheFile) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "no JSON"},
      {R"({"agent": "Jo")", "no JSON"},
      {"[1]", "one object"},
      {R"({"agents": "Jo"})", "'agents' is unknown"},
      {R"({"ag\nents": "Jo"})", "is unknown"},
      {R"({"agent": 7})", "'agent' must be one line"},
      {R"({"agent": "Jo\nPark"})", "'agent' must be one line"},
      {R"({"team": ")" + std::string(201, 'x') + "\"}", "at most 200 bytes"},
      {R"({"caller_ref": ".."})", "no address can name it"},
      {R"({"agent_channel": "middle"})", R"("left" or "right")"},
      {R"({"agent_channel": 1})", R"("left" or "right")"},
      {R"({"started_at": "yesterday"})", "'started_at' must be a time"},
      {R"({"started_at": 1795336200})", "'started_at' must be a time"},
      {R"({"started_at": "2026-11-22"})", "'started_at' must be a time"},
      {std::string(70'000, ' '), "longer than 64 KiB"},
      {"{\"agent\": \"\xff\"}", "no JSON"}};
  for (const auto& [text, expected] : wrong) {
    const auto sidecar = parse_sidecar(text, "call.json");
    ASSERT_FALSE(sidecar) << text;
    const std::string& message = sidecar.error().message;
    EXPECT_TRUE(message.starts_with("call.json: ")) << message;
    EXPECT_NE(message.find(expected), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(SidecarFile, LiesBesideTheRecording) {
  EXPECT_EQ(sidecar_of("/in/2026/call.12.wav"), "/in/2026/call.12.json");
  const test::TempFolder folder;
  EXPECT_EQ(read_sidecar(folder / "none.json").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_sidecar(folder / ".").error().code, ErrorCode::unreadable);
  test::write_bytes(folder / "call.json", R"({"agent": "Jo"})");
  EXPECT_EQ(read_sidecar(folder / "call.json")->details.agent, "Jo");
}

}  // namespace
}  // namespace tonecue

#include "tonecue/app/sink_config.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "app/program_run.h"
#include "audio/recordings.h"
#include "tonecue/app/config_file.h"

namespace tonecue {
namespace {

using test::contains;

TEST(SinkConfig, HasNoSinkUnlessOneIsNamed) {
  const auto config = parse_sink_config("[alerts]\nbudget_per_hour = 6", "team.toml");
  ASSERT_TRUE(config);
  EXPECT_FALSE(config->desktop);
  EXPECT_EQ(config->json_lines, "");
  EXPECT_EQ(config->webhook_url, "");
}

TEST(SinkConfig, ReadsItsSectionAndFindsFilesBesideItself) {
  const auto config = parse_sink_config(R"([sinks]
desktop = true
json_lines = "events.jsonl"
webhook_url = "http://10.0.0.7/hook"
webhook_secret_file = "/etc/tonecue/secret"
webhook_allow_private = true
webhook_allow_http = true)",
                                        "/home/agent/team.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_TRUE(config->desktop);
  EXPECT_EQ(config->json_lines, "/home/agent/events.jsonl");
  EXPECT_EQ(config->webhook_url, "http://10.0.0.7/hook");
  EXPECT_EQ(config->webhook_secret_file, "/etc/tonecue/secret");
  EXPECT_TRUE(config->webhook_allow_private);
  EXPECT_TRUE(config->webhook_allow_http);
}

TEST(SinkConfig, KeepsStandardOutputAsItIs) {
  EXPECT_EQ(parse_sink_config("sinks.json_lines = \"-\"", "team.toml")->json_lines, "-");
}

class WrongSinks : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(WrongSinks, AreToldByFileLineAndKeyWhoeverReadsTheFile) {
  const auto [line, part] = GetParam();
  const std::string text = std::string("[sinks]\n") + line;
  const auto sinks = parse_sink_config(text, "team.toml");
  ASSERT_FALSE(sinks);
  EXPECT_TRUE(sinks.error().message.starts_with("team.toml:2: ")) << sinks.error().message;
  EXPECT_TRUE(contains(sinks.error().message, part)) << sinks.error().message;
  const auto session = parse_config(text, "team.toml");
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().message, sinks.error().message);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, WrongSinks,
    testing::Values(std::pair{"dekstop = true", "'sinks.dekstop'"},
                    std::pair{"desktop = 1", "'sinks.desktop' must be true or false"},
                    std::pair{"json_lines = 3", "'sinks.json_lines' must be one line"},
                    std::pair{"json_lines = \"\"", "'sinks.json_lines' must be one line"},
                    std::pair{"json_lines = \"a\\nb\"", "'sinks.json_lines' must be one line"},
                    std::pair{"webhook_url = \"example\"", "'sinks.webhook_url'"},
                    std::pair{"webhook_url = \"http://example.com\"", "webhook_allow_http"}));

TEST(SinkConfig, IsPrintedWithTheRestAndReadsBack) {
  const test::TempFolder folder;
  const std::string path = (folder / "team.toml").string();
  test::write_bytes(path, "[sinks]\ndesktop = true\njson_lines = \"-\"\n");
  const auto printed = test::run({"config", "--config", path});
  ASSERT_EQ(printed.status, 0) << printed.err;
  EXPECT_TRUE(contains(printed.out, "\n[sinks]\ndesktop = true"));
  const auto again = parse_sink_config(printed.out, "printed.toml");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->desktop);
  EXPECT_EQ(again->json_lines, "-");
  EXPECT_TRUE(parse_config(printed.out, "printed.toml"));
}

class WebhookSecret : public testing::Test {
 protected:
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread here.
  void TearDown() override { unsetenv("TONECUE_WEBHOOK_SECRET"); }
};

TEST_F(WebhookSecret, ComesFromItsFileBeforeTheEnvironment) {
  const test::TempFolder folder;
  test::write_bytes(folder / "secret", "of the file\n");
  setenv("TONECUE_WEBHOOK_SECRET", "of the environment", 1);  // NOLINT(concurrency-mt-unsafe)
  SinkConfig config;
  EXPECT_EQ(webhook_secret(config).value(), "of the environment");
  config.webhook_secret_file = (folder / "secret").string();
  EXPECT_EQ(webhook_secret(config).value(), "of the file\n");
}

TEST_F(WebhookSecret, IsAskedForWhereThereIsNone) {
  const auto none = webhook_secret({});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
  EXPECT_TRUE(contains(none.error().message, "TONECUE_WEBHOOK_SECRET"));
  SinkConfig config;
  config.webhook_secret_file = "/nonexistent/secret";
  EXPECT_EQ(webhook_secret(config).error().code, ErrorCode::unreadable);
}

}  // namespace
}  // namespace tonecue

#include "tonecue/app/serve_config.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/app/config_file.h"

namespace tonecue {
namespace {

TEST(ServeConfig, ReadsItsSections) {
  const auto config = parse_serve_config(
      "[serve]\naddress = \"10.0.0.5\"\nport = 443\nhost_names = [\"calls.example\"]\n"
      "tls_certificate = \"tls/server.pem\"\ntls_key = \"/etc/server.key\"\nwatch = [\"in\"]\n"
      "analyses = 3\n"
      "[privacy]\nkeep_audio = true\nrequire_notice = true\nagent_first_h = 0\n"
      "[retention]\naudio_days = 7\ncalls_days = 0\naudit_days = 184\n",
      "/etc/tonecue/house.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->serve.address, "10.0.0.5");
  EXPECT_EQ(config->serve.port, 443);
  EXPECT_EQ(config->serve.host_names, std::vector<std::string>{"calls.example"});
  EXPECT_EQ(config->serve.tls_certificate, "/etc/tonecue/tls/server.pem");
  EXPECT_EQ(config->serve.tls_key, "/etc/server.key");
  EXPECT_EQ(config->serve.watch, std::vector<std::string>{"/etc/tonecue/in"});
  EXPECT_EQ(config->serve.analyses, 3);
  EXPECT_TRUE(config->privacy.keep_audio);
  EXPECT_TRUE(config->privacy.require_notice);
  EXPECT_EQ(config->privacy.agent_first_h, 0);
  EXPECT_EQ(config->retention.audio_days, 7);
  EXPECT_EQ(config->retention.calls_days, 0);
  EXPECT_EQ(config->retention.audit_days, 184);
}

TEST(ServeConfig, KeepsNoSoundAndServesThisMachineAloneUnlessItIsTold) {
  const auto config = parse_serve_config("[alerts]\ncool_down_s = 10\n", "house.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config->privacy.keep_audio);
  EXPECT_EQ(config->serve.address, "127.0.0.1");
  EXPECT_FALSE(config->serve.allow_plain_http);
  EXPECT_TRUE(config->serve.watch.empty());
}

TEST(ServeConfig, IsReadBackAsItIsWritten) {
  for (const char* text :
       {"",
        "[serve]\naddress = \"::1\"\nwatch = [\"/a\", \"/b \\\" c\"]\nport = 1\n"
        "tls_certificate = \"/c.pem\"\ntls_key = \"/k.pem\"\nallow_plain_http = true\n"
        "[privacy]\nkeep_audio = true\n[retention]\naudit_days = 0\n"}) {
    const auto config = parse_serve_config(text, "house.toml");
    ASSERT_TRUE(config) << config.error().message;
    const auto again = parse_serve_config(to_toml(*config), "written.toml");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(to_toml(*again), to_toml(*config));
  }
}

TEST(ServeConfig, NamesFileLineAndKeyOfAMistakeForEveryCommand) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"[serve]\nports = 1\n", "house.toml:2: unknown key 'serve.ports'"},
      {"[serve]\nport = 0\n", "house.toml:2: 'serve.port' must be a whole number from 1 to 65535"},
      {"[serve]\nport = \"443\"\n", "'serve.port' must be a whole number"},
      {"[serve]\n\nwatch = \"in\"\n", "house.toml:3: 'serve.watch' must be a list"},
      {"[serve]\nwatch = [1]\n", "'serve.watch' must be a list"},
      {"[serve]\naddress = \"\"\n", "'serve.address' must be one line"},
      {"[serve]\ntls_key = \"k\"\n", "need each other"},
      {"[privacy]\nkeep_audio = 1\n", "'privacy.keep_audio' must be true or false"},
      {"[privacy]\nagent_first_h = 169\n", "from 0 to 168"},
      {"[privacy]\nport = 1\n", "unknown key 'privacy.port'"},
      {"[retention]\naudio_days = -1\n", "from 0 to 36500"},
      {"[retention]\naudit_days = 30\n", "at least 184"},
      {"[retention]\naudit_days = 9999999999999\n", "'retention.audit_days' must be"}};
  for (const auto& [text, expected] : wrong) {
    const auto config = parse_serve_config(text, "house.toml");
    ASSERT_FALSE(config) << text;
    EXPECT_NE(config.error().message.find(expected), std::string::npos) << config.error().message;
    const auto session = parse_config(text, "house.toml");
    ASSERT_FALSE(session) << text;
    EXPECT_EQ(session.error().message, config.error().message);
  }
}

}  // namespace
}  // namespace tonecue

#include "tonecue/sinks/webhook.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sinks/call_events.h"
#include "sinks/child_program.h"
#include "sinks/webhook_signature.h"

namespace tonecue {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Json = nlohmann::json;

const std::string kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = steady_clock::now() + milliseconds(10'000);
  while (!condition()) {
    if (steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

class WebhookTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto port = receiver_.line();
    if (!port) GTEST_SKIP() << "skipped: no python3 to receive";
    port_ = *port;
  }

  WebhookConfig config(const std::string& path) const {
    WebhookConfig config;
    config.url = "http://127.0.0.1:" + port_ + path;
    config.secret = kSecret;
    config.retry_after = {milliseconds(20), milliseconds(20), milliseconds(20)};
    return config;
  }
  Webhook webhook(const WebhookConfig& config) {
    auto webhook = Webhook::create(config, complaints_.taker());
    EXPECT_TRUE(webhook) << webhook.error().message;
    return std::move(*webhook);
  }
  /// The next request that the receiver saw; null when none comes.
  Json request(milliseconds patience = milliseconds(10'000)) {
    const auto line = receiver_.line(patience);
    return line ? Json::parse(*line) : Json();
  }

  test::ChildProgram receiver_{{"python3", TONECUE_WEBHOOK_RECEIVER, kSecret}};
  test::Complaints complaints_;
  std::string port_;
};

TEST_F(WebhookTest, SendsASignedAlertThatAnotherProgramVerifies) {
  auto webhook = this->webhook(config("/ok"));
  test::raise(webhook, test::interruption(83'400), 3, "Let them finish.");

  const Json seen = request();
  EXPECT_EQ(seen["signed"], true);
  EXPECT_EQ(seen["type"], "application/json");
  EXPECT_EQ(seen["body"]["type"], "alert");
  const Json data = seen["body"]["data"];
  EXPECT_EQ(data["id"], 3);
  EXPECT_EQ(data["at_s"], 83.4);
  EXPECT_EQ(data["cue"], "interruption");
  EXPECT_EQ(data["party"], "agent");
  EXPECT_EQ(data["text"], "Let them finish.");
  EXPECT_EQ(data["call"].get<std::string>().size(), 24U);
  EXPECT_TRUE(webhook.stop());
  EXPECT_EQ(webhook.counts().sent, 1);
}

TEST_F(WebhookTest, TellsWhenAnAlertIsOverAndWhatTheAgentAnswered) {
  auto webhook = this->webhook(config("/ok"));
  const Cue cue = test::interruption(83'400);
  test::raise(webhook, cue, 3, "Let them finish.");
  test::end(webhook, cue);
  AlertAnswer answer;
  answer.alert_id = 3;
  answer.answer = Answer::not_now;
  answer.snooze_min = 10;
  webhook.on_answer(answer);
  webhook.on_notice({DeviceNotice::Kind::lost, {true, false}, 90'000, 0});
  EXPECT_EQ(request()["body"]["type"], "alert");
  const Json clear = request()["body"];
  EXPECT_EQ(clear["type"], "clear");
  EXPECT_EQ(clear["data"]["id"], 3);
  EXPECT_EQ(clear["data"]["at_s"], 84.0);
  const Json told = request()["body"];
  EXPECT_EQ(told["type"], "answer");
  EXPECT_EQ(told["data"]["snooze_min"], 10);
  const Json notice = request()["body"];
  EXPECT_EQ(notice["type"], "notice");
  EXPECT_EQ(notice["data"]["kind"], "lost");
}

TEST_F(WebhookTest, SendsNoAlertThatTheAgentDidNotGet) {
  auto webhook = this->webhook(config("/ok"));
  Alert held = test::alert_of(test::interruption(1'000), 0, "Let them finish.");
  held.delivery = Delivery::over_budget;
  webhook.on_alert(held);
  EXPECT_TRUE(webhook.stop());
  EXPECT_EQ(webhook.counts().attempts, 0);
}

TEST_F(WebhookTest, TriesAgainUnderTheSameId) {
  auto webhook = this->webhook(config("/fail2"));
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  const Json first = request();
  const Json second = request();
  const Json third = request();
  EXPECT_EQ(first["id"], third["id"]);
  EXPECT_EQ(second["body"], third["body"]);
  EXPECT_EQ(third["signed"], true);
  EXPECT_TRUE(wait_until([&] { return webhook.counts().sent == 1; }));
  EXPECT_EQ(webhook.counts().attempts, 3);
  EXPECT_EQ(complaints_.lines().size(), 1U) << "once is enough";
}

TEST_F(WebhookTest, GivesUpAfterItsLastAttempt) {
  auto webhook = this->webhook(config("/fail"));
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  EXPECT_TRUE(wait_until([&] { return webhook.counts().given_up == 1; }));
  EXPECT_EQ(webhook.counts().attempts, 4);
  EXPECT_TRUE(complaints_.contain("HTTP status 503"));
  EXPECT_TRUE(complaints_.contain("after 4 attempts"));
}

TEST_F(WebhookTest, SendsTheNextMessageWhileOneWaitsForItsRetry) {
  WebhookConfig patient = config("/fail2");
  patient.retry_after = {std::chrono::minutes(1)};
  auto webhook = this->webhook(patient);
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  const Json first = request();
  test::raise(webhook, test::distress(2'000), 2, "Slow down.");
  const Json second = request();
  EXPECT_NE(first["id"], second["id"]);
}

TEST_F(WebhookTest, StopsForGoodWhenTheReceiverIsGone) {
  auto webhook = this->webhook(config("/gone"));
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  EXPECT_TRUE(wait_until([&] { return complaints_.contain("410"); }));
  test::raise(webhook, test::distress(2'000), 2, "Slow down.");
  EXPECT_FALSE(webhook.stop());
  EXPECT_EQ(webhook.counts().attempts, 1);
  EXPECT_EQ(webhook.counts().dropped, 2);
}

TEST_F(WebhookTest, FollowsNoRedirect) {
  WebhookConfig once = config("/moved");
  once.retry_after.clear();
  auto webhook = this->webhook(once);
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  EXPECT_TRUE(wait_until([&] { return webhook.counts().given_up == 1; }));
  EXPECT_EQ(request()["path"], "/moved");
  EXPECT_TRUE(request(milliseconds(200)).is_null());
}

TEST_F(WebhookTest, DropsTheOldestWhenItsQueueIsFullAndNeverWaits) {
  WebhookConfig small = config("/slow");
  small.longest_queue = 4;
  auto webhook = this->webhook(small);
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  ASSERT_FALSE(request().is_null()) << "on its way";
  const auto begin = steady_clock::now();
  for (int i = 2; i < 52; ++i) {
    webhook.on_alert(
        test::alert_of(test::interruption(std::int64_t{1'000} * i), i, "Let them finish."));
  }
  EXPECT_LT(steady_clock::now() - begin, milliseconds(1'000));
  EXPECT_GE(webhook.counts().dropped, 46);
  EXPECT_TRUE(complaints_.contain("queue is full"));
  EXPECT_FALSE(webhook.stop(milliseconds(50)));
}

TEST_F(WebhookTest, GivesASlowReceiverUpAfterTheTimeout) {
  WebhookConfig hasty = config("/slow");
  hasty.timeout = milliseconds(100);
  hasty.retry_after.clear();
  auto webhook = this->webhook(hasty);
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  EXPECT_TRUE(wait_until([&] { return webhook.counts().given_up == 1; }));
}

TEST_F(WebhookTest, EndsInTimeWhileAReceiverKeepsItWaiting) {
  auto webhook = this->webhook(config("/slow"));
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  ASSERT_FALSE(request().is_null());
  const auto begin = steady_clock::now();
  EXPECT_FALSE(webhook.stop(milliseconds(100)));
  EXPECT_LT(steady_clock::now() - begin, milliseconds(2'500)) << "libcurl looks up once a second";
  EXPECT_EQ(webhook.counts().given_up + webhook.counts().dropped, 1);
}

TEST_F(WebhookTest, SendsWhatIsQueuedAtItsEndWithoutWaitingForTheRetry) {
  WebhookConfig patient = config("/fail2");
  patient.retry_after = {std::chrono::minutes(1), std::chrono::minutes(1)};
  auto webhook = this->webhook(patient);
  for (int i = 1; i <= 3; ++i) {
    webhook.on_notice({DeviceNotice::Kind::overrun, {true, false}, std::int64_t{1'000} * i, 0});
  }
  EXPECT_TRUE(wait_until([&] { return webhook.counts().attempts == 3; }));
  EXPECT_TRUE(webhook.stop());
  EXPECT_EQ(webhook.counts().sent, 3);
}

TEST_F(WebhookTest, RefusesAPrivateAddressThatANameLeadsTo) {
  WebhookConfig elsewhere = config("/ok");
  elsewhere.url = "http://127.0.0.2:" + port_ + "/ok";  // Not by one of this machine's own names.
  elsewhere.allow_http = true;
  elsewhere.retry_after.clear();
  auto webhook = this->webhook(elsewhere);
  test::raise(webhook, test::interruption(1'000), 1, "Let them finish.");
  EXPECT_TRUE(wait_until([&] { return webhook.counts().given_up == 1; }));
  EXPECT_TRUE(complaints_.contain("webhook_allow_private"));
}

TEST(WebhookUrl, MustBeHttpsUnlessItIsThisMachine) {
  EXPECT_TRUE(check_webhook_url("https://example.com/hook", false));
  EXPECT_TRUE(check_webhook_url("http://localhost:8080/hook", false));
  EXPECT_TRUE(check_webhook_url("http://[::1]:8080/hook", false));
  EXPECT_TRUE(check_webhook_url("http://example.com/hook", true));
  EXPECT_FALSE(check_webhook_url("http://example.com/hook", false));
  EXPECT_FALSE(check_webhook_url("http://127.0.0.1.example.com/hook", false));
  EXPECT_FALSE(check_webhook_url("http://localhost@example.com/hook", false));
}

TEST(WebhookUrl, MustBeAUrlOfTheWebWithoutAPassword) {
  for (const char* url : {"", "example", "ftp://example.com", "file:///etc/passwd", "https://",
                          "https://me:word@example.com/", "https://me@example.com/"}) {
    const auto ok = check_webhook_url(url, true);
    ASSERT_FALSE(ok) << url;
    EXPECT_EQ(ok.error().message.find('\n'), std::string::npos);
    EXPECT_EQ(ok.error().message.find("word@"), std::string::npos) << "keeps it to itself";
  }
}

TEST(Webhook, RefusesAShortSecretWithoutTellingIt) {
  WebhookConfig config;
  config.url = "https://example.com/";
  for (const std::string secret : {"", "hunter2", "whsec_", "whsec_!!!!", "whsec_MfKQ9r8G"}) {
    config.secret = secret;
    const auto webhook = Webhook::create(config, [](const std::string&) {});
    ASSERT_FALSE(webhook) << secret;
    EXPECT_EQ(webhook.error().message.find("hunter2"), std::string::npos);
  }
}

// The example of the Standard Webhooks specification's own libraries.
TEST(WebhookSignature, IsThatOfStandardWebhooks) {
  const auto key = webhook_key(kSecret + "\n");
  ASSERT_TRUE(key);
  EXPECT_EQ(webhook_signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                              R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, TakesAPlainSecretAsItStands) {
  const auto key = webhook_key("  0123456789abcdef0123456789 \n");
  ASSERT_TRUE(key);
  EXPECT_EQ(std::string(key->begin(), key->end()), "0123456789abcdef0123456789");
}

}  // namespace
}  // namespace tonecue

#include "tonecue/server/review_server.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http_client.h"
#include "store/temp_store.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/people.h"

namespace tonecue {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;
using test::ask;
using test::get;
using test::HttpClient;
using test::open_store;
using test::post;
using test::TempFolder;

constexpr std::string_view kPassword = "correct horse battery";

std::string sign_in_body(const std::string& login, std::string_view password) {
  return json({{"login", login}, {"password", password}}).dump();
}

class ReviewServerInUse : public testing::Test {
 protected:
  void SetUp() override {
    People people(store_);
    ASSERT_TRUE(people.add({.login = "root", .name = "Root", .role = Role::admin}, kPassword));
    ASSERT_TRUE(people.add({.login = "sue", .name = "Sue", .role = Role::supervisor}, kPassword));
    auto server = ReviewServer::create(store_, {.version = "0.1.0"}, {});
    ASSERT_TRUE(server) << server.error().message;
    server_.emplace(std::move(*server));
  }

  int port() const { return server_->port(); }
  test::Answer sign_in(const std::string& login, std::string_view password) const {
    return ask(port(), post(port(), "/api/session", sign_in_body(login, password)));
  }
  /// The status that a sign-in has that comes from another address of this machine.
  int sign_in_from(const char* address, const std::string& login) const;

  TempFolder folder_;
  Store store_ = open_store(folder_.path());
  std::optional<ReviewServer> server_;
};

sockaddr_in socket_address(const char* address, int port) {
  sockaddr_in socket{};
  socket.sin_family = AF_INET;
  socket.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, address, &socket.sin_addr);
  return socket;
}

int ReviewServerInUse::sign_in_from(const char* address, const std::string& login) const {
  const int socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in from = socket_address(address, 0);
  const sockaddr_in to = socket_address("127.0.0.1", port());
  int status = 0;
  if (bind(socket_fd, reinterpret_cast<const sockaddr*>(&from), sizeof(from)) == 0 &&
      connect(socket_fd, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0) {
    const std::string request = post(port(), "/api/session", sign_in_body(login, kPassword));
    send(socket_fd, request.data(), request.size(), MSG_NOSIGNAL);
    std::array<char, 12> head{};  // "HTTP/1.1 200"
    if (recv(socket_fd, head.data(), head.size(), MSG_WAITALL) == 12) {
      status = std::stoi(std::string(head.data() + 9, 3));
    }
  }
  close(socket_fd);
  return status;
}

TEST_F(ReviewServerInUse, SignsInOverHttpAndServesThePage) {
  EXPECT_EQ(server_->url(), "http://127.0.0.1:" + std::to_string(port()) + "/");
  EXPECT_EQ(ask(port(), get(port(), "/")).status, 200);
  EXPECT_EQ(ask(port(), get(port(), "/api/health")).body, R"({"ok":true})");
  const auto in = sign_in("root", kPassword);
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.headers.at("cache-control"), "no-store");
  const std::string cookie = in.headers.at("set-cookie");
  const std::string header = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
  const auto people = ask(port(), get(port(), "/api/people", header));
  EXPECT_EQ(people.status, 200);
  EXPECT_EQ(json::parse(people.body)["people"].size(), 2U);
  EXPECT_EQ(ask(port(), get(port(), "/api/people")).status, 401);
  const auto head = ask(port(), "HEAD" + get(port(), "/api/people", header).substr(3));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(people.body.size()));
  const auto without_csrf =
      ask(port(), post(port(), "/api/people", "{}", header + "Content-Type: application/json\r\n"));
  EXPECT_EQ(without_csrf.status, 403);
}

TEST_F(ReviewServerInUse, RefusesAThousandWrongPasswordsAndLetsOthersIn) {
  constexpr int kTries = 1000;
  int unauthorized = 0;
  int held = 0;
  int other_signed_in = 0;
  double slowest_other_s = 0.0;
  const auto start = steady_clock::now();
  HttpClient attacker(port());
  for (int i = 0; i < kTries; ++i) {
    attacker.send(post(port(), "/api/session", sign_in_body("root", "guess " + std::to_string(i))));
    const int status = attacker.read_answer().status;
    unauthorized += status == 401 ? 1 : 0;
    held += status == 429 ? 1 : 0;
    if (i % 200 != 100) continue;
    const auto other_start = steady_clock::now();
    other_signed_in += sign_in("sue", kPassword).status == 200 ? 1 : 0;
    const std::chrono::duration<double> took = steady_clock::now() - other_start;
    slowest_other_s = std::max(slowest_other_s, took.count());
  }
  const std::chrono::duration<double> took = steady_clock::now() - start;
  std::printf(
      "  %d wrong passwords in %.2f s: %d checked, %d held off; the other person's slowest "
      "sign-in: %.0f ms\n",
      kTries, took.count(), unauthorized, held, slowest_other_s * 1e3);
  EXPECT_EQ(unauthorized + held, kTries);
  EXPECT_GE(unauthorized, 5);
  EXPECT_LE(unauthorized, 15) << "each further one costs twice the time";
  EXPECT_EQ(other_signed_in, 5) << "from the same address";

  // The rest of them is told with the next that is written down.
  std::this_thread::sleep_for(std::chrono::milliseconds(1001));
  sign_in("root", "guess");
  std::int64_t told = 0;
  const auto entries = AuditLog(store_).list(0, 10000).value();
  for (const AuditEntry& entry : entries) {
    if (entry.event.action != "session.refused") continue;
    EXPECT_EQ(entry.event.address, "127.0.0.1");
    EXPECT_EQ(entry.event.who, "root");
    ++told;
    const auto more = entry.event.detail.find("; ");
    if (more != std::string::npos) told += std::stoll(entry.event.detail.substr(more + 2));
  }
  EXPECT_EQ(told, kTries + 1);
  EXPECT_FALSE(AuditLog(store_).verify()->first_broken);
}

TEST_F(ReviewServerInUse, HoldsOffAnAddressThatTriesManyLogins) {
  int unauthorized = 0;
  for (int i = 0; i < 60; ++i) {
    unauthorized += sign_in("login" + std::to_string(i), "guess").status == 401 ? 1 : 0;
  }
  EXPECT_GE(unauthorized, 20);
  EXPECT_LE(unauthorized, 30);
  EXPECT_EQ(sign_in("sue", kPassword).status, 429) << "from there";
  EXPECT_EQ(sign_in_from("127.0.0.2", "sue"), 200) << "from elsewhere";
}

// What would come out of the program's own folder, or be taken for another address.
TEST_F(ReviewServerInUse, LeavesItsFilesWhereTheyAre) {
  for (const char* target :
       {"/../tonecue.db", "/..%2ftonecue.db", "/%2e%2e/%2e%2e/etc/passwd", "/review.js/../../x",
        "//etc/passwd", "/review.js%00.css", "/calls/..%2f..%2ftonecue.db", "/tonecue.db",
        "/incoming/", "/recordings/2026/11/1.flac", "/api/people/..", "/api/./people",
        "/api//people", "/API/people", "/api/people/", "/api/people%2f1", "/%C0%AE%C0%AE/x"}) {
    const auto answer = ask(port(), get(port(), target));
    EXPECT_TRUE(answer.status == 400 || answer.status == 401 || answer.status == 404 ||
                answer.status == 405)
        << target << ": " << answer.status;
    EXPECT_EQ(answer.body.find("SQLite"), std::string::npos) << target;
    EXPECT_EQ(answer.body.find("root:"), std::string::npos) << target;
  }
}

TEST_F(ReviewServerInUse, RefusesABodyThatIsTooLong) {
  const std::string body = R"({"login":")" + std::string(70'000, 'x') + R"("})";
  EXPECT_EQ(ask(port(), post(port(), "/api/session", body)).status, 413);
}

TEST(ReviewServer, ServesThisMachineAloneWithoutTls) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  for (const char* address : {"0.0.0.0", "::", "192.0.2.7"}) {
    const auto server = ReviewServer::create(store, {.http = {.address = address}}, {});
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(server.error().message.find("TLS"), std::string::npos) << server.error().message;
  }
  EXPECT_TRUE(ReviewServer::create(store, {.http = {.address = "127.0.0.3"}}, {}));
  auto plain =
      ReviewServer::create(store, {.http = {.address = "0.0.0.0"}, .allow_plain_http = true}, {});
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_EQ(plain->url(), "http://127.0.0.1:" + std::to_string(plain->port()) + "/");
}

TEST(ReviewServer, RefusesANumberOutOfItsRange) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  for (const int hours : {-1, 169}) {
    const auto server = ReviewServer::create(store, {.agent_first_h = hours}, {});
    ASSERT_FALSE(server);
    EXPECT_NE(server.error().message.find("agent_first_h"), std::string::npos);
  }
}

TEST(ReviewServer, KeepsUploadsToItsOwner) {
  const TempFolder folder;
  Store store = open_store(folder.path());
  ASSERT_TRUE(ReviewServer::create(store, {}, {}));
  const auto rights = std::filesystem::status(folder.path("incoming")).permissions();
  EXPECT_EQ(rights, std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace tonecue

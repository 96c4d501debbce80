#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "server/http_client.h"
#include "server/test_folder.h"
#include "server/tls_client.h"
#include "tonecue/server/http_server.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;
using test::Answer;
using test::ask;
using test::get;
using test::HttpClient;
using test::post;
using test::TestFolder;

constexpr std::uint64_t kLimitBytes = 5'000'000;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// With 0 and with 2 workers.
class HttpUploads : public testing::TestWithParam<int> {
 protected:
  HttpServer start(HttpConfig config = {}) {
    config.workers = GetParam();
    auto server =
        HttpServer::create(config, {[this](const HttpRequest& request) { return take(request); },
                                    [this](const HttpRequest& head) { return rule(head); }});
    EXPECT_TRUE(server) << server.error().message;
    return std::move(*server);
  }

  HttpReply take(const HttpRequest& request) const {
    if (!request.upload) return HttpResponse{200, "text/plain", "no upload " + request.body};
    const HttpUpload& upload = *request.upload;
    EXPECT_EQ(request.body, "");
    EXPECT_EQ(upload.path().parent_path(), folder_.path());
    EXPECT_EQ(upload.size_bytes(), fs::file_size(upload.path()));
    struct stat status {};
    EXPECT_EQ(stat(upload.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    if (request.path == "/keep") {
      fs::rename(upload.path(), folder_.path() / "kept");
      request.upload->keep();
    }
    return HttpResponse{200, "text/plain", upload.sha256()};
  }

  std::optional<UploadRule> rule(const HttpRequest& head) const {
    EXPECT_EQ(head.body, "");
    if (head.path == "/memory") return std::nullopt;
    if (head.path == "/fault") throw std::runtime_error("a fault of the program");
    if (head.path == "/nowhere") return UploadRule{kLimitBytes, folder_.path() / "none"};
    if (head.header("x-key") == "wrong") {
      return UploadRule{.refusal = HttpResponse{401, "text/plain", "Sign in first."}};
    }
    return UploadRule{kLimitBytes, folder_.path()};
  }

  // Until the server has noticed what its client did.
  bool is_empty_soon() const {
    const auto begin = steady_clock::now();
    while (folder_.files() > 0 && steady_clock::now() - begin < HttpClient::kPatience) {
      std::this_thread::yield();
    }
    return folder_.files() == 0;
  }

  bool has_file_soon() const {
    const auto begin = steady_clock::now();
    while (folder_.files() == 0 && steady_clock::now() - begin < HttpClient::kPatience) {
      std::this_thread::yield();
    }
    return folder_.files() > 0;
  }

  TestFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Workers, HttpUploads, testing::Values(0, 2));

TEST_P(HttpUploads, ComeAsAFileThatGoesUnlessItIsKept) {
  const HttpServer server = start();
  EXPECT_EQ(ask(server.port(), post(server.port(), "/", "abc")).body,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(folder_.files(), 0);
  const std::string body(kLimitBytes, 'x');
  EXPECT_EQ(ask(server.port(), post(server.port(), "/keep", body)).status, 200);
  EXPECT_EQ(folder_.files(), 1);
  EXPECT_EQ(text_of(folder_.path() / "kept"), body);
}

TEST_P(HttpUploads, ComeInChunks) {
  const HttpServer server = start();
  HttpClient client(server.port());
  const std::string head = get(server.port(), "/keep", "Transfer-Encoding: chunked\r\n");
  client.send("POST" + head.substr(3));
  for (int i = 0; i < 100; ++i) client.send("3e8\r\n" + std::string(1000, 'y') + "\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(text_of(folder_.path() / "kept"), std::string(100'000, 'y'));
  client.send(get(server.port(), "/next"));
  EXPECT_EQ(client.read_answer().body, "no upload ");
}

TEST_P(HttpUploads, ComeOverTls) {
  const auto key = test::make_test_key();
  const TestFolder keys;
  const HttpServer server = start({.tls = TlsFiles{keys.write("server.pem", key.certificate),
                                                   keys.write("server.key", key.key)}});
  test::TlsClient client(server.port(), key.certificate);
  client.send(post(server.port(), "/keep", std::string(kLimitBytes, 'z')));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(text_of(folder_.path() / "kept"), std::string(kLimitBytes, 'z'));
}

TEST_P(HttpUploads, StayInMemoryWithoutARule) {
  const HttpServer server = start();
  EXPECT_EQ(ask(server.port(), post(server.port(), "/memory", "abc")).body, "no upload abc");
  EXPECT_EQ(ask(server.port(), post(server.port(), "/memory", std::string(5000, 'x'))).status, 413);
  EXPECT_EQ(ask(server.port(), post(server.port(), "/", "")).body, "no upload ");
}

TEST_P(HttpUploads, AreRefusedBeforeTheyComeWhenTheyAreTooLong) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Content-Length: 5000001\r\n"));
  const Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(folder_.files(), 0);
}

TEST_P(HttpUploads, LeaveNothingWhenTheyTurnOutTooLong) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Transfer-Encoding: chunked\r\n"));
  for (int i = 0; i < 6; ++i) client.send("f4240\r\n" + std::string(1'000'000, 'x') + "\r\n");
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_EQ(folder_.files(), 0);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_P(HttpUploads, LeaveNothingWhenTheyBreakOff) {
  const HttpServer server = start();
  {
    HttpClient client(server.port());
    client.send(get(server.port(), "/", "Content-Length: 1000000\r\n") + std::string(500'000, 'x'));
    EXPECT_TRUE(has_file_soon());
  }
  EXPECT_TRUE(is_empty_soon());

  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Content-Length: 1000000\r\n") + std::string(500'000, 'x'));
  client.end_of_requests();
  EXPECT_EQ(client.read_answer().status, 400);
  EXPECT_EQ(folder_.files(), 0);
}

TEST_P(HttpUploads, LeaveNothingWhenTheServerStops) {
  HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Content-Length: 1000000\r\n") + std::string(500'000, 'x'));
  EXPECT_TRUE(has_file_soon());
  { const HttpServer gone = std::move(server); }
  EXPECT_EQ(folder_.files(), 0);
}

TEST_P(HttpUploads, MayTakeLongAsLongAsTheyGoOn) {
  const HttpServer server = start({.request_timeout_ms = 1000});
  const auto begin = steady_clock::now();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Content-Length: 12\r\n"));
  for (int i = 0; i < 12; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    client.send("x");
  }
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_GT(steady_clock::now() - begin, std::chrono::milliseconds(1000));

  HttpClient asleep(server.port());
  asleep.send(get(server.port(), "/", "Content-Length: 20\r\n") + "x");
  EXPECT_TRUE(asleep.closed_by_server());
  EXPECT_TRUE(is_empty_soon());
}

TEST_P(HttpUploads, WaitForASignWhenTheyExpectOne) {
  const HttpServer server = start();
  HttpClient client(server.port());
  const std::string expects = "Expect: 100-continue\r\nContent-Length: 3\r\n";
  for (const char* path : {"/", "/memory"}) {
    client.send(get(server.port(), path, expects));
    EXPECT_EQ(client.read_head().status, 100);
    client.send("abc");
    EXPECT_EQ(client.read_answer().status, 200);
  }
  client.send(get(server.port(), "/", expects) + "abc");  // Did not wait.
  EXPECT_EQ(client.read_answer().status, 200);
  client.send(get(server.port(), "/", "X-Key: wrong\r\n" + expects));
  EXPECT_EQ(client.read_answer().status, 401);
  const std::string too_long = "Expect: 100-continue\r\nContent-Length: 5000001\r\n";
  EXPECT_EQ(ask(server.port(), get(server.port(), "/", too_long)).status, 413);
  EXPECT_EQ(
      ask(server.port(), get(server.port(), "/", "Expect: x\r\nContent-Length: 3\r\n")).status,
      417);
}

TEST_P(HttpUploads, AreRefusedByTheirHead) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "X-Key: wrong\r\nContent-Length: 3000\r\n"));
  const Answer answer = client.read_answer();
  EXPECT_EQ(answer.body, "Sign in first.");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_EQ(ask(server.port(), post(server.port(), "/fault", "abc")).status, 500);
}

TEST_P(HttpUploads, AreToldWhereTheyCannotBeWritten) {
  const HttpServer server = start();
  const Answer answer = ask(server.port(), post(server.port(), "/nowhere", "abc"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body,
            "The server cannot write to its folder for files that come in (No such file or "
            "directory).\n");
}

// As a full disk, a limit of this process ends the file midway.
TEST_P(HttpUploads, LeaveNothingOnAFullDisk) {
  const HttpServer server = start();
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 300'000, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const Answer answer = ask(server.port(), post(server.port(), "/", std::string(1'000'000, 'x')));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(answer.status, 507);
  EXPECT_EQ(answer.body,
            "There is no room for this file on the server's disk: make some, or ask whoever looks "
            "after it.\n");
  EXPECT_EQ(folder_.files(), 0);
}

TEST(HttpUpload, GoesWithItsLastHandle) {
  const TestFolder folder;
  HttpUpload first(folder.write("first", "a"), 1, "");
  HttpUpload second(folder.write("second", "b"), 1, "");
  second = std::move(first);
  EXPECT_EQ(folder.files(), 1);
  {
    const HttpUpload third = std::move(second);
    EXPECT_EQ(third.path().filename(), "first");
    EXPECT_EQ(folder.files(), 1);
  }
  EXPECT_EQ(folder.files(), 0);
}

}  // namespace
}  // namespace tonecue

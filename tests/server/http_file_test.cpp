#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "server/http_client.h"
#include "server/test_folder.h"
#include "server/tls_client.h"
#include "tonecue/server/http_server.h"

namespace tonecue {
namespace {

using test::Answer;
using test::get;
using test::HttpClient;
using test::TestFolder;

// With 0 and with 2 workers.
class HttpFiles : public testing::TestWithParam<int> {
 protected:
  HttpServer start(HttpConfig config = {}) const {
    config.workers = GetParam();
    auto server = HttpServer::create(config, [this](const HttpRequest& request) -> HttpReply {
      FileResponse file{.path = folder_.path() / request.path.substr(1), .type = "audio/wav"};
      file.download_name = request.query_value("save");
      if (!request.query_value("tag").empty()) file.headers = {{"ETag", "\"own\""}};
      return file;
    });
    EXPECT_TRUE(server) << server.error().message;
    return std::move(*server);
  }

  static Answer ask(const HttpServer& server, const std::string& path,
                    const std::string& headers = "") {
    return test::ask(server.port(), get(server.port(), path, headers));
  }

  TestFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Workers, HttpFiles, testing::Values(0, 2));

TEST_P(HttpFiles, GoOutWhole) {
  const HttpServer server = start();
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i);
  folder_.write("long", text);
  folder_.write("empty", "");
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(get(server.port(), "/long") + get(server.port(), "/empty"));
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("content-type"), "audio/wav");
    EXPECT_EQ(answer.headers.at("accept-ranges"), "bytes");
    EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
    EXPECT_FALSE(answer.headers.contains("content-disposition"));
    EXPECT_EQ(answer.body, text);
    EXPECT_EQ(client.read_answer().headers.at("content-length"), "0");
  }
}

TEST_P(HttpFiles, GoOutOverTls) {
  const auto key = test::make_test_key();
  const TestFolder keys;
  const HttpServer server = start({.tls = TlsFiles{keys.write("server.pem", key.certificate),
                                                   keys.write("server.key", key.key)}});
  folder_.write("file", std::string(3'000'000, 'x'));
  test::TlsClient client(server.port(), key.certificate);
  client.send(get(server.port(), "/file"));
  EXPECT_EQ(client.read_answer().body, std::string(3'000'000, 'x'));
}

TEST_P(HttpFiles, GoOutInPart) {
  const HttpServer server = start();
  folder_.write("file", "0123456789");
  const auto answer = ask(server, "/file", "Range: bytes=2-4\r\n");
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.body, "234");
  EXPECT_EQ(answer.headers.at("content-range"), "bytes 2-4/10");
  EXPECT_EQ(ask(server, "/file", "Range: bytes=7-\r\n").body, "789");
  EXPECT_EQ(ask(server, "/file", "Range: bytes=-2\r\n").body, "89");
  const auto several = ask(server, "/file", "Range: bytes=0-1,4-5\r\n");
  EXPECT_EQ(several.status, 200);
  EXPECT_EQ(several.body, "0123456789");
  const auto outside = ask(server, "/file", "Range: bytes=10-\r\n");
  EXPECT_EQ(outside.status, 416);
  EXPECT_EQ(outside.headers.at("content-range"), "bytes */10");
}

TEST_P(HttpFiles, GoOutInPartOnlyWhileTheyAreTheSame) {
  const HttpServer server = start();
  folder_.write("file", "0123456789");
  const std::string tag = ask(server, "/file").headers.at("etag");
  const std::string range = "Range: bytes=2-4\r\nIf-Range: ";
  EXPECT_EQ(ask(server, "/file", range + tag + "\r\n").status, 206);
  EXPECT_EQ(ask(server, "/file", range + "W/" + tag + "\r\n").status, 200);
  EXPECT_EQ(ask(server, "/file", range + "Mon, 01 Jan 2024 00:00:00 GMT\r\n").status, 200);
  folder_.write("file", "other text");
  std::filesystem::resize_file(folder_.path() / "file", 9);
  EXPECT_EQ(ask(server, "/file", range + tag + "\r\n").body, "other tex");
}

TEST_P(HttpFiles, AreNotSentToWhoHasThem) {
  const HttpServer server = start();
  folder_.write("file", "0123456789");
  const std::string tag = ask(server, "/file").headers.at("etag");
  const auto known = ask(server, "/file", "If-None-Match: \"x\", " + tag + "\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.headers.at("etag"), tag);
  EXPECT_FALSE(known.headers.contains("content-length"));
  EXPECT_EQ(ask(server, "/file?tag=1", "If-None-Match: \"own\"\r\n").status, 304);
  EXPECT_EQ(ask(server, "/file", "If-None-Match: \"own\"\r\n").status, 200);
}

TEST_P(HttpFiles, TellTheirLengthToHead) {
  const HttpServer server = start();
  folder_.write("file", "0123456789");
  HttpClient client(server.port());
  const std::string request = get(server.port(), "/file", "Range: bytes=2-4\r\n");
  client.send("HEAD" + request.substr(3));
  const auto answer = client.read_answer(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-length"), "10");
  EXPECT_EQ(answer.headers.at("accept-ranges"), "bytes");
  client.send(request);
  EXPECT_EQ(client.read_answer().body, "234");
}

TEST_P(HttpFiles, AreSavedUnderAName) {
  const HttpServer server = start();
  folder_.write("file", "x");
  const auto saved_as = [&](const std::string& name) {
    return ask(server, "/file?save=" + name).headers.at("content-disposition");
  };
  EXPECT_EQ(saved_as("call%207.csv"),
            "attachment; filename=\"call 7.csv\"; filename*=UTF-8''call%207.csv");
  EXPECT_EQ(saved_as("%C3%A9%22%5C%2F.wav"),
            "attachment; filename=\"_____.wav\"; filename*=UTF-8''%C3%A9%22%5C%2F.wav");
}

TEST_P(HttpFiles, AreNotThereWhenTheyAreNoFiles) {
  const HttpServer server = start();
  ASSERT_EQ(mkfifo((folder_.path() / "pipe").c_str(), 0600), 0);
  for (const char* path : {"/none", "/pipe", "/"}) {
    const auto answer = ask(server, path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, "This file is not there any more.\n");
  }
}

TEST_P(HttpFiles, BreakOffWhenTheyBecomeShorter) {
  const HttpServer server = start({.request_timeout_ms = 2000});
  const auto path = folder_.write("file", "");
  std::filesystem::resize_file(path, 50'000'000);  // More than lies in the sockets.
  HttpClient client(server.port());
  client.send(get(server.port(), "/file"));
  EXPECT_EQ(client.read_head().headers.at("content-length"), "50000000");
  std::filesystem::resize_file(path, 1'000'000);
  EXPECT_TRUE(client.closed_by_server());
}

TEST_P(HttpFiles, AreClosedWhenTheReaderLeaves) {
  const HttpServer server = start({.request_timeout_ms = 500});
  std::filesystem::resize_file(folder_.write("file", ""), 50'000'000);
  const int files = test::open_files();
  {
    HttpClient leaves(server.port());
    leaves.send(get(server.port(), "/file"));
    EXPECT_EQ(leaves.read_head().status, 200);
    HttpClient sleeps(server.port());
    sleeps.send(get(server.port(), "/file"));
    EXPECT_EQ(sleeps.read_head().status, 200);
    // Has what lay in the sockets, and then the end.
    EXPECT_TRUE(sleeps.closed_by_server());
  }
  const auto begin = std::chrono::steady_clock::now();
  while (test::open_files() != files &&
         std::chrono::steady_clock::now() - begin < HttpClient::kPatience) {
    std::this_thread::yield();
  }
  EXPECT_EQ(test::open_files(), files);
}

}  // namespace
}  // namespace tonecue

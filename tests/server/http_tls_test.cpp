#include <array>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "server/http_client.h"
#include "server/test_folder.h"
#include "server/tls_client.h"
#include "tonecue/server/http_server.h"

namespace tonecue {
namespace {

using test::get;
using test::HttpClient;
using test::locked;
using test::make_test_key;
using test::post;
using test::TestFolder;
using test::TestKey;
using test::TlsClient;

HttpReply echo(const HttpRequest& request) {
  if (request.path == "/events") return EventStream{"hello", "{}", 0};
  return HttpResponse{200, "text/plain",
                      request.path + (request.secure ? " secure " : " open ") + request.remote +
                          " " + request.body};
}

class HttpTls : public testing::Test {
 protected:
  HttpConfig config(const std::string& certificate, const std::string& key) const {
    return {.tls = TlsFiles{folder_.write("server.pem", certificate),
                            folder_.write("server.key", key)}};
  }

  HttpServer start(HttpConfig config = {}) const {
    config.tls = TlsFiles{folder_.write("server.pem", key_.certificate),
                          folder_.write("server.key", key_.key)};
    auto server = HttpServer::create(config, echo);
    EXPECT_TRUE(server) << server.error().message;
    return std::move(*server);
  }

  Error refusal(const std::string& certificate, const std::string& key) const {
    const auto server = HttpServer::create(config(certificate, key), echo);
    EXPECT_FALSE(server);
    return server ? Error{} : server.error();
  }

  TestFolder folder_;
  const TestKey key_ = make_test_key();
};

TEST_F(HttpTls, AnswersOverTls12AndTls13) {
  const HttpServer server = start();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port(), key_.certificate, version);
    ASSERT_TRUE(client.trusted());
    client.send(get(server.port(), "/a"));
    EXPECT_EQ(client.read_answer().body, "/a secure 127.0.0.1 ");
    client.send(post(server.port(), "/b", "body"));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.body, "/b secure 127.0.0.1 body");
    EXPECT_EQ(answer.headers.at("strict-transport-security"), "max-age=31536000");
    EXPECT_EQ(client.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
  }
}

TEST_F(HttpTls, RefusesWhatIsOlder) {
  const HttpServer server = start();
  EXPECT_FALSE(TlsClient(server.port(), key_.certificate, TLS1_1_VERSION).trusted());
}

TEST_F(HttpTls, TellsPlainHttpWhereItIs) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/"));
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, "This port speaks HTTPS: begin the address with https://.\n");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(HttpTls, KnowsItsOwnPagesByTheirScheme) {
  const HttpServer server = start();
  const std::string host = "127.0.0.1:" + std::to_string(server.port());
  const auto status_of = [&](const std::string& origin) {
    TlsClient client(server.port(), key_.certificate);
    client.send(post(server.port(), "/", "", "Origin: " + origin + "\r\n"));
    return client.read_answer().status;
  };
  EXPECT_EQ(status_of("https://" + host), 200);
  EXPECT_EQ(status_of("http://" + host), 403);
}

TEST_F(HttpTls, SendsLongAnswersAndEventsWhole) {
  HttpServer server = start({.body_limit_bytes = 4'000'000, .backlog_limit_bytes = 4'000'000});
  const std::string body(3'000'000, 'x');
  TlsClient client(server.port(), key_.certificate);
  client.send(post(server.port(), "/", body));
  EXPECT_EQ(client.read_answer().body, "/ secure 127.0.0.1 " + body);
  client.send(get(server.port(), "/events"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_event().name, "hello");
  for (int i = 0; i < 20; ++i) server.publish("tick", std::string(100'000, 'e'));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read_event().data.size(), 100'000U);
}

TEST_F(HttpTls, ClosesOnWhoDoesNotShakeHands) {
  const HttpServer server = start({.request_timeout_ms = 50});
  HttpClient silent(server.port());
  HttpClient slow(server.port());
  slow.send("\x16\x03\x01");
  EXPECT_TRUE(silent.closed_by_server());
  EXPECT_TRUE(slow.closed_by_server());
}

TEST_F(HttpTls, OutlivesWhatIsNeitherTlsNorHttp) {
  const HttpServer server = start();
  for (const std::string& noise :
       {std::string(5000, '\x16'), std::string(5000, '\0'), std::string("SSH-2.0-x\r\n"),
        std::string("\x16\x03\x01\xff\xff") + std::string(70'000, '\x01')}) {
    HttpClient client(server.port());
    client.send(noise);
    client.end_of_requests();
    EXPECT_TRUE(client.closed_by_server());
  }
  TlsClient client(server.port(), key_.certificate);
  client.send(get(server.port(), "/"));
  EXPECT_EQ(client.read_answer().status, 200);
}

TEST_F(HttpTls, SaysWhatIsWrongWithItsFiles) {
  const std::string certificate = (folder_.path() / "server.pem").native();
  const std::string key = (folder_.path() / "server.key").native();
  const auto text = [&](const std::string& c, const std::string& k) {
    return refusal(c, k).message;
  };
  EXPECT_EQ(text("", key_.key), certificate +
                                    " holds no certificate in PEM form "
                                    "(-----BEGIN CERTIFICATE-----)");
  EXPECT_EQ(text(key_.key, key_.key), text("", key_.key));
  EXPECT_EQ(text(key_.certificate, "nothing"),
            key + " holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
  EXPECT_EQ(text(key_.certificate, key_.certificate), text(key_.certificate, "nothing"));
  EXPECT_EQ(text(key_.certificate, make_test_key().key),
            "the key in " + key + " does not belong to the certificate in " + certificate +
                "; name the pair that was made together");
  EXPECT_EQ(text(key_.certificate, locked(key_.key)),
            "the key in " + key +
                " is locked with a passphrase; give one without (openssl pkey -in locked.pem -out "
                "open.pem)");
  const TestKey old = make_test_key(-10, -2);
  EXPECT_TRUE(text(old.certificate, old.key)
                  .starts_with("the certificate in " + certificate + " ended on 20"));
  const TestKey early = make_test_key(2, 10);
  EXPECT_TRUE(text(early.certificate, early.key)
                  .starts_with("the certificate in " + certificate + " begins on 20"));
  const std::string broken =
      key_.certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(text(broken, key_.key), certificate + " has a broken certificate after the first");
}

TEST_F(HttpTls, SaysWhichFileItCannotRead) {
  const auto refusal_of = [](const TlsFiles& files) {
    return HttpServer::create({.tls = files}, echo).error();
  };
  const auto certificate = folder_.write("server.pem", key_.certificate);
  const Error none = refusal_of({folder_.path() / "none.pem", certificate});
  EXPECT_EQ(none.code, ErrorCode::unreadable);
  EXPECT_EQ(none.message, (folder_.path() / "none.pem").native() +
                              " with the certificate cannot be read; name a file that this user "
                              "may read");
  const Error folder = refusal_of({certificate, folder_.path()});
  EXPECT_EQ(folder.code, ErrorCode::unreadable);
  EXPECT_EQ(folder.message,
            folder_.path().native() +
                " with the key cannot be read; name a file that this user may read");
}

TEST_F(HttpTls, TakesAChain) {
  const HttpServer server = [&] {
    auto made =
        HttpServer::create(config(key_.certificate + make_test_key().certificate, key_.key), echo);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }();
  EXPECT_TRUE(TlsClient(server.port(), key_.certificate).trusted());
}

TEST_F(HttpTls, StopsWithOpenConnectionsAndLeavesNothingBehind) {
  start();  // What the libraries open once.
  const int files = test::open_files();
  for (int round = 0; round < 5; ++round) {
    HttpServer server = start();
    std::array<HttpClient, 3> silent = {HttpClient(server.port()), HttpClient(server.port()),
                                        HttpClient(server.port())};
    TlsClient reader(server.port(), key_.certificate);
    reader.send(get(server.port(), "/events"));
    EXPECT_EQ(reader.read_head().status, 200);
    EXPECT_EQ(reader.read_event().name, "hello");
    server.publish("tick", "last");
    server.stop();
    EXPECT_EQ(reader.read_event().data, "last");
  }
  EXPECT_EQ(test::open_files(), files);
}

}  // namespace
}  // namespace tonecue

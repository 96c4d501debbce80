#include "tonecue/server/http_server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/http_client.h"

namespace tonecue {
namespace {

using std::chrono::steady_clock;
using test::ask;
using test::get;
using test::HttpClient;
using test::post;

// Says what it understood.
HttpReply echo(const HttpRequest& request) {
  if (request.path == "/events") return EventStream{"hello", "{}", 0};
  if (request.path == "/fault") throw std::runtime_error("a fault of the program");
  return HttpResponse{200, "text/plain", request.method + " " + request.path + " " + request.body};
}

HttpServer start(const HttpConfig& config = {}) {
  auto server = HttpServer::create(config, echo);
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

HttpClient open_stream(int port) {
  HttpClient client(port);
  client.send(get(port, "/events"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_event().name, "hello");
  return client;
}

double ms_since(steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
}

TEST(HttpServer, AnswersSeveralRequestsOverOneConnection) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/a%20b?x=1"));
  EXPECT_EQ(client.read_answer().body, "GET /a%20b ");
  client.send(post(server.port(), "/c", "body"));
  EXPECT_EQ(client.read_answer().body, "POST /c body");
}

TEST(HttpServer, AnswersRequestsThatCameTogetherInTheirOrder) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/1") + get(server.port(), "/2"));
  EXPECT_EQ(client.read_answer().body, "GET /1 ");
  EXPECT_EQ(client.read_answer().body, "GET /2 ");
}

TEST(HttpServer, ClosesAfterTheAnswerWhenAskedTo) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(get(server.port(), "/", "Connection: close\r\n"));
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(HttpServer, LeavesTheBodyOutOfTheAnswerToHead) {
  const HttpServer server = start();
  HttpClient client(server.port());
  const std::string host = "Host: localhost:" + std::to_string(server.port()) + "\r\n\r\n";
  client.send("HEAD /abc HTTP/1.1\r\n" + host);
  EXPECT_EQ(client.read_answer(true).headers.at("content-length"), "9");
  client.send("HEAD /events HTTP/1.1\r\n" + host);
  EXPECT_EQ(client.read_answer(true).headers.at("content-type"), "text/event-stream");
  client.send(get(server.port(), "/next"));
  EXPECT_EQ(client.read_answer().body, "GET /next ");
}

TEST(HttpServer, ProtectsEveryAnswer) {
  const HttpServer server = start();
  for (const char* path : {"/", "/fault", "/events"}) {
    const auto headers = ask(server.port(), get(server.port(), path)).headers;
    EXPECT_TRUE(headers.at("content-security-policy").starts_with("default-src 'self';")) << path;
    EXPECT_NE(headers.at("content-security-policy").find("frame-ancestors 'none'"),
              std::string::npos);
    EXPECT_EQ(headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(headers.at("permissions-policy"), "microphone=(), camera=(), geolocation=()");
    EXPECT_EQ(headers.at("cache-control"), "no-store");
    EXPECT_FALSE(headers.contains("strict-transport-security"));
    EXPECT_TRUE(headers.contains("date"));
  }
}

TEST(HttpServer, RefusesForgedHostsAndOrigins) {
  const HttpServer server = start();
  const std::string port = std::to_string(server.port());
  const auto with_host = [&](const std::string& host) {
    return ask(server.port(), "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status;
  };
  EXPECT_EQ(with_host("127.0.0.1:" + port), 200);
  EXPECT_EQ(with_host("LocalHost:" + port), 200);
  EXPECT_EQ(with_host("evil.example:" + port), 403);
  EXPECT_EQ(with_host("127.0.0.1"), 403);
  EXPECT_EQ(with_host("127.0.0.1:" + port + ".evil.example"), 403);
  EXPECT_EQ(ask(server.port(), "GET / HTTP/1.1\r\n\r\n").status, 400);
  EXPECT_EQ(with_host("localhost:" + port + "\r\nHost: localhost:" + port), 400);

  const auto with_origin = [&](const std::string& origin) {
    return ask(server.port(), post(server.port(), "/", "", "Origin: " + origin + "\r\n")).status;
  };
  EXPECT_EQ(with_origin("http://127.0.0.1:" + port), 200);
  EXPECT_EQ(with_origin("http://localhost:" + port), 200);
  EXPECT_EQ(with_origin("https://127.0.0.1:" + port), 403);
  EXPECT_EQ(with_origin("http://localhost:1"), 403);
  EXPECT_EQ(with_origin("http://evil.example"), 403);
  EXPECT_EQ(with_origin("null"), 403);
}

TEST(HttpServer, RefusesWhatIsTooLong) {
  const HttpServer server = start({.body_limit_bytes = 100});
  EXPECT_EQ(ask(server.port(), post(server.port(), "/", std::string(100, 'x'))).status, 200);
  EXPECT_EQ(ask(server.port(), post(server.port(), "/", std::string(101, 'x'))).status, 413);
  EXPECT_EQ(ask(server.port(), post(server.port(), "/", std::string(500'000, 'x'))).status, 413);
  const std::string chunk = "40\r\n" + std::string(64, 'x') + "\r\n";
  const std::string head = "POST / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                           "\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(ask(server.port(), head + chunk + "0\r\n\r\n").status, 200);
  EXPECT_EQ(ask(server.port(), head + chunk + chunk + "0\r\n\r\n").status, 413);
  EXPECT_EQ(ask(server.port(), get(server.port(), "/", "X: " + std::string(9000, 'x'))).status,
            431);
  EXPECT_EQ(ask(server.port(), get(server.port(), std::string(9000, '/'))).status, 431);
}

TEST(HttpServer, CallsBrokenRequestsBroken) {
  const HttpServer server = start();
  const auto answer = ask(server.port(), "no http at all\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_EQ(ask(server.port(), get(server.port(), "/%zz")).status, 400);
  EXPECT_EQ(ask(server.port(), get(server.port(), "/%00")).status, 400);
  EXPECT_EQ(ask(server.port(), get(server.port(), "http://127.0.0.1/")).status, 400);

  HttpClient truncated(server.port());
  truncated.send(get(server.port(), "/", "Content-Length: 10\r\n") + "half");
  truncated.end_of_requests();
  EXPECT_EQ(truncated.read_answer().status, 400);
  EXPECT_TRUE(truncated.closed_by_server());
}

TEST(HttpServer, ClosesOnWhoTakesTooLongToAsk) {
  const HttpServer server = start({.request_timeout_ms = 50});
  HttpClient silent(server.port());
  HttpClient slow(server.port());
  slow.send("GET / HT");
  EXPECT_TRUE(silent.closed_by_server());
  EXPECT_TRUE(slow.closed_by_server());
}

TEST(HttpServer, LivesOnAfterAFaultOfTheHandler) {
  const HttpServer server = start();
  EXPECT_EQ(ask(server.port(), get(server.port(), "/fault")).status, 500);
  EXPECT_EQ(ask(server.port(), get(server.port(), "/")).status, 200);
}

TEST(HttpServer, SendsEventsToEveryReaderInOrder) {
  HttpServer server = start();
  auto first = open_stream(server.port());
  auto second = open_stream(server.port());
  EXPECT_EQ(server.streams(), 2);
  EXPECT_EQ(server.publish("tick", "one"), 1U);
  EXPECT_EQ(server.publish("tick", "two\nlines"), 2U);
  for (HttpClient* client : {&first, &second}) {
    const auto one = client->read_event();
    EXPECT_EQ(one.name + one.id + one.data, "tick1one");
    const auto two = client->read_event();
    EXPECT_EQ(two.id + two.data, "2two\nlines");
  }
}

TEST(HttpServer, LeavesOutOfAStreamWhatItsFirstEventTold) {
  std::atomic<std::uint64_t> told{0};
  auto server = HttpServer::create({}, [&](const HttpRequest&) -> HttpReply {
    return EventStream{"hello", "", told};
  });
  ASSERT_TRUE(server);
  told = 1;
  HttpClient client(server->port());
  client.send(get(server->port(), "/"));
  EXPECT_EQ(client.read_head().headers.at("content-type"), "text/event-stream");
  EXPECT_EQ(client.read_event().id, "1");
  server->publish("old", "");
  server->publish("new", "");
  EXPECT_EQ(client.read_event().name, "new");
}

TEST(HttpServer, ShowsAQuietStreamThatItLives) {
  HttpServer server = start({.heartbeat_ms = 10});
  auto client = open_stream(server.port());
  const auto begin = steady_clock::now();
  while (client.comments() == 0 && ms_since(begin) < 5000) {
    server.publish("tick", "");
    ASSERT_EQ(client.read_event().name, "tick");
  }
  EXPECT_GT(client.comments(), 0);
}

TEST(HttpServer, NoticesAReaderWhoLeaves) {
  const HttpServer server = start();
  { const auto client = open_stream(server.port()); }
  const auto begin = steady_clock::now();
  while (server.streams() > 0 && ms_since(begin) < 5000) std::this_thread::yield();
  EXPECT_EQ(server.streams(), 0);
}

TEST(HttpServer, CutsOffAReaderWhoDoesNotKeepUpAndNobodyElseWaits) {
  HttpServer server = start({.backlog_limit_bytes = 65'536});
  auto asleep = open_stream(server.port());
  auto awake = open_stream(server.port());
  const std::string data(10'000, 'x');
  double slowest_publish_ms = 0.0;
  double slowest_event_ms = 0.0;
  int events = 0;
  while (server.streams() == 2 && events < 5000) {
    const auto begin = steady_clock::now();
    server.publish("tick", data);
    slowest_publish_ms = std::max(slowest_publish_ms, ms_since(begin));
    ASSERT_EQ(awake.read_event().data.size(), data.size());
    slowest_event_ms = std::max(slowest_event_ms, ms_since(begin));
    ++events;
  }
  EXPECT_EQ(server.streams(), 1) << events;
  EXPECT_TRUE(asleep.closed_by_server());
  EXPECT_LT(slowest_publish_ms, 2000.0) << "the one who sleeps never wakes up";
  EXPECT_LT(slowest_event_ms, 2000.0);
  std::printf("cut off after %d events of 10 kB; slowest publish %.3f ms, slowest event %.3f ms\n",
              events, slowest_publish_ms, slowest_event_ms);
}

TEST(HttpServer, TakesFiftyReadersAndTurnsAwayWhoIsTooMany) {
  HttpServer server = start({.most_connections = 50});
  std::vector<HttpClient> clients;
  clients.reserve(50);
  for (int i = 0; i < 50; ++i) clients.push_back(open_stream(server.port()));
  HttpClient one_more(server.port());
  EXPECT_TRUE(one_more.closed_by_server());
  server.publish("tick", "all");
  for (HttpClient& client : clients) EXPECT_EQ(client.read_event().data, "all");
}

TEST(HttpServer, TurnsAwayWhomOneAddressHasTooManyOf) {
  const HttpServer server = start({.most_connections_per_address = 2});
  HttpClient first(server.port());
  {
    HttpClient second(server.port());
    second.send(get(server.port(), "/"));
    EXPECT_EQ(second.read_answer().status, 200);
    EXPECT_TRUE(HttpClient(server.port()).closed_by_server());
    // Another address of this machine is another.
    HttpClient other(server.port(), "127.0.0.2");
    other.send(get(server.port(), "/"));
    EXPECT_EQ(other.read_answer().body, "GET / ");
  }
  const auto begin = steady_clock::now();
  int status = 0;
  while (status != 200 && ms_since(begin) < 5000) {
    status = ask(server.port(), get(server.port(), "/")).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpServer, TellsWhoAsksAndAtWhichOfItsAddresses) {
  const auto server =
      HttpServer::create({.address = "::"}, [](const HttpRequest& request) -> HttpReply {
        return HttpResponse{200, "text/plain", request.remote + (request.secure ? " secure" : "")};
      });
  if (!server) GTEST_SKIP() << "skipped: no IPv6 on this machine";
  HttpClient client(server->port(), "127.0.0.3");
  client.send(get(server->port(), "/"));
  EXPECT_EQ(client.read_answer().body, "127.0.0.3");
}

TEST(HttpServer, HoldsNobodyUpWhoAsksByteByByte) {
  const HttpServer server = start({.request_timeout_ms = 300});
  HttpClient slow(server.port());
  const auto begin = steady_clock::now();
  while (!slow.has_come(std::chrono::milliseconds(20)) && ms_since(begin) < 5000) slow.send("x");
  EXPECT_LT(ms_since(begin), 2000.0);
  EXPECT_TRUE(slow.closed_by_server());
}

TEST(HttpServer, SendsItsLastWordsBeforeItStops) {
  for (int i = 0; i < 20; ++i) {
    HttpServer server = start();
    HttpClient reader = open_stream(server.port());
    server.publish("summary", "{}");
    server.stop();
    ASSERT_EQ(reader.read_event().name, "summary");
    ASSERT_TRUE(reader.closed_by_server());
  }
}

TEST(HttpServer, StopsAtOnceWithOpenStreamsAndLeavesNothingBehind) {
  start();  // What the C library opens once.
  const int files = test::open_files();
  const int threads = test::running_threads();
  for (int round = 0; round < 10; ++round) {
    HttpServer server = start();
    std::vector<HttpClient> clients;
    clients.reserve(10);
    for (int i = 0; i < 10; ++i) clients.push_back(open_stream(server.port()));
    HttpClient idle(server.port());
    server.publish("tick", "last");
    const auto begin = steady_clock::now();
    server.stop();
    EXPECT_LT(ms_since(begin), 1000.0);
    server.stop();
    server.publish("tick", "to nobody");
    EXPECT_TRUE(clients.front().closed_by_server());
  }
  EXPECT_EQ(test::open_files(), files);
  EXPECT_EQ(test::running_threads(), threads);
}

TEST(HttpServer, TellsInOneLineWhyItCannotListen) {
  const HttpServer server = start();
  const auto taken = HttpServer::create({.port = server.port()}, echo);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::exists);
  EXPECT_EQ(taken.error().message, "port " + std::to_string(server.port()) +
                                       " of 127.0.0.1 is taken by another program; choose another "
                                       "port, or 0 for any free one");
  for (const HttpConfig& config :
       {HttpConfig{.address = "203.0.113.1"}, HttpConfig{.address = "desk"},
        HttpConfig{.port = 65536}, HttpConfig{.port = -1}, HttpConfig{.most_connections = 0},
        HttpConfig{.most_connections_per_address = 0}, HttpConfig{.request_timeout_ms = 0},
        HttpConfig{.heartbeat_ms = 0}}) {
    const auto none = HttpServer::create(config, echo);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(none.error().message.find('\n'), std::string::npos);
  }
}

// Told, not judged: the machine may be loaded.
TEST(HttpServer, TellsAnEventWithinAMillisecondOrSo) {
  HttpServer server = start();
  auto client = open_stream(server.port());
  const std::string data(600, 'x');
  std::vector<double> delays_ms;
  for (int i = 0; i < 2000; ++i) {
    const auto begin = steady_clock::now();
    server.publish("tick", data);
    ASSERT_EQ(client.read_event().name, "tick");
    delays_ms.push_back(ms_since(begin));
  }
  std::ranges::sort(delays_ms);
  std::printf("publish to socket: median %.3f ms, p99 %.3f ms\n", delays_ms[1000], delays_ms[1980]);
  EXPECT_LT(delays_ms[1000], 50.0);
}

}  // namespace
}  // namespace tonecue

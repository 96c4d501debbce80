#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/http_client.h"
#include "tonecue/server/http_server.h"

namespace tonecue {
namespace {

using std::chrono::steady_clock;
using test::ask;
using test::get;
using test::HttpClient;

HttpServer start(const HttpConfig& config, HttpHandler handler) {
  auto server = HttpServer::create(config, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

std::string numbered(int i) { return std::string("/").append(std::to_string(i)); }

HttpResponse say(const std::string& text) { return {200, "text/plain", text}; }

// Who of them is answered first, while the others wait.
std::vector<HttpClient>::iterator first_to_hear(std::vector<HttpClient>& clients) {
  const auto begin = steady_clock::now();
  while (steady_clock::now() - begin < HttpClient::kPatience) {
    const auto found = std::ranges::find_if(
        clients, [](HttpClient& client) { return client.has_come(std::chrono::milliseconds(1)); });
    if (found != clients.end()) return found;
  }
  return clients.end();
}

TEST(HttpWorkers, AnswerOthersWhileOneTakesItsTime) {
  std::latch released(1);
  const HttpServer server = start({.workers = 2}, [&](const HttpRequest& request) -> HttpReply {
    if (request.path == "/slow") released.wait();
    return say(request.path);
  });
  HttpClient slow(server.port());
  slow.send(get(server.port(), "/slow"));
  EXPECT_EQ(ask(server.port(), get(server.port(), "/quick")).body, "/quick");
  released.count_down();
  EXPECT_EQ(slow.read_answer().body, "/slow");
}

TEST(HttpWorkers, WorkAtOnce) {
  std::barrier all_here(4);
  const HttpServer server = start({.workers = 4}, [&](const HttpRequest&) -> HttpReply {
    all_here.arrive_and_wait();
    return say("together");
  });
  std::vector<HttpClient> clients;
  clients.reserve(4);
  for (int i = 0; i < 4; ++i) clients.emplace_back(server.port()).send(get(server.port(), "/"));
  for (HttpClient& client : clients) EXPECT_EQ(client.read_answer().body, "together");
}

TEST(HttpWorkers, KeepTheOrderOfAConnection) {
  const HttpServer server = start(
      {.workers = 8}, [](const HttpRequest& request) -> HttpReply { return say(request.path); });
  HttpClient client(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i) all += get(server.port(), numbered(i));
  client.send(all);
  for (int i = 0; i < 50; ++i) ASSERT_EQ(client.read_answer().body, numbered(i));
}

TEST(HttpWorkers, TurnAwayWhomTheyCouldNotAnswerSoon) {
  constexpr int kMostWaiting = 16;
  std::latch released(1);
  std::atomic<int> answered{0};
  const HttpServer server = start({.workers = 1}, [&](const HttpRequest&) -> HttpReply {
    ++answered;
    released.wait();
    return say("in time");
  });
  std::vector<HttpClient> clients;
  clients.reserve(kMostWaiting + 2);
  clients.emplace_back(server.port()).send(get(server.port(), "/"));
  while (answered == 0) std::this_thread::yield();
  for (int i = 0; i <= kMostWaiting; ++i) {
    clients.emplace_back(server.port()).send(get(server.port(), "/"));
  }
  const auto away = first_to_hear(clients);
  ASSERT_NE(away, clients.end());
  const auto answer = away->read_answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.headers.at("retry-after"), "1");
  released.count_down();
  for (auto client = clients.begin(); client != clients.end(); ++client) {
    if (client == away) continue;
    EXPECT_EQ(client->read_answer().body, "in time");
  }
  away->send(get(server.port(), "/"));
  EXPECT_EQ(away->read_answer().body, "in time");
}

TEST(HttpWorkers, LoseNoEventThatIsPublishedWhileTheyAnswer) {
  HttpServer* published = nullptr;
  std::atomic<std::uint64_t> last{0};
  HttpServer server = start({.workers = 3}, [&](const HttpRequest&) -> HttpReply {
    const std::uint64_t known = last;
    for (int i = 0; i < 3; ++i) published->publish("early", std::to_string(i));
    return EventStream{"hello", "", known};
  });
  published = &server;
  last = server.publish("old", "");
  HttpClient client(server.port());
  client.send(get(server.port(), "/"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_event().name, "hello");
  server.publish("late", "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.read_event().data, std::to_string(i));
  EXPECT_EQ(client.read_event().name, "late");
}

TEST(HttpWorkers, CutOffAReaderWhoMissedTooMuchOfTheEvents) {
  HttpServer* published = nullptr;
  HttpServer server =
      start({.workers = 1, .backlog_limit_bytes = 10'000}, [&](const HttpRequest&) -> HttpReply {
        const std::string data(4'000, 'x');
        for (int i = 0; i < 5; ++i) published->publish("early", data);
        return EventStream{"hello", "", 0};
      });
  published = &server;
  HttpClient client(server.port());
  client.send(get(server.port(), "/"));
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(server.streams(), 0);
}

TEST(HttpWorkers, NumberEventsOfSeveralThreadsInTheirOrder) {
  HttpServer server = start({}, [](const HttpRequest&) -> HttpReply {
    return EventStream{"hello", "", 0};
  });
  HttpClient client(server.port());
  client.send(get(server.port(), "/"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_event().name, "hello");
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 100; ++k) server.publish("tick", "");
      });
    }
  }
  for (int id = 1; id <= 400; ++id) ASSERT_EQ(client.read_event().id, std::to_string(id));
}

TEST(HttpWorkers, FinishWhatTheyDoBeforeTheServerStops) {
  std::atomic<bool> begun{false};
  std::atomic<int> calls{0};
  HttpServer server = start({.workers = 1}, [&](const HttpRequest&) -> HttpReply {
    ++calls;
    begun = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return say("done");
  });
  std::vector<HttpClient> clients;
  clients.reserve(5);
  for (int i = 0; i < 5; ++i) clients.emplace_back(server.port()).send(get(server.port(), "/"));
  while (!begun) std::this_thread::yield();
  server.stop();
  const int done = calls;
  int answered = 0;
  for (HttpClient& client : clients) answered += client.read_answer().status == 200 ? 1 : 0;
  EXPECT_EQ(answered, done);
  EXPECT_EQ(calls, done);
}

TEST(HttpWorkers, OutliveFaultsAndPeopleWhoLeave) {
  const HttpServer server = start({.workers = 2}, [](const HttpRequest& request) -> HttpReply {
    if (request.path == "/fault") throw std::runtime_error("a fault of the program");
    return say(std::string(100'000, 'x'));
  });
  for (int i = 0; i < 20; ++i) HttpClient(server.port()).send(get(server.port(), "/"));
  EXPECT_EQ(ask(server.port(), get(server.port(), "/fault")).status, 500);
  EXPECT_EQ(ask(server.port(), get(server.port(), "/")).body.size(), 100'000U);
}

TEST(HttpWorkers, LeaveNoThreadBehind) {
  const int threads = test::running_threads();
  for (const int workers : {0, 1, 64}) {
    const HttpServer server =
        start({.workers = workers}, [](const HttpRequest&) -> HttpReply { return say(""); });
    EXPECT_EQ(test::running_threads(), threads + 1 + workers);
  }
  EXPECT_EQ(test::running_threads(), threads);
  for (const int workers : {-1, 65}) {
    const auto none = HttpServer::create({.workers = workers}, HttpHandler{});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().message, "workers must be from 0 to 64");
  }
}

}  // namespace
}  // namespace tonecue

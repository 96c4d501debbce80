#include "tonecue/server/desk_server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/http_client.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;
using test::ask;
using test::Event;
using test::get;
using test::HttpClient;
using test::post;

constexpr DeskAssets kAssets = {"<!doctype html><p>desk", "\"use strict\";", "p{}", "<svg/>"};

// What the page asked for.
struct Asked {
  std::mutex mutex;
  std::vector<AlertAnswer> answers;
  int wakes = 0;
  int ends = 0;
};

class Desk : public testing::Test {
 protected:
  void SetUp() override {
    turn_.index = -1;
    start({.version = "0.1.0"});
  }

  void start(const DeskConfig& config) {
    const auto count = [this](int& counter) {
      return [this, &counter] {
        const std::scoped_lock lock(asked_.mutex);
        ++counter;
      };
    };
    auto desk = DeskServer::create(config, kAssets,
                                   {.answer =
                                        [this](const AlertAnswer& answer) {
                                          const std::scoped_lock lock(asked_.mutex);
                                          asked_.answers.push_back(answer);
                                        },
                                    .wake = count(asked_.wakes),
                                    .end = count(asked_.ends)});
    ASSERT_TRUE(desk) << desk.error().message;
    desk_ = std::make_unique<DeskServer>(std::move(*desk));
    const std::string url = desk_->url();
    key_ = url.substr(url.find("/?key=") + 6);
    cookie_name_ = "tonecue_key_" + std::to_string(desk_->port());
    cookie_ = "Cookie: other=1; " + cookie_name_ + "=" + key_ + "\r\n";
  }

  int port() const { return desk_->port(); }
  test::Answer get_page(std::string_view path, const std::string& headers = {}) const {
    return ask(port(), get(port(), path, cookie_ + headers));
  }
  test::Answer post_json(std::string_view path, std::string_view body) const {
    return ask(port(), post(port(), path, body, cookie_ + "Content-Type: application/json\r\n"));
  }

  /// A page that has its first event.
  std::pair<HttpClient, json> open_page() const {
    HttpClient page(port());
    page.send(get(port(), "/events", cookie_));
    EXPECT_EQ(page.read_head().status, 200);
    const Event hello = page.read_event();
    EXPECT_EQ(hello.name, "hello");
    return {std::move(page), json::parse(hello.data)};
  }

  /// The call goes on to here, in frames.
  void go_to(std::int64_t time_ms) {
    while (hops_to_ms(turn_.index + 1) < time_ms) {
      ++turn_.index;
      desk_->on_frame({});
      desk_->on_turn(turn_);
      turn_.ended_segment = {};
      turn_.ended_overlap = {};
    }
  }

  Alert raise(int id, CueKind kind = CueKind::interruption, Party party = Party::agent) {
    Alert alert;
    alert.at_ms = std::int64_t{1000} * id;
    alert.cue = {.kind = kind, .party = party, .raised_at_ms = alert.at_ms};
    alert.text = "Let them finish.";
    alert.id = id;
    desk_->on_cue({CuePhase::raised, alert.cue});
    desk_->on_alert(alert);
    return alert;
  }

  void end(Cue cue, std::int64_t end_ms) {
    cue.end_ms = end_ms;
    desk_->on_cue({CuePhase::ended, cue});
  }

  Asked asked_;
  std::unique_ptr<DeskServer> desk_;
  std::string key_;
  std::string cookie_name_;
  std::string cookie_;
  TurnFrame turn_;
};

Event next(HttpClient& page, std::string_view name) {
  for (;;) {
    Event event = page.read_event();
    if (event.name == name || event.name.empty()) return event;
  }
}

TEST_F(Desk, GivesItsAddressWithTheKey) {
  EXPECT_EQ(desk_->url(), "http://127.0.0.1:" + std::to_string(port()) + "/?key=" + key_);
  EXPECT_EQ(key_.size(), 32U);
}

TEST_F(Desk, TakesTheKeyOnceAndTheCookieFromThenOn) {
  const auto let_in = ask(port(), get(port(), "/?key=" + key_));
  EXPECT_EQ(let_in.status, 303);
  EXPECT_EQ(let_in.headers.at("location"), "/");
  EXPECT_EQ(let_in.headers.at("set-cookie"),
            cookie_name_ + "=" + key_ + "; HttpOnly; SameSite=Lax; Path=/");
  const auto page = get_page("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, kAssets.html);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
}

TEST_F(Desk, RefusesEverythingWithoutTheKey) {
  std::string wrong_key = key_;
  wrong_key.back() = wrong_key.back() == '0' ? '1' : '0';
  for (const std::string& cookie :
       {std::string(), "Cookie: " + cookie_name_ + "=" + wrong_key + "\r\n",
        "Cookie: " + cookie_name_ + "=\r\n", "Cookie: x" + cookie_name_ + "=" + key_ + "\r\n"}) {
    for (const char* path : {"/", "/desk.js", "/desk.css", "/desk.svg", "/events", "/nothing"}) {
      const auto answer = ask(port(), get(port(), path, cookie));
      EXPECT_EQ(answer.status, 403) << path << " " << cookie;
      EXPECT_EQ(answer.body,
                "Open the address that tonecue printed when it started: it has the "
                "key to this page.\n");
    }
    for (const char* path : {"/answers", "/wake", "/end"}) {
      const std::string headers = cookie + "Content-Type: application/json\r\n";
      EXPECT_EQ(ask(port(), post(port(), path, "{}", headers)).status, 403) << path;
    }
  }
  EXPECT_EQ(ask(port(), get(port(), "/?key=" + wrong_key)).status, 403);
  EXPECT_EQ(ask(port(), post(port(), "/?key=" + key_, "")).status, 403);
  EXPECT_EQ(ask(port(), get(port(), "/desk.js?key=" + key_)).status, 403);
  EXPECT_EQ(asked_.wakes + asked_.ends, 0);
}

TEST_F(Desk, ServesTheFilesOfThePageAndTellsWhenTheyAreTheSame) {
  const auto script = get_page("/desk.js");
  EXPECT_EQ(script.body, kAssets.script);
  EXPECT_EQ(script.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(get_page("/desk.css").headers.at("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(get_page("/desk.svg").headers.at("content-type"), "image/svg+xml");
  const auto again = get_page("/desk.js", "If-None-Match: " + script.headers.at("etag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(get_page("/desk.js", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(Desk, SaysWhatItDoesNotKnow) {
  EXPECT_EQ(get_page("/favicon.ico").status, 404);
  EXPECT_EQ(get_page("/answers").status, 405);
  EXPECT_EQ(get_page("/answers").headers.at("allow"), "POST");
  EXPECT_EQ(post_json("/events", "").headers.at("allow"), "GET, HEAD");
  EXPECT_EQ(ask(port(), post(port(), "/wake", "", cookie_ + "Content-Type: text/plain\r\n")).status,
            415);
  EXPECT_EQ(ask(port(), post(port(), "/wake", "", cookie_)).status, 415);
  EXPECT_EQ(post_json("/answers", std::string(4097, ' ')).status, 413);
}

TEST_F(Desk, HandsOnWhatTheAgentAsksFor) {
  raise(3);
  EXPECT_EQ(post_json("/answers", R"({"alert":3,"answer":"not_now","snooze_min":10})").status, 204);
  EXPECT_EQ(post_json("/wake", "").status, 204);
  EXPECT_EQ(post_json("/end", "{}").status, 204);
  const std::scoped_lock lock(asked_.mutex);
  ASSERT_EQ(asked_.answers.size(), 1U);
  EXPECT_EQ(asked_.answers[0].alert_id, 3);
  EXPECT_EQ(asked_.answers[0].answer, Answer::not_now);
  EXPECT_EQ(asked_.answers[0].snooze_min, 10);
  EXPECT_EQ(asked_.wakes, 1);
  EXPECT_EQ(asked_.ends, 1);
}

TEST_F(Desk, RefusesAnAnswerToWhatWasNeverAsked) {
  const auto none = post_json("/answers", R"({"alert":1,"answer":"helpful"})");
  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(json::parse(none.body)["error"], "there was no alert 1 in this call");
  raise(1);
  EXPECT_EQ(post_json("/answers", R"({"alert":2,"answer":"helpful"})").status, 400);
  EXPECT_EQ(post_json("/answers", "nonsense").status, 400);
  EXPECT_TRUE(asked_.answers.empty());
}

TEST_F(Desk, TellsTheStateTenTimesASecondOfTheCall) {
  auto [page, hello] = open_page();
  EXPECT_EQ(hello["time_s"], 0.0);
  turn_.parties.agent.active = true;
  turn_.parties.agent.speaking = true;
  go_to(1000);
  for (int i = 1; i <= 10; ++i) {
    const Event event = page.read_event();
    ASSERT_EQ(event.name, "state");
    const json state = json::parse(event.data);
    EXPECT_DOUBLE_EQ(state["time_s"], i / 10.0);
    EXPECT_EQ(state["agent"]["speaking"], true);
  }
  EXPECT_EQ(open_page().second["time_s"], 1.0);
}

TEST_F(Desk, IsQuietAtTheStartUntilTheVoicesAreKnown) {
  go_to(1000);
  EXPECT_EQ(open_page().second["state"]["quiet_start"], true);
  turn_.parties.agent.baseline_ready = true;
  go_to(2000);
  EXPECT_EQ(open_page().second["state"]["quiet_start"], true);
  turn_.parties.customer.baseline_ready = true;
  go_to(3000);
  EXPECT_EQ(open_page().second["state"]["quiet_start"], false);
  turn_.parties = {};
  go_to(4000);
  EXPECT_EQ(open_page().second["state"]["quiet_start"], true);
  go_to(61'000);
  EXPECT_EQ(open_page().second["state"]["quiet_start"], false);
}

TEST_F(Desk, KeepsTwoMinutesOfTheTurns) {
  auto [page, hello] = open_page();
  turn_.ended_segment.agent = SpeechSegment{Party::agent, 0, 500};
  turn_.ended_overlap.customer = Overlap{Party::customer, OverlapKind::attempt, 300, 500};
  go_to(1000);
  EXPECT_EQ(json::parse(next(page, "segment").data)["end_s"], 0.5);
  EXPECT_EQ(json::parse(next(page, "overlap").data)["kind"], "attempt");
  turn_.ended_segment.customer = SpeechSegment{Party::customer, 1000, 2000};
  go_to(120'400);
  EXPECT_EQ(open_page().second["strip"]["segments"].size(), 2U);
  go_to(121'000);
  const json strip = open_page().second["strip"];
  ASSERT_EQ(strip["segments"].size(), 1U);
  EXPECT_EQ(strip["segments"][0]["party"], "customer");
  EXPECT_EQ(strip["overlaps"], json::array());
}

TEST_F(Desk, ShowsACardAndClearsItWhenItsCueEnds) {
  auto [page, hello] = open_page();
  const Alert alert = raise(1);
  const json card = json::parse(page.read_event().data);
  EXPECT_EQ(card["id"], 1);
  EXPECT_EQ(card["text"], "Let them finish.");
  EXPECT_TRUE(card["cleared_at_s"].is_null());

  Alert escalation = alert;
  escalation.id = 2;
  escalation.escalation = true;
  desk_->on_alert(escalation);
  EXPECT_EQ(json::parse(page.read_event().data)["escalation"], true);

  Cue another = alert.cue;
  another.party = Party::customer;
  end(another, 5000);
  end(alert.cue, 6000);
  for (int id = 1; id <= 2; ++id) {
    const Event event = page.read_event();
    EXPECT_EQ(event.name, "clear");
    EXPECT_EQ(json::parse(event.data), json({{"id", id}, {"at_s", 6.0}}));
  }
  EXPECT_EQ(open_page().second["cards"][1]["cleared_at_s"], 6.0);
}

TEST_F(Desk, ShowsNoCardForAnAlertThatWasHeldBack) {
  auto [page, hello] = open_page();
  Alert alert;
  alert.delivery = Delivery::over_budget;
  desk_->on_alert(alert);
  raise(1);
  EXPECT_EQ(json::parse(page.read_event().data)["id"], 1);
}

TEST_F(Desk, KeepsTheNewestTenCards) {
  for (int id = 1; id <= 12; ++id) raise(id);
  const json cards = open_page().second["cards"];
  ASSERT_EQ(cards.size(), 10U);
  EXPECT_EQ(cards[0]["id"], 3);
  EXPECT_EQ(cards[9]["id"], 12);
  EXPECT_EQ(post_json("/answers", R"({"alert":1,"answer":"wrong"})").status, 204);
}

TEST_F(Desk, TellsAnswersToEveryPage) {
  raise(1);
  auto [page, hello] = open_page();
  desk_->on_answer({.alert_id = 1, .answer = Answer::helpful, .at_ms = 2500});
  EXPECT_EQ(json::parse(next(page, "answer").data),
            json({{"alert", 1}, {"answer", "helpful"}, {"at_s", 2.5}}));
  EXPECT_EQ(open_page().second["cards"][0]["answer"], "helpful");
}

TEST_F(Desk, TellsUntilWhenItIsQuietAndWakes) {
  raise(1);
  desk_->on_answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 2, .at_ms = 1500});
  const auto snoozed_until = [this](std::int64_t time_ms) {
    go_to(time_ms);
    return open_page().second["state"]["snoozed_until_s"];
  };
  EXPECT_EQ(snoozed_until(2000), 121.5);
  EXPECT_EQ(post_json("/wake", "").status, 204);
  EXPECT_TRUE(snoozed_until(3000).is_null());
  desk_->on_answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 2, .at_ms = 3000});
  EXPECT_EQ(snoozed_until(122'900), 123.0);
  EXPECT_TRUE(snoozed_until(123'000).is_null());
}

TEST_F(Desk, KeepsANoticeOpenUntilTheDeviceReturns) {
  using Kind = DeviceNotice::Kind;
  auto [page, hello] = open_page();
  desk_->on_notice({.kind = Kind::lost, .parties = {true, false}, .at_ms = 12'000, .gap_ms = 0});
  desk_->on_notice({.kind = Kind::lost, .parties = {false, true}, .at_ms = 13'000, .gap_ms = 0});
  desk_->on_notice({.kind = Kind::gap, .parties = {false, true}, .at_ms = 14'000, .gap_ms = 20});
  EXPECT_EQ(json::parse(page.read_event().data)["party"], "agent");
  EXPECT_EQ(open_page().second["notices"].size(), 2U);
  desk_->on_notice(
      {.kind = Kind::returned, .parties = {true, false}, .at_ms = 16'000, .gap_ms = 4000});
  const json open = open_page().second["notices"];
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]["party"], "customer");
}

TEST_F(Desk, TellsTheLossOfAnEntireHeadsetOnce) {
  using Kind = DeviceNotice::Kind;
  desk_->on_notice({.kind = Kind::lost, .parties = {true, true}, .at_ms = 12'000, .gap_ms = 0});
  EXPECT_EQ(open_page().second["notices"].size(), 1U);
  EXPECT_EQ(open_page().second["notices"][0]["party"], "both");
  desk_->on_notice(
      {.kind = Kind::returned, .parties = {true, true}, .at_ms = 14'000, .gap_ms = 2000});
  EXPECT_TRUE(open_page().second["notices"].empty());
}

TEST_F(Desk, KeepsTheSummaryForPagesThatComeLate) {
  auto [page, hello] = open_page();
  EXPECT_FALSE(desk_->set_summary("no json"));
  EXPECT_FALSE(desk_->set_summary("[1]"));
  ASSERT_TRUE(desk_->set_summary("{\"duration_s\": 612.0,\n \"well\": \"é\"}"));
  const Event summary = page.read_event();
  EXPECT_EQ(summary.name, "summary");
  EXPECT_EQ(summary.data, "{\"duration_s\":612.0,\"well\":\"é\"}");
  EXPECT_EQ(open_page().second["summary"]["duration_s"], 612.0);
}

TEST_F(Desk, BeginsAnewWithTheNextCall) {
  using Kind = DeviceNotice::Kind;
  raise(1);
  turn_.parties.agent.active = true;
  go_to(5000);
  desk_->on_notice({.kind = Kind::lost, .parties = {true, false}, .at_ms = 4000, .gap_ms = 0});
  ASSERT_TRUE(desk_->set_summary("{}"));
  auto [page, old] = open_page();
  EXPECT_TRUE(old["summary"].is_object());

  desk_->begin_call(60'000);
  const Event event = page.read_event();
  EXPECT_EQ(event.name, "hello");
  const json hello = json::parse(event.data);
  EXPECT_EQ(hello["time_s"], 0.0);
  EXPECT_TRUE(hello["summary"].is_null());
  EXPECT_EQ(hello["cards"], json::array());
  EXPECT_EQ(hello["state"]["agent"]["talk_s"], 0.0);
  EXPECT_EQ(hello["state"]["snoozed_until_s"], 60.0);
  EXPECT_EQ(hello["notices"][0]["at_s"], 0.0);
  turn_.index = -1;
  go_to(100);
  EXPECT_EQ(json::parse(page.read_event().data)["snoozed_until_s"], 60.0);
}

TEST_F(Desk, WaitsForTheFirstCallOfAShift) {
  start({.version = "0.1.0", .waits_for_call = true});
  auto [page, waiting] = open_page();
  EXPECT_EQ(waiting["waiting"], true);
  desk_->begin_call();
  EXPECT_EQ(json::parse(page.read_event().data)["waiting"], false);
  EXPECT_EQ(open_page().second["waiting"], false);
}

TEST_F(Desk, GoesOnWhenFramesWereDropped) {
  auto [page, hello] = open_page();
  turn_.index = 14;
  desk_->on_turn(turn_);
  EXPECT_EQ(json::parse(page.read_event().data)["time_s"], 0.15);
  turn_.index = 20;
  desk_->on_turn(turn_);
  turn_.index = 24;
  desk_->on_turn(turn_);
  EXPECT_EQ(json::parse(page.read_event().data)["time_s"], 0.25);
}

TEST_F(Desk, BringsItsPageAlong) {
  const DeskAssets page = built_in_desk();
  EXPECT_NE(page.html.find("/desk.js"), std::string_view::npos);
  EXPECT_NE(page.html.find("/desk.css"), std::string_view::npos);
  EXPECT_FALSE(page.script.empty());
  EXPECT_FALSE(page.style.empty());
  EXPECT_TRUE(page.icon.starts_with("<svg"));
}

TEST_F(Desk, GivesAPageThatComesInTheMiddleEachCardOnce) {
  constexpr int kCards = 400;
  std::atomic<bool> go{false};
  std::jthread call([&] {
    while (!go) std::this_thread::yield();
    for (int id = 1; id <= kCards; ++id) raise(id);
  });
  for (int pages = 0; pages < 20; ++pages) {
    if (pages == 2) go = true;
    auto [page, hello] = open_page();
    int newest = hello["cards"].empty() ? 0 : hello["cards"].back()["id"].get<int>();
    if (pages < 2) continue;
    while (newest < kCards) {
      const Event event = next(page, "card");
      ASSERT_EQ(event.name, "card");
      ASSERT_EQ(json::parse(event.data)["id"], newest + 1);
      ++newest;
      if (pages < 19 && newest % 7 == 0) break;  // Leaves, and comes back.
    }
  }
}

TEST_F(Desk, StopsWithPagesOpen) {
  auto [page, hello] = open_page();
  EXPECT_EQ(desk_->pages(), 1);
  const auto begin = steady_clock::now();
  desk_->stop();
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(1));
  EXPECT_TRUE(page.closed_by_server());
  raise(1);  // The call may still go on.
  go_to(1000);
}

TEST_F(Desk, TellsWhyItCannotListen) {
  const auto taken = DeskServer::create({.port = port()}, kAssets, {});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::exists);
}

// Told, not judged: the machine may be loaded.
TEST_F(Desk, TellsACardAndAStateWithinAMillisecondOrSo) {
  auto [page, hello] = open_page();
  std::vector<double> card_ms;
  for (int id = 1; id <= 1000; ++id) {
    const auto begin = steady_clock::now();
    raise(id, CueKind::distress, Party::customer);
    ASSERT_EQ(next(page, "card").name, "card");
    const std::chrono::duration<double, std::milli> passed = steady_clock::now() - begin;
    card_ms.push_back(passed.count());
  }
  std::ranges::sort(card_ms);
  EXPECT_LT(card_ms[500], 50.0);

  constexpr int kMinutes = 2;
  std::thread reader([&page = page] {
    for (int i = 0; i < kMinutes * 600; ++i) next(page, "state");
  });
  const auto begin = steady_clock::now();
  go_to(kMinutes * std::int64_t{60'000});
  const std::chrono::duration<double, std::micro> passed = steady_clock::now() - begin;
  reader.join();
  std::printf("card to socket: median %.3f ms, p99 %.3f ms\n", card_ms[500], card_ms[990]);
  std::printf("state: %.1f us each for the listener\n", passed.count() / (kMinutes * 600));
}

}  // namespace
}  // namespace tonecue

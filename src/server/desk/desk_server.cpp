#include "tonecue/server/desk_server.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "desk_json.h"
#include "desk_state.h"
#include "page_key.h"
#include "server/http/http_asset.h"
#include "server/http/http_guard.h"
#include "server/http/http_secret.h"
#include "server/http/http_text.h"
#include "tonecue/alerts/open_alerts.h"
#include "tonecue/core/hop.h"
#include "tonecue/server/http_server.h"

namespace tonecue {
namespace {

constexpr std::string_view kAddress = "127.0.0.1";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kGet = "GET";
constexpr std::string_view kPost = "POST";
constexpr std::int64_t kMsPerMinute = 60'000;
constexpr int kHopsPerState = 100 / kHopMs;  // Ten times a second.

HttpResponse done() { return {204, "", ""}; }

HttpResponse complaint(const std::string& message) {
  return {400, std::string(kJson), error_json(message)};
}

}  // namespace

// Two threads meet here: the listener's, which changes the state and publishes, and the server's,
// which tells it to pages that come. An event is published under the lock that its change was made
// under, so a page that comes misses none and gets none twice.
class DeskServer::Desk {
 public:
  Desk(DeskConfig config, const DeskAssets& assets, DeskActions actions, std::string key)
      : config_(std::move(config)),
        html_(assets.html, "text/html; charset=utf-8"),
        script_(assets.script, "text/javascript; charset=utf-8"),
        style_(assets.style, "text/css; charset=utf-8"),
        icon_(assets.icon, "image/svg+xml"),
        actions_(std::move(actions)),
        key_(std::move(key)) {
    state_.waiting = config_.waits_for_call;
  }

  Result<void> start() {
    auto server =
        HttpServer::create({.address = std::string(kAddress), .port = config_.port},
                           [this](const HttpRequest& request) { return answer(request); });
    if (!server) return tl::unexpected(server.error());
    server_.emplace(std::move(*server));
    return {};
  }

  std::string url() const {
    return fmt::format("http://{}:{}/?key={}", kAddress, server_->port(), key_);
  }
  HttpServer& server() noexcept { return *server_; }

  // --- The listener's thread.

  void take(const CallFrame& frame) noexcept { reader_.on_frame(frame); }

  void take(const TurnFrame& frame) {
    reader_.on_turn(frame);
    for (const Party party : kParties) {
      if (const auto& segment = frame.ended_segment[party]) {
        change("segment", segment_json(*segment), [&] { state_.add(*segment); });
      }
      if (const auto& overlap = frame.ended_overlap[party]) {
        change("overlap", overlap_json(*overlap), [&] { state_.add(*overlap); });
      }
    }
    if (frame.index < next_moment_) return;
    next_moment_ = frame.index + kHopsPerState;
    take_moment();
  }

  void take(const CueChange& change) { clear(open_alerts_.take(change)); }

  void take(const Alert& alert) {
    if (alert.delivery == Delivery::delivered) {
      const Card card = card_of(alert);
      change("card", card_json(card), [&] { state_.add(card); });
    }
    clear(open_alerts_.take(alert));
  }

  void take(const AlertAnswer& answer) {
    change("answer", answer_json(answer), [&] {
      if (Card* card = state_.find_card(answer.alert_id)) card->answer = answer.answer;
      if (answer.snooze_min > 0) {
        snoozed_until_ms_ = answer.at_ms + answer.snooze_min * kMsPerMinute;
      }
    });
  }

  void take(const DeviceNotice& notice) {
    change("notice", notice_json(notice), [&] { state_.add(notice); });
  }

  void begin_call(std::optional<std::int64_t> snoozed_until_ms) {
    reader_ = {};
    open_alerts_ = {};
    next_moment_ = kHopsPerState - 1;
    const std::scoped_lock lock(mutex_);
    state_.begin_call();
    state_.moment.snoozed_until_ms = snoozed_until_ms_ = snoozed_until_ms;
    last_event_ = server_->publish("hello", hello_json(config_, state_));
  }

  void set_summary(const std::string& summary) {
    change("summary", summary, [&] { state_.summary = summary; });
  }

 private:
  template <class Act>
  void change(std::string_view event, const std::string& json, const Act& act) {
    const std::scoped_lock lock(mutex_);
    act();
    last_event_ = server_->publish(event, json);
  }

  void clear(std::span<const ClearedAlert> alerts) {
    for (const ClearedAlert& cleared : alerts) {
      change("clear", clear_json(cleared.id, cleared.at_ms), [&] {
        if (Card* card = state_.find_card(cleared.id)) card->cleared_at_ms = cleared.at_ms;
      });
    }
  }

  void take_moment() {
    DeskMoment moment{.meters = reader_.meters(), .snoozed_until_ms = {}, .quiet_start = false};
    const std::int64_t now_ms = moment.meters.time_ms;
    const bool all_known = std::ranges::all_of(kParties, [&](Party party) {
      return !config_.present[party] || moment.meters.voices[party].usual_known;
    });
    moment.quiet_start = !all_known && ms_to_s(now_ms) < config_.quiet_start_s;

    const std::scoped_lock lock(mutex_);
    if (snoozed_until_ms_ && *snoozed_until_ms_ <= now_ms) snoozed_until_ms_.reset();
    moment.snoozed_until_ms = snoozed_until_ms_;
    state_.set_moment(moment);
    // A page that comes in this very moment gets the next one.
    if (server_->streams() > 0) last_event_ = server_->publish("state", moment_json(moment));
  }

  // --- The server's thread.

  struct Route {
    std::string_view path;
    std::string_view method;
    HttpReply (Desk::*reply)(const HttpRequest&);
  };

  HttpReply answer(const HttpRequest& request) {
    if (request.path == "/" && !request.query_value("key").empty()) return let_in(request);
    if (!has_cookie(request)) return refuse();
    static constexpr std::array<Route, 8> kRoutes = {{
        {"/", kGet, &Desk::page},
        {"/desk.js", kGet, &Desk::script},
        {"/desk.css", kGet, &Desk::style},
        {"/desk.svg", kGet, &Desk::icon},
        {"/events", kGet, &Desk::events},
        {"/answers", kPost, &Desk::take_answer},
        {"/wake", kPost, &Desk::wake},
        {"/end", kPost, &Desk::end},
    }};
    const auto* const route = std::ranges::find(kRoutes, request.path, &Route::path);
    if (route == kRoutes.end()) return plain_answer(404, "There is nothing at this address.");
    if (request.method != route->method) return wrong_method(*route);
    // No form of another page can send this type.
    if (route->method == kPost && !is_media_type(request.header("content-type"), kJson)) {
      return plain_answer(415, "Send application/json.");
    }
    return (this->*route->reply)(request);
  }

  static HttpResponse wrong_method(const Route& route) {
    HttpResponse response = plain_answer(405, "This address does not take that.");
    response.headers.emplace_back("Allow", route.method == kGet ? "GET, HEAD" : "POST");
    return response;
  }

  static HttpResponse refuse() {
    return plain_answer(
        403, "Open the address that tonecue printed when it started: it has the key to this page.");
  }

  bool has_cookie(const HttpRequest& request) const {
    return std::ranges::any_of(
        cookie_values(request.header("cookie"), cookie_name()),
        [&](std::string_view value) { return equal_in_constant_time(value, key_); });
  }

  /// A browser keeps cookies by address and not by port: two pages of one machine have two names.
  std::string cookie_name() const { return fmt::format("tonecue_key_{}", server_->port()); }

  HttpResponse let_in(const HttpRequest& request) const {
    const bool right =
        request.method == kGet && equal_in_constant_time(request.query_value("key"), key_);
    if (!right) return refuse();
    // The key goes out of the address bar, so that no picture of the screen shows it. Lax and not
    // strict: a browser that is sent here from a file is to have the cookie on the page it is sent
    // on to. What changes anything is posted, and a post from elsewhere is refused by its origin.
    return {303,
            "",
            "",
            {{"Location", "/"},
             {"Set-Cookie",
              fmt::format("{}={}; HttpOnly; SameSite=Lax; Path=/", cookie_name(), key_)}}};
  }

  HttpReply page(const HttpRequest& request) { return html_.answer(request); }
  HttpReply script(const HttpRequest& request) { return script_.answer(request); }
  HttpReply style(const HttpRequest& request) { return style_.answer(request); }
  HttpReply icon(const HttpRequest& request) { return icon_.answer(request); }

  HttpReply events(const HttpRequest& /*request*/) {
    const std::scoped_lock lock(mutex_);
    return EventStream{"hello", hello_json(config_, state_), last_event_};
  }

  HttpReply take_answer(const HttpRequest& request) {
    const auto given = parse_answer(request.body);
    if (!given) return complaint(given.error().message);
    if (!was_given(given->alert_id)) {
      return complaint(fmt::format("there was no alert {} in this call", given->alert_id));
    }
    actions_.answer(*given);
    return done();
  }

  // Alerts are numbered from 1, and the newest card stays.
  bool was_given(int alert_id) {
    const std::scoped_lock lock(mutex_);
    return !state_.cards.empty() && alert_id <= state_.cards.back().id;
  }

  HttpReply wake(const HttpRequest& /*request*/) {
    actions_.wake();
    const std::scoped_lock lock(mutex_);
    snoozed_until_ms_.reset();
    return done();
  }

  HttpReply end(const HttpRequest& /*request*/) {
    actions_.end();
    return done();
  }

  const DeskConfig config_;
  const HttpAsset html_;
  const HttpAsset script_;
  const HttpAsset style_;
  const HttpAsset icon_;
  const DeskActions actions_;
  const std::string key_;

  std::int64_t next_moment_ = kHopsPerState - 1;  // Of the listener's thread, as the two below.
  CallMeterReader reader_;
  OpenAlerts open_alerts_;

  std::mutex mutex_;  // For the three below.
  DeskState state_;
  std::optional<std::int64_t> snoozed_until_ms_;
  std::uint64_t last_event_ = 0;

  std::optional<HttpServer> server_;  // Last: its thread uses all of the above.
};

Result<DeskServer> DeskServer::create(const DeskConfig& config, const DeskAssets& assets,
                                      DeskActions actions) {
  auto key = make_page_key();
  if (!key) return tl::unexpected(key.error());
  auto desk = std::make_unique<Desk>(config, assets, std::move(actions), std::move(*key));
  if (const auto started = desk->start(); !started) return tl::unexpected(started.error());
  return DeskServer(std::move(desk));
}

DeskServer::DeskServer(std::unique_ptr<Desk> desk) : desk_(std::move(desk)) {}
DeskServer::DeskServer(DeskServer&&) noexcept = default;
DeskServer& DeskServer::operator=(DeskServer&&) noexcept = default;
DeskServer::~DeskServer() = default;

std::string DeskServer::url() const { return desk_->url(); }
int DeskServer::port() const noexcept { return desk_->server().port(); }
int DeskServer::pages() const noexcept { return desk_->server().streams(); }
void DeskServer::stop() noexcept { desk_->server().stop(); }

void DeskServer::begin_call(std::optional<std::int64_t> snoozed_until_ms) {
  desk_->begin_call(snoozed_until_ms);
}

Result<void> DeskServer::set_summary(std::string_view summary) {
  const auto line = on_one_line(summary);
  if (!line) return tl::unexpected(line.error());
  desk_->set_summary(*line);
  return {};
}

void DeskServer::on_frame(const CallFrame& frame) noexcept { desk_->take(frame); }
void DeskServer::on_turn(const TurnFrame& frame) noexcept { desk_->take(frame); }
void DeskServer::on_cue(const CueChange& change) noexcept { desk_->take(change); }
void DeskServer::on_alert(const Alert& alert) noexcept { desk_->take(alert); }
void DeskServer::on_answer(const AlertAnswer& answer) noexcept { desk_->take(answer); }
void DeskServer::on_notice(const DeviceNotice& notice) noexcept { desk_->take(notice); }

}  // namespace tonecue

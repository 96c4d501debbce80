#include "tonecue/server/review_server.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "review_desk.h"
#include "router.h"
#include "tonecue/core/unix_time.h"

namespace tonecue {
namespace {

constexpr int kUsualWorkers = 8;
constexpr std::size_t kLongestJsonBytes = std::size_t{64} * 1024;
constexpr int kLongestAgentFirstH = 168;

bool is_of_this_machine_alone(const std::string& address) noexcept {
  constexpr unsigned char kLoopbackNet = 127;
  std::array<unsigned char, sizeof(in_addr)> v4{};
  if (inet_pton(AF_INET, address.c_str(), v4.data()) == 1) return v4[0] == kLoopbackNet;
  std::array<unsigned char, sizeof(in6_addr)> v6{};
  constexpr std::array<unsigned char, sizeof(in6_addr)> kLoopback = {0, 0, 0, 0, 0, 0, 0, 0,
                                                                     0, 0, 0, 0, 0, 0, 0, 1};
  return inet_pton(AF_INET6, address.c_str(), v6.data()) == 1 && v6 == kLoopback;
}

Result<void> validate(const ReviewConfig& config) {
  if (!config.http.tls && !config.allow_plain_http &&
      !is_of_this_machine_alone(config.http.address)) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("{} can be reached from other machines: give a certificate and its "
                               "key (TLS), or serve at 127.0.0.1",
                               config.http.address));
  }
  if (config.agent_first_h < 0 || config.agent_first_h > kLongestAgentFirstH) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("agent_first_h must be from 0 to {}", kLongestAgentFirstH));
  }
  return {};
}

// For uploads on their way; on the disk of the recordings.
Result<void> make_incoming(const std::string& folder) {
  const std::filesystem::path incoming = std::filesystem::path(folder) / "incoming";
  std::error_code error;
  std::filesystem::create_directory(incoming, error);
  if (!error) {
    std::filesystem::permissions(incoming, std::filesystem::perms::owner_all, error);
  }
  if (!error) return {};
  return failure(ErrorCode::unwritable,
                 fmt::format("cannot make {}: {}", incoming.string(), error.message()));
}

}  // namespace

std::string_view name(IntakeJob::State state) noexcept {
  switch (state) {
    case IntakeJob::State::waiting:
      return "waiting";
    case IntakeJob::State::analysing:
      return "analysing";
    case IntakeJob::State::done:
      return "done";
    case IntakeJob::State::failed:
      return "failed";
    case IntakeJob::State::known:
      return "known";
  }
  return "";
}

class ReviewServer::Impl {
 public:
  Impl(Store& store, ReviewConfig config, ReviewActions actions)
      : config_(std::move(config)),
        actions_(std::move(actions)),
        desk_(store, config_, actions_),
        router_(desk_) {}

  Result<void> start() {
    HttpConfig http = config_.http;
    http.body_limit_bytes = kLongestJsonBytes;
    if (http.workers == 0) http.workers = kUsualWorkers;
    auto server =
        HttpServer::create(http, HttpHandlers{.reply =
                                                  [this](const HttpRequest& request) {
                                                    return router_.answer(request, unix_ms_now());
                                                  },
                                              .upload_rule =
                                                  [this](const HttpRequest& head) {
                                                    return router_.upload_rule(head, unix_ms_now());
                                                  }});
    if (!server) return tl::unexpected(server.error());
    server_.emplace(std::move(*server));
    return {};
  }

  // A browser takes no address that means "all of this machine's".
  std::string url() const {
    std::string host = config_.http.address;
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = fmt::format("[{}]", host);
    return fmt::format("{}://{}:{}/", config_.http.tls ? "https" : "http", host, server_->port());
  }

  HttpServer& server() noexcept { return *server_; }

 private:
  const ReviewConfig config_;
  const ReviewActions actions_;
  ReviewDesk desk_;
  Router router_;
  std::optional<HttpServer> server_;  // Last: its threads use all of the above.
};

Result<ReviewServer> ReviewServer::create(Store& store, ReviewConfig config,
                                          ReviewActions actions) {
  if (auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  if (auto ok = make_incoming(store.folder()); !ok) return tl::unexpected(ok.error());
  auto impl = std::make_unique<Impl>(store, std::move(config), std::move(actions));
  if (auto ok = impl->start(); !ok) return tl::unexpected(ok.error());
  return ReviewServer(std::move(impl));
}

ReviewServer::ReviewServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReviewServer::ReviewServer(ReviewServer&&) noexcept = default;
ReviewServer& ReviewServer::operator=(ReviewServer&&) noexcept = default;
ReviewServer::~ReviewServer() = default;

int ReviewServer::port() const noexcept { return impl_->server().port(); }
std::string ReviewServer::url() const { return impl_->url(); }
void ReviewServer::stop() noexcept { impl_->server().stop(); }

}  // namespace tonecue

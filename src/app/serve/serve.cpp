#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/keep/keeping_rules.h"
#include "folder_watch.h"
#include "intake_queue.h"
#include "retention_job.h"
#include "tonecue/app/config_file.h"
#include "tonecue/app/serve_config.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/people.h"

namespace tonecue {
namespace {

constexpr std::chrono::milliseconds kLookForStop{100};

/// What is said on any thread, one line after the other.
class Speaker {
 public:
  explicit Speaker(const Console& console) : console_(console) {}
  void complain(const std::string& line) {
    const std::lock_guard lock(mutex_);
    tonecue::complain(console_, line);
  }

 private:
  const Console& console_;
  std::mutex mutex_;
};

/// The configuration with what the command line says instead.
Result<ServeConfig> serve_config(const ServeOptions& options) {
  auto config = load_serve_config(options.config);
  if (!config) return config;
  ServeSection& serve = config->serve;
  if (options.port) serve.port = *options.port;
  if (!options.address.empty()) serve.address = options.address;
  if (!options.tls_certificate.empty()) {
    serve.tls_certificate = options.tls_certificate;
    serve.tls_key = options.tls_key;
  }
  serve.watch.insert(serve.watch.end(), options.watch.begin(), options.watch.end());
  serve.allow_plain_http = serve.allow_plain_http || options.allow_plain_http;
  config->privacy.keep_audio = config->privacy.keep_audio || options.keep_audio;
  return config;
}

ReviewConfig review_config(const ServeConfig& config) {
  ReviewConfig review;
  review.http.address = config.serve.address;
  review.http.port = config.serve.port;
  review.http.host_names = config.serve.host_names;
  if (!config.serve.tls_certificate.empty()) {
    review.http.tls = TlsFiles{config.serve.tls_certificate, config.serve.tls_key};
  }
  review.allow_plain_http = config.serve.allow_plain_http;
  review.version = TONECUE_VERSION;
  review.keeps_audio = config.privacy.keep_audio;
  review.require_notice = config.privacy.require_notice;
  review.agent_first_h = config.privacy.agent_first_h;
  review.retention = config.retention;
  return review;
}

int analyses_of(const ServeSection& serve) {
  if (serve.analyses > 0) return serve.analyses;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

/// Whoever reads passwords off the line reads voices off it, too.
bool is_open_to_listeners(const ServeConfig& config) {
  return config.serve.tls_certificate.empty() && !config.serve.address.starts_with("127.") &&
         config.serve.address != "::1";
}

/// All that serves; its parts end in the order in which nothing comes to one that is gone.
class House {
 public:
  House(Store& store, const ServeConfig& config, const Console& console)
      : store_(store), config_(config), speaker_(console) {}
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  Result<void> open(const SessionConfig& session) {
    const auto complain = [this](const std::string& line) { speaker_.complain(line); };
    constexpr bool kAsConfigured = false;
    auto queue =
        IntakeQueue::create(store_,
                            {.rules = keeping_rules(session, config_.privacy, kAsConfigured),
                             .threads = analyses_of(config_.serve)},
                            complain);
    if (!queue) return tl::unexpected(queue.error());
    queue_.emplace(std::move(*queue));
    auto retention = RetentionJob::start(store_, config_.retention, complain);
    if (!retention) return tl::unexpected(retention.error());
    retention_.emplace(std::move(*retention));
    auto server = ReviewServer::create(
        store_, review_config(config_),
        {.submit = [this](IntakeFile file) { return queue_->submit(std::move(file)); },
         .jobs = [this] { return queue_->jobs(); },
         .last_retention_unix_ms = [this] { return retention_->last_run_unix_ms(); },
         .log = complain});
    if (!server) return tl::unexpected(server.error());
    server_.emplace(std::move(*server));
    queue_->resume();
    return watch(complain);
  }

  std::string url() const { return server_->url(); }

  void close() {
    if (watch_) watch_->stop();
    if (server_) server_->stop();
    if (queue_) queue_->stop();
    if (retention_) retention_->stop();
  }

 private:
  Result<void> watch(const std::function<void(const std::string&)>& complain) {
    if (config_.serve.watch.empty()) return {};
    FolderWatchConfig folders;
    folders.folders = config_.serve.watch;
    using MayBeThere = std::function<bool(std::string_view)>;
    auto watch = FolderWatch::start(
        std::move(folders),
        {.found = [this](IntakeFile file,
                         FileStamp stamp) { queue_->watch(std::move(file), std::move(stamp)); },
         .complain = complain,
         .knows = [this](const FileStamp& stamp) { return queue_->knows(stamp); },
         .looked = [this](const MayBeThere& may_be_there) { queue_->looked(may_be_there); }});
    if (!watch) return tl::unexpected(watch.error());
    watch_.emplace(std::move(*watch));
    return {};
  }

  Store& store_;
  const ServeConfig& config_;
  Speaker speaker_;
  std::optional<IntakeQueue> queue_;
  std::optional<RetentionJob> retention_;
  std::optional<ReviewServer> server_;
  std::optional<FolderWatch> watch_;
};

std::string greeting(const ServeConfig& config, const Store& store, const std::string& url,
                     const std::optional<FirstAdmin>& admin, bool has_admin) {
  std::string text = fmt::format("The review pages: {}\nThe store: {}\n", url, store.folder());
  for (const std::string& folder : config.serve.watch) text += fmt::format("Watched: {}\n", folder);
  if (config.privacy.keep_audio) {
    text +=
        config.retention.audio_days == 0
            ? "The sound of calls is kept for ever.\n"
            : fmt::format("The sound of calls is kept for {} days.\n", config.retention.audio_days);
  }
  if (admin) {
    text += fmt::format(
        "Nobody could sign in yet. Sign in as {} with the password {}\n"
        "It is not shown again, and must be changed at the first sign-in.\n",
        admin->login, admin->password);
  }
  if (!has_admin) {
    text += fmt::format("Nobody is an admin yet: 'tonecue people add {} LOGIN --role admin'\n",
                        store.folder());
  }
  return text + "Ctrl-C ends it.\n";
}

bool is_active_admin(const Person& person) { return person.active && person.role == Role::admin; }

/// There is none where somebody was added by hand before the first start.
Result<bool> has_admin(Store& store) {
  const auto people = People(store).list();
  if (!people) return tl::unexpected(people.error());
  return std::ranges::any_of(*people, is_active_admin);
}

/// The first admin, where there is nobody yet; the log says where they come from.
Result<std::optional<FirstAdmin>> let_somebody_in(Store& store) {
  auto admin = first_admin(store);
  if (!admin || !*admin) return admin;
  const auto noted = AuditLog(store).add(
      {.at_unix_ms = unix_ms_now(),
       .who = "tonecue",
       .action = "person.add",
       .detail = fmt::format("{} as admin, at the first start", (*admin)->login)});
  if (!noted) return tl::unexpected(noted.error());
  return admin;
}

}  // namespace

int serve(const ServeOptions& options, const Console& console) {
  const auto session = load_config(options.config);
  if (!session) return fail(console, session.error());
  const auto config = serve_config(options);
  if (!config) return fail(console, config.error());
  auto store = open_store(options.folder, false);
  if (!store) return fail(console, store.error());
  House house(*store, *config, console);
  if (auto opened = house.open(*session); !opened) return fail(console, opened.error());
  const auto admin = let_somebody_in(*store);
  if (!admin) return fail(console, admin.error());
  const auto administered = has_admin(*store);
  if (!administered) return fail(console, administered.error());
  if (is_open_to_listeners(*config)) {
    complain(console, "without TLS everybody on the network can read passwords and calls");
  }
  const auto printed =
      print(console, greeting(*config, *store, house.url(), *admin, *administered));
  if (!printed) return fail(console, printed.error());
  while (!console.stop) std::this_thread::sleep_for(kLookForStop);
  house.close();
  return kDone;
}

}  // namespace tonecue

/// @file
/// The supervisors' pages and the JSON API behind them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/http_server.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// How long each kind of data is kept; 0: for ever.
struct Retention {
  int audio_days = 30;
  int calls_days = 365;  ///< Everything of a call, verdicts and notes too.
  int audit_days = 730;  ///< At least 184 (EU AI Act, 26(6): six months).
};

struct ReviewConfig {
  HttpConfig http{};  ///< TLS, address, port, workers (0: 8). Its limit of bodies is not used.
  bool allow_plain_http = false;  ///< Without TLS at any address: behind a proxy of one's own.
  std::string version{};          ///< Of the program.
  bool keeps_audio = false;
  bool require_notice = false;  ///< No distress without a consent reference.
  int agent_first_h = 24;       ///< [0, 168]; see CallStore.
  Retention retention{};
  std::size_t largest_upload_bytes = std::size_t{512} * 1024 * 1024;
};

/// A recording that was handed in, on its way.
struct IntakeJob {
  enum class State { waiting, analysing, done, failed, known };  ///< known: was there before.
  std::int64_t id = 0;
  std::string name{};
  std::string by{};  ///< Who handed it in; as in the audit log.
  State state = State::waiting;
  float progress = 0.0F;  ///< [0, 1], of the analysis.
  std::optional<std::int64_t> call_id{};
  std::string error{};  ///< One line, when it failed.
};
std::string_view name(IntakeJob::State state) noexcept;

/// A file to analyse, and what is known of the call. The file is the receiver's from then on.
struct IntakeFile {
  std::string path{};
  CallDetails details{};
  std::string agent_channel = "left";
  std::string by{};
};

/// What the program does for the server. Called on the server's workers, several at once.
struct ReviewActions {
  std::function<Result<std::int64_t>(IntakeFile)> submit;  ///< @return IntakeJob::id
  std::function<std::vector<IntakeJob>()> jobs;            ///< The newest first, at most 100.
  std::function<std::optional<std::int64_t>()> last_retention_unix_ms{};  ///< Or empty.
  std::function<void(const std::string&)> log{};  ///< One line on what failed inside; or empty.
};

/// Serves `/` and `/api` (docs/review_api.md, docs/openapi.json).
///
/// Threads: create() and stop() belong to one thread.
class ReviewServer {
 public:
  /// The store outlives it.
  /// @return What HttpServer::create() fails with; `invalid_argument` for an address that is not of
  /// this machine alone without TLS, and for a number out of its range; `unwritable` when the
  /// store's folder takes no uploads.
  static Result<ReviewServer> create(Store& store, ReviewConfig config, ReviewActions actions);

  int port() const noexcept;
  std::string url() const;
  void stop() noexcept;

  ReviewServer(ReviewServer&&) noexcept;
  ReviewServer& operator=(ReviewServer&&) noexcept;
  ~ReviewServer();  ///< Stops.

 private:
  class Impl;
  explicit ReviewServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue

#include "review_reply.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tonecue/core/number_text.h"
#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kNoContent = 204;
constexpr int kBadRequest = 400;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kInternal = 500;
constexpr int kUnavailable = 503;

// Messages about the store's own files are for its keeper.
bool is_for_the_asker(const ReviewDesk& desk, const Error& error) {
  const bool asked_wrongly =
      error.code == ErrorCode::invalid_argument || error.code == ErrorCode::not_found ||
      error.code == ErrorCode::exists || error.code == ErrorCode::unsupported;
  return asked_wrongly && error.message.find(desk.store.folder()) == std::string::npos;
}

}  // namespace

HttpResponse json_reply(const Json& json, int status) {
  return {status, "application/json", print_json(json)};
}

HttpResponse done_reply() { return {kNoContent, "", ""}; }

HttpResponse error_reply(int status, std::string_view sentence) {
  return json_reply({{"error", sentence}}, status);
}

HttpResponse failure_reply(ReviewDesk& desk, const Error& error) {
  if (!is_for_the_asker(desk, error)) {
    const bool later = error.code == ErrorCode::unwritable;
    return fault_reply(desk, later ? kUnavailable : kInternal, error.message);
  }
  if (error.code == ErrorCode::not_found) return error_reply(kNotFound, error.message);
  if (error.code == ErrorCode::exists) return error_reply(kConflict, error.message);
  return error_reply(kBadRequest, error.message);
}

HttpResponse fault_reply(ReviewDesk& desk, int status, std::string_view detail) {
  const std::uint64_t number = ++desk.faults;
  if (desk.actions.log) desk.actions.log(fmt::format("review error {}: {}", number, detail));
  HttpResponse reply = error_reply(
      status, fmt::format("this did not work; the program's log says why, as error {}", number));
  if (status == kUnavailable) reply.headers.emplace_back("Retry-After", "5");
  return reply;
}

Result<void> audit(ReviewDesk& desk, const ReviewRequest& request, std::string_view action,
                   std::string_view target, std::string_view detail) {
  return desk.audit.add({.at_unix_ms = request.now_unix_ms,
                         .who = request.viewer.who,
                         .address = request.http.remote,
                         .action = std::string(action),
                         .target = std::string(target),
                         .detail = std::string(detail)});
}

// What is refused stays refused when it cannot be written down; that is for the log.
void audit_refusal(ReviewDesk& desk, const ReviewRequest& request, std::string_view action,
                   std::string_view detail) {
  const auto unwritten = desk.refusals.take(request.http.remote, request.now_unix_ms);
  if (!unwritten) return;
  const std::string more =
      *unwritten == 0 ? "" : fmt::format("; {} more from there since the last entry", *unwritten);
  const auto done = audit(desk, request, action, "", fmt::format("{}{}", detail, more));
  if (!done && desk.actions.log) desk.actions.log(done.error().message);
}

std::optional<std::int64_t> path_id(const ReviewRequest& request, std::size_t index) {
  constexpr std::int64_t kMost = 9'007'199'254'740'991;  // What a script in a browser can hold.
  if (index >= request.path_values.size()) return std::nullopt;
  const std::string_view text = request.path_values[index];
  const auto id = parse_number<std::int64_t>(text);
  if (!id || *id < 1 || *id > kMost || text.front() == '0') return std::nullopt;
  return id;
}

HttpResponse not_found_reply() {
  return error_reply(kNotFound, "there is nothing at this address");
}

Result<std::int64_t> query_whole(const HttpRequest& request, std::string_view name,
                                 std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  const std::string_view text = request.query_value(name);
  if (text.empty()) return otherwise;
  const auto number = parse_number<std::int64_t>(text);
  if (number && *number >= least && *number <= most) return *number;
  return failure(ErrorCode::invalid_argument,
                 fmt::format("{} must be a whole number from {} to {}", name, least, most));
}

}  // namespace tonecue

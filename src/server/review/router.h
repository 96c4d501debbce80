/// @file
/// Finds who asks for what, and whether they may.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "review_desk.h"
#include "route.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

/// Answers a request by the table of routes. In this order: an address that is none (404) or does
/// not take the method (405); who asks, by cookie or token (401); whether they may (403), their
/// password is their own (403), and a change comes from our own page (403); the type of the body
/// (415). Until then nothing was looked up but who asks, so that no refusal tells what there is.
/// What is refused is written down.
///
/// Threads: any number at once.
class Router {
 public:
  /// The desk outlives it.
  explicit Router(ReviewDesk& desk, std::vector<Route> routes = all_review_routes());

  HttpReply answer(const HttpRequest& request, std::int64_t now_unix_ms);

  /// Whether the body of this request may come as a file: by its head, with the same checks.
  /// Nothing where a route takes none.
  std::optional<UploadRule> upload_rule(const HttpRequest& head, std::int64_t now_unix_ms);

 private:
  struct Found {
    const Route* route = nullptr;
    ReviewRequest request;
  };

  tl::expected<Found, HttpResponse> let_in(const HttpRequest& request, std::int64_t now_unix_ms);
  tl::expected<Found, HttpResponse> find(const HttpRequest& request,
                                         std::int64_t now_unix_ms) const;
  Result<Viewer> viewer_of(const HttpRequest& request, std::int64_t now_unix_ms) const;
  Result<Viewer> machine(std::string_view token, std::int64_t now_unix_ms) const;
  std::optional<HttpResponse> refuse(const Found& found);

  ReviewDesk& desk_;
  std::vector<Route> routes_;
};

}  // namespace tonecue

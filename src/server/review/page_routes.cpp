#include <array>
#include <string>
#include <string_view>

#include "route.h"
#include "server/http/http_asset.h"

namespace tonecue {

// Made by tools/build_page from src/server/web.
extern const std::string_view kReviewHtml;
extern const std::string_view kReviewJs;
extern const std::string_view kReviewCss;
extern const std::string_view kReviewSvg;

extern const std::string_view kOpenApi;  // docs/openapi.json

namespace {

// One page: what is at which address is its own business, and the data need signing in.
HttpReply page(ReviewDesk& /*desk*/, const ReviewRequest& request) {
  static const HttpAsset asset(kReviewHtml, "text/html; charset=utf-8");
  return asset.answer(request.http);
}

HttpReply script(ReviewDesk& /*desk*/, const ReviewRequest& request) {
  static const HttpAsset asset(kReviewJs, "text/javascript; charset=utf-8");
  return asset.answer(request.http);
}

HttpReply style(ReviewDesk& /*desk*/, const ReviewRequest& request) {
  static const HttpAsset asset(kReviewCss, "text/css; charset=utf-8");
  return asset.answer(request.http);
}

HttpReply icon(ReviewDesk& /*desk*/, const ReviewRequest& request) {
  static const HttpAsset asset(kReviewSvg, "image/svg+xml");
  return asset.answer(request.http);
}

HttpReply health(ReviewDesk& /*desk*/, const ReviewRequest& /*request*/) {
  return HttpResponse{200, "application/json", R"({"ok":true})"};
}

HttpReply description(ReviewDesk& /*desk*/, const ReviewRequest& request) {
  static const HttpAsset asset(kOpenApi, "application/json");
  return asset.answer(request.http);
}

constexpr Route open_route(std::string_view path,
                           HttpReply (*answer)(ReviewDesk&, const ReviewRequest&),
                           std::string_view summary) {
  return {.method = "GET",
          .path = path,
          .access = Access::anyone,
          .answer = answer,
          .summary = summary};
}

constexpr std::array kRoutes = {
    open_route("/", page, "The list of calls."),
    open_route("/calls/{call}", page, "One call."),
    open_route("/numbers", page, "Figures over time."),
    open_route("/agreement", page, "How reviewers agree."),
    open_route("/upload", page, "Recordings to hand in."),
    open_route("/people", page, "Who may sign in."),
    open_route("/tokens", page, "Which machines may ask."),
    open_route("/audit", page, "Who did what."),
    open_route("/privacy", page, "What is kept, and for how long."),
    open_route("/review.js", script, "The page's script."),
    open_route("/review.css", style, "The page's style."),
    open_route("/review.svg", icon, "The page's icon."),
    open_route("/api/openapi.json", description, "This description."),
    open_route("/api/health", health, "Whether the server answers."),
};

}  // namespace

std::span<const Route> page_routes() { return kRoutes; }

}  // namespace tonecue

#include "http_errand.h"

#include <exception>
#include <utility>

#include "http_guard.h"

namespace tonecue {
namespace {

// The server outlives what goes wrong with one request.
HttpResponse fault() { return plain_answer(500, "The program could not answer this."); }

}  // namespace

void HttpErrand::begin(HttpRequest head, bool head_only) {
  request_ = std::move(head);
  head_only_ = head_only;
  rule_.reset();
  upload_.reset();
  refusal_.reset();
}

void HttpErrand::judge() noexcept {
  try {
    rule_ = handlers_.upload_rule(request_);
    if (rule_) refusal_ = rule_->refusal;
  } catch (const std::exception&) {
    refusal_ = fault();
  }
}

void HttpErrand::write(const std::string& piece) noexcept {
  try {
    if (!upload_) upload_.emplace(rule_->folder);
    refusal_ = upload_->write(piece);
  } catch (const std::exception&) {
    refusal_ = fault();
  }
  if (refusal_) upload_.reset();
}

void HttpErrand::answer() noexcept {
  try {
    if (upload_) request_.upload = upload_->finish();
    outcome_ = ask();
  } catch (const std::exception&) {
    outcome_ = fault();
  }
  upload_.reset();
  request_ = {};
}

HttpErrand::Outcome HttpErrand::ask() {
  HttpReply reply = handlers_.reply(request_);
  if (auto* file = std::get_if<FileResponse>(&reply)) {
    return open_file(std::move(*file), request_, head_only_);
  }
  if (auto* stream = std::get_if<EventStream>(&reply)) return std::move(*stream);
  return std::get<HttpResponse>(std::move(reply));
}

}  // namespace tonecue

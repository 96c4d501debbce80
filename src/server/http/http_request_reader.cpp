#include "http_request_reader.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>

#include "http_guard.h"
#include "http_text.h"

namespace tonecue {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using ErrorValue = boost::system::error_code;

constexpr std::uint32_t kHeadLimitBytes = 8192;
constexpr std::size_t kHeadRoomBytes = std::size_t{2} * kHeadLimitBytes;

std::string_view view(beast::string_view text) noexcept { return {text.data(), text.size()}; }

// Appends what comes and nothing else: Beast's own string would make room for all that the sender
// says it will send.
struct PieceBody {
  using value_type = std::string;  // NOLINT(readability-identifier-naming): Beast's name.

  class reader {  // NOLINT(readability-identifier-naming): as above.
   public:
    template <bool isRequest, class Fields>
    reader(http::header<isRequest, Fields>& /*header*/, std::string& body) : body_(body) {}

    static void init(const boost::optional<std::uint64_t>& /*size*/, ErrorValue& error) {
      error = {};
    }

    template <class Buffers>
    std::size_t put(const Buffers& buffers, ErrorValue& error) {
      const std::size_t before = body_.size();
      for (const boost::asio::const_buffer piece : beast::buffers_range_ref(buffers)) {
        body_.append(static_cast<const char*>(piece.data()), piece.size());
      }
      error = {};
      return body_.size() - before;
    }

    static void finish(ErrorValue& error) { error = {}; }

   private:
    std::string& body_;
  };
};

}  // namespace

struct HttpRequestReader::Parser {
  http::request_parser<PieceBody> beast;
  ErrorValue error;

  const http::request<PieceBody>& message() const { return beast.get(); }
  std::string_view expectation() const {
    const bool is_new = message().version() >= 11;  // Older ones do not know it (RFC 9110, 10.1.1).
    return is_new ? view(message()[http::field::expect]) : std::string_view{};
  }
};

HttpRequestReader::HttpRequestReader() = default;
HttpRequestReader::~HttpRequestReader() = default;

void HttpRequestReader::begin() {
  parser_ = std::make_unique<Parser>();
  parser_->beast.header_limit(kHeadLimitBytes);
  parser_->beast.body_limit(std::numeric_limits<std::uint64_t>::max());  // take_body() tells.
  head_told_ = false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= std::exchange(begin_, 0);
  if (end_ <= kHeadRoomBytes && buffer_.size() != kHeadRoomBytes) {
    buffer_.resize(kHeadRoomBytes);
    buffer_.shrink_to_fit();
  }
}

std::span<char> HttpRequestReader::room() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  return std::span(buffer_).subspan(end_);
}

void HttpRequestReader::add(std::size_t size) noexcept { end_ += size; }

void HttpRequestReader::end() noexcept { ended_ = true; }

HttpRequestReader::Step HttpRequestReader::step() {
  auto& beast = parser_->beast;
  ErrorValue& error = parser_->error;
  while (!error && !beast.is_done()) {
    if (begin_ < end_) {
      begin_ += beast.put({buffer_.data() + begin_, end_ - begin_}, error);
      const bool needs_more = error == http::error::need_more;
      if (needs_more) error = {};
      if (!error && beast.is_header_done() && !std::exchange(head_told_, true)) return Step::head;
      if (!needs_more) continue;
      if (begin_ == 0 && end_ == buffer_.size()) error = http::error::buffer_overflow;
    }
    if (!ended_) return error ? Step::broken : Step::more;
    if (beast.got_some()) {
      beast.put_eof(error);
    } else {
      error = begin_ < end_ ? http::error::partial_message : http::error::end_of_stream;
    }
  }
  return error ? Step::broken : Step::done;
}

std::optional<HttpRequest> HttpRequestReader::head() const {
  const auto& message = parser_->message();
  auto target = parse_target(view(message.target()));
  if (!target) return std::nullopt;
  HttpRequest request{
      .method = asks_for_head_alone() ? "GET" : std::string(view(message.method_string())),
      .path = std::move(target->path),
      .query = std::move(target->query),
      .headers = {},
      .body = {}};
  for (const auto& field : message) {
    request.headers.emplace_back(view(field.name_string()), view(field.value()));
  }
  return request;
}

bool HttpRequestReader::asks_for_head_alone() const {
  return parser_->message().method() == http::verb::head;
}

bool HttpRequestReader::keep_alive() const { return parser_->beast.keep_alive(); }

bool HttpRequestReader::has_body() const { return !parser_->beast.is_done(); }

std::optional<std::uint64_t> HttpRequestReader::body_size() const {
  const auto size = parser_->beast.content_length();
  if (!size) return std::nullopt;
  return *size;
}

bool HttpRequestReader::waits_for_sign() const {
  return !parser_->error && begin_ == end_ &&
         equal_ignoring_case(parser_->expectation(), "100-continue");
}

bool HttpRequestReader::expects_what_is_unknown() const {
  const std::string_view expectation = parser_->expectation();
  return !expectation.empty() && !equal_ignoring_case(expectation, "100-continue");
}

void HttpRequestReader::take_body(std::uint64_t limit_bytes, std::size_t room_bytes) {
  if (const auto size = body_size(); size && *size > limit_bytes) {
    parser_->error = http::error::body_limit;
    return;
  }
  parser_->beast.body_limit(limit_bytes);
  parser_->beast.eager(true);
  if (buffer_.size() < room_bytes) buffer_.resize(room_bytes);
}

std::string& HttpRequestReader::body() { return parser_->beast.get().body(); }

std::optional<HttpResponse> HttpRequestReader::complaint() const {
  const ErrorValue& error = parser_->error;
  if (error == http::error::end_of_stream) return std::nullopt;
  if (error == http::error::body_limit) return plain_answer(413, "The request is too long.");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return plain_answer(431, "The request's headers are too long.");
  }
  return plain_answer(400, "This is no HTTP request.");
}

}  // namespace tonecue

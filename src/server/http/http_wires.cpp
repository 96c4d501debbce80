#include "http_wires.h"

#include <array>
#include <memory>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "http_answer.h"
#include "http_guard.h"

namespace tonecue {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using ErrorValue = boost::system::error_code;
using std::chrono::milliseconds;

constexpr milliseconds kHangUp{1000};        // For the other side to read the last words.
constexpr int kStreamSendBytes = 64 * 1024;  // The kernel would keep megabytes for a sleeping page.

// An IPv4 address that came to an IPv6 socket is the same address.
std::string text_of(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

class TcpWire : public HttpWire {
 public:
  explicit TcpWire(tcp::socket socket) : tcp_(std::move(socket)) {
    ErrorValue ignored;
    tcp_.socket().set_option(tcp::no_delay(true), ignored);
    remote_ = text_of(tcp_.socket().remote_endpoint(ignored).address());
    local_ = text_of(tcp_.socket().local_endpoint(ignored).address());
  }

  void set_deadline(std::optional<Clock::time_point> deadline) final {
    deadline ? tcp_.expires_at(*deadline) : tcp_.expires_never();
  }

  void keep_send_buffer_small() final {
    ErrorValue ignored;
    tcp_.socket().set_option(asio::socket_base::send_buffer_size(kStreamSendBytes), ignored);
  }

  void close() final { tcp_.close(); }
  const std::string& remote() const noexcept final { return remote_; }
  const std::string& local() const noexcept final { return local_; }

 protected:
  boost::beast::tcp_stream& lower() noexcept { return tcp_; }

  void hang_up_tcp(const Done& done) {
    ErrorValue ignored;
    tcp_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    tcp_.expires_after(kHangUp);
    await_end(done);
  }

 private:
  // Nothing that still comes matters, but its end does.
  void await_end(const Done& done) {
    tcp_.async_read_some(asio::buffer(ignored_),
                         [this, done](const ErrorValue& error, std::size_t /*bytes*/) {
                           error ? done(error, 0) : await_end(done);
                         });
  }

  boost::beast::tcp_stream tcp_;
  std::string remote_;
  std::string local_;
  std::array<char, 4096> ignored_{};
};

class PlainWire final : public TcpWire {
 public:
  using TcpWire::TcpWire;

  void begin(const Done& done) override {
    asio::post(lower().get_executor(), [done] { done({}, 0); });
  }
  void read(std::span<char> room, const Done& done) override {
    lower().async_read_some(asio::buffer(room.data(), room.size()), done);
  }
  void write(std::string_view bytes, const Done& done) override {
    lower().async_write_some(asio::buffer(bytes.data(), bytes.size()), done);
  }
  void hang_up(const Done& done) override { hang_up_tcp(done); }
  bool secure() const noexcept override { return false; }
};

bool is_plain_http(const ErrorValue& error) noexcept {
  return error.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
}

class TlsWire final : public TcpWire {
 public:
  TlsWire(tcp::socket socket, ssl::context& context)
      : TcpWire(std::move(socket)), tls_(lower(), context) {}

  void begin(const Done& done) override {
    tls_.async_handshake(ssl::stream_base::server, [this, done](const ErrorValue& error) {
      is_plain_http(error) ? ask_for_tls(done, error) : done(error, 0);
    });
  }
  void read(std::span<char> room, const Done& done) override {
    tls_.async_read_some(asio::buffer(room.data(), room.size()), done);
  }
  void write(std::string_view bytes, const Done& done) override {
    tls_.async_write_some(asio::buffer(bytes.data(), bytes.size()), done);
  }

  // First in the language of TLS, then in that of TCP: who still sends makes the first fail.
  void hang_up(const Done& done) override {
    set_deadline(Clock::now() + kHangUp);
    tls_.async_shutdown([this, done](const ErrorValue& /*error*/) { hang_up_tcp(done); });
  }
  bool secure() const noexcept override { return true; }

 private:
  void ask_for_tls(const Done& done, const ErrorValue& why) {
    words_ =
        answer_text(plain_answer(400, "This port speaks HTTPS: begin the address with https://."),
                    {.keep_alive = false});
    asio::async_write(lower(), asio::buffer(words_),
                      [this, done, why](const ErrorValue& /*error*/, std::size_t /*bytes*/) {
                        hang_up_tcp([done, why](const ErrorValue& /*error*/,
                                                std::size_t /*bytes*/) { done(why, 0); });
                      });
  }

  ssl::stream<boost::beast::tcp_stream&> tls_;
  std::string words_;
};

}  // namespace

std::unique_ptr<HttpWire> plain_wire(tcp::socket socket) {
  return std::make_unique<PlainWire>(std::move(socket));
}

std::unique_ptr<HttpWire> tls_wire(tcp::socket socket, ssl::context& context) {
  return std::make_unique<TlsWire>(std::move(socket), context);
}

}  // namespace tonecue

/// @file
/// A client that speaks TLS, and certificates to try it with.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <openssl/types.h>

#include "server/http_client.h"

namespace tonecue::test {

struct TestKey {
  std::string key;          ///< PEM.
  std::string certificate;  ///< PEM, for 127.0.0.1, signed by itself.
};

/// An elliptic key, and a certificate that holds between these days from now.
TestKey make_test_key(int first_day = -1, int last_day = 1);

/// The same key behind a passphrase.
std::string locked(const std::string& key_pem);

class TlsClient : public HttpClient {
 public:
  /// Trusts this certificate alone.
  /// @param newest  TLS1_2_VERSION, …; 0: any.
  TlsClient(int port, const std::string& certificate, int newest = 0);
  ~TlsClient() override;
  TlsClient(TlsClient&&) = delete;

  /// Whether the handshake came to its end.
  bool trusted() const noexcept { return trusted_; }

  /// "TLSv1.3"
  std::string version() const;

  bool has_come(std::chrono::milliseconds patience) override;

 protected:
  std::ptrdiff_t transmit(std::string_view bytes) override;
  std::ptrdiff_t receive(std::span<char> room) override;

 private:
  SSL_CTX* context_ = nullptr;
  SSL* tls_ = nullptr;
  bool trusted_ = false;
};

}  // namespace tonecue::test

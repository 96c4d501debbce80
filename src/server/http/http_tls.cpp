#include "http_tls.h"

#include <cstddef>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace tonecue {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const noexcept {
    Free(thing);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

constexpr std::size_t kLargestFileBytes = std::size_t{1024} * 1024;  // A chain has some kB.

template <class... Args>
tl::unexpected<Error> fault(ErrorCode code, fmt::format_string<Args...> text, Args&&... args) {
  ERR_clear_error();  // What OpenSSL left on this thread.
  return failure(code, fmt::format(text, std::forward<Args>(args)...));
}

Result<std::string> read_file(const std::filesystem::path& path, std::string_view what) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file) {
    text.resize(kLargestFileBytes);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad() || (text.empty() && std::filesystem::is_directory(path))) {
    return fault(ErrorCode::unreadable,
                 "{} with the {} cannot be read; name a file that this user may read",
                 path.native(), what);
  }
  return text;
}

Bio memory(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// No question on the terminal.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) {
  *static_cast<bool*>(asked) = true;
  return 0;
}

std::string day(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "a day that is none";
  return fmt::format("{}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

Result<void> check_time(const Certificate& certificate, const std::string& file) {
  const ASN1_TIME* begin = X509_get0_notBefore(certificate.get());
  const ASN1_TIME* end = X509_get0_notAfter(certificate.get());
  if (X509_cmp_current_time(end) < 0) {
    return fault(ErrorCode::invalid_argument, "the certificate in {} ended on {}; have it renewed",
                 file, day(end));
  }
  if (X509_cmp_current_time(begin) > 0) {
    return fault(ErrorCode::invalid_argument,
                 "the certificate in {} begins on {} only; use one that holds now, or set this "
                 "machine's clock",
                 file, day(begin));
  }
  return {};
}

// The server's own certificate, then those of its issuers.
Result<void> use_certificates(SSL_CTX* context, const std::filesystem::path& path) {
  const auto text = read_file(path, "certificate");
  if (!text) return tl::unexpected(text.error());
  const std::string& file = path.native();
  const Bio bio = memory(*text);
  const Certificate own(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
  if (!own) {
    return fault(ErrorCode::corrupt,
                 "{} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", file);
  }
  if (auto now = check_time(own, file); !now) return now;
  if (SSL_CTX_use_certificate(context, own.get()) != 1) {
    return fault(ErrorCode::invalid_argument,
                 "the certificate in {} is too weak for today's browsers; use one with an RSA key "
                 "of 2048 bits or more, or an elliptic one",
                 file);
  }
  while (Certificate issuer{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    SSL_CTX_add1_chain_cert(context, issuer.get());
  }
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
    return fault(ErrorCode::corrupt, "{} has a broken certificate after the first", file);
  }
  ERR_clear_error();
  return {};
}

Result<void> use_key(SSL_CTX* context, const TlsFiles& files) {
  const auto text = read_file(files.key_file, "key");
  if (!text) return tl::unexpected(text.error());
  const std::string& file = files.key_file.native();
  const Bio bio = memory(*text);
  bool asked = false;
  const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, &asked));
  if (!key && asked) {
    return fault(ErrorCode::unsupported,
                 "the key in {} is locked with a passphrase; give one without (openssl pkey -in "
                 "locked.pem -out open.pem)",
                 file);
  }
  if (!key) {
    return fault(ErrorCode::corrupt,
                 "{} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)", file);
  }
  if (X509_check_private_key(SSL_CTX_get0_certificate(context), key.get()) != 1) {
    return fault(ErrorCode::invalid_argument,
                 "the key in {} does not belong to the certificate in {}; name the pair that was "
                 "made together",
                 file, files.certificate_file.native());
  }
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
    return fault(ErrorCode::unsupported, "the key in {} is of a kind that TLS does not use", file);
  }
  return {};
}

}  // namespace

Result<void> set_up_tls(SSL_CTX* context, const TlsFiles& files) {
  ERR_clear_error();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (auto ok = use_certificates(context, files.certificate_file); !ok) return ok;
  return use_key(context, files);
}

}  // namespace tonecue

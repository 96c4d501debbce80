#include "server/tls_client.h"

#include <cstdint>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace tonecue::test {
namespace {

constexpr long kSecondsPerDay = 86'400;

std::string text_of(BIO* memory) {
  char* begin = nullptr;
  const long size = BIO_get_mem_data(memory, &begin);
  std::string text(begin, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

X509* parse_certificate(const std::string& pem) {
  BIO* memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
  BIO_free(memory);
  return certificate;
}

void add_name(X509* certificate) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string text = "tonecue test";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(text.data()),
                             static_cast<int>(text.size()), -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* address =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(certificate, address, -1);
  X509_EXTENSION_free(address);
}

}  // namespace

TestKey make_test_key(int first_day, int last_day) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), first_day * kSecondsPerDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate), last_day * kSecondsPerDay);
  X509_set_pubkey(certificate, key);
  add_name(certificate);
  X509_sign(certificate, key, EVP_sha256());

  BIO* key_text = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(key_text, key, nullptr, nullptr, 0, nullptr, nullptr);
  BIO* certificate_text = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(certificate_text, certificate);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return {text_of(key_text), text_of(certificate_text)};
}

std::string locked(const std::string& key_pem) {
  BIO* memory = BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr);
  BIO_free(memory);
  BIO* text = BIO_new(BIO_s_mem());
  const std::string word = "secret";
  PEM_write_bio_PKCS8PrivateKey(text, key, EVP_aes_128_cbc(), word.data(),
                                static_cast<int>(word.size()), nullptr, nullptr);
  EVP_PKEY_free(key);
  return text_of(text);
}

TlsClient::TlsClient(int port, const std::string& certificate, int newest)
    : HttpClient(port), context_(SSL_CTX_new(TLS_client_method())) {
  X509* trusted = parse_certificate(certificate);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), trusted);
  X509_free(trusted);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_security_level(context_, 0);  // Old versions are for the server to refuse.
  if (newest != 0) SSL_CTX_set_max_proto_version(context_, newest);
  tls_ = SSL_new(context_);
  SSL_set_mode(tls_, SSL_MODE_AUTO_RETRY);
  SSL_set1_host(tls_, "127.0.0.1");
  SSL_set_fd(tls_, socket());
  trusted_ = SSL_connect(tls_) == 1;
}

TlsClient::~TlsClient() {
  if (trusted_) SSL_shutdown(tls_);
  SSL_free(tls_);
  SSL_CTX_free(context_);
}

std::string TlsClient::version() const { return SSL_get_version(tls_); }

std::ptrdiff_t TlsClient::transmit(std::string_view bytes) {
  return SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
}

std::ptrdiff_t TlsClient::receive(std::span<char> room) {
  return SSL_read(tls_, room.data(), static_cast<int>(room.size()));
}

bool TlsClient::has_come(std::chrono::milliseconds patience) {
  return SSL_pending(tls_) > 0 || HttpClient::has_come(patience);
}

}  // namespace tonecue::test

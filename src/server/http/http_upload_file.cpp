#include "http_upload_file.h"

#include <array>
#include <cerrno>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): POSIX's mkostemp.
#include <unistd.h>

#include "http_guard.h"
#include "tonecue/core/hex.h"

namespace tonecue {
namespace {

HttpResponse answer_to(int reason) {
  const bool is_full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  if (is_full) {
    return plain_answer(507,
                        "There is no room for this file on the server's disk: make some, or ask "
                        "whoever looks after it.");
  }
  return plain_answer(500, "The server cannot write to its folder for files that come in (" +
                               std::generic_category().message(reason) + ").");
}

}  // namespace

void UploadFile::FreeDigest::operator()(EVP_MD_CTX* digest) const noexcept {
  EVP_MD_CTX_free(digest);
}

UploadFile::UploadFile(std::filesystem::path folder)
    : folder_(std::move(folder)), digest_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
}

UploadFile::~UploadFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!path_.empty()) unlink(path_.c_str());
}

bool UploadFile::open() {
  std::string name = (folder_ / kHttpUploadPrefix).native() + "XXXXXX";
  descriptor_ = mkostemp(name.data(), O_CLOEXEC);  // For its owner alone.
  if (descriptor_ >= 0) path_ = std::move(name);
  return descriptor_ >= 0;
}

std::optional<HttpResponse> UploadFile::write(std::string_view piece) {
  if (descriptor_ < 0 && !open()) return answer_to(errno);
  EVP_DigestUpdate(digest_.get(), piece.data(), piece.size());
  size_bytes_ += piece.size();
  while (!piece.empty()) {
    const auto written = ::write(descriptor_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return answer_to(errno);
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
  return std::nullopt;
}

std::shared_ptr<HttpUpload> UploadFile::finish() {
  if (descriptor_ < 0) return nullptr;
  close(std::exchange(descriptor_, -1));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(digest_.get(), digest.data(), &size);
  return std::make_shared<HttpUpload>(std::exchange(path_, {}), size_bytes_,
                                      hex_digits(std::span(digest).first(size)));
}

HttpUpload::HttpUpload(std::filesystem::path path, std::uint64_t size_bytes, std::string sha256)
    : path_(std::move(path)), size_bytes_(size_bytes), sha256_(std::move(sha256)) {}

HttpUpload::HttpUpload(HttpUpload&& other) noexcept
    : path_(std::move(other.path_)),
      size_bytes_(other.size_bytes_),
      sha256_(std::move(other.sha256_)),
      kept_(std::exchange(other.kept_, true)) {}

HttpUpload& HttpUpload::operator=(HttpUpload&& other) noexcept {
  if (this == &other) return *this;
  remove();
  path_ = std::move(other.path_);
  size_bytes_ = other.size_bytes_;
  sha256_ = std::move(other.sha256_);
  kept_ = std::exchange(other.kept_, true);
  return *this;
}

HttpUpload::~HttpUpload() { remove(); }

void HttpUpload::remove() noexcept {
  if (!kept_) unlink(path_.c_str());
}

}  // namespace tonecue

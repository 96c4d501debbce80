#include "tonecue/audio/file_hash.h"

#include <array>
#include <cstddef>
#include <fstream>
#include <memory>
#include <span>
#include <system_error>

#include <openssl/evp.h>

#include "tonecue/core/hex.h"

namespace tonecue {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

}  // namespace

Result<FileHash> hash_file(const std::filesystem::path& path) {
  std::error_code status;
  if (!std::filesystem::exists(path, status)) {
    return failure(ErrorCode::not_found, path.string() + ": there is no such file");
  }
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
  bool well = file.is_open() && !std::filesystem::is_directory(path, status) && digest &&
              EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) == 1;
  FileHash hash;
  std::array<char, kBlockBytes> block{};
  while (well && !file.eof()) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    const auto bytes = file.gcount();
    hash.size_bytes += bytes;
    well = !file.bad() &&
           EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(bytes)) == 1;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (!well || EVP_DigestFinal_ex(digest.get(), bytes.data(), &size) != 1) {
    return failure(ErrorCode::unreadable, path.string() + ": cannot be read; look at who may");
  }
  hash.sha256 = hex_digits(std::span(bytes).first(size));
  return hash;
}

}  // namespace tonecue

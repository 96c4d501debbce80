/// @file
/// A body on its way to the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include <openssl/types.h>

#include "tonecue/server/http_message.h"
#include "tonecue/server/http_upload.h"

namespace tonecue {

/// Goes with its file until finish(). What fails is told as an answer to whoever sends it.
class UploadFile {
 public:
  explicit UploadFile(std::filesystem::path folder);
  ~UploadFile();
  UploadFile(const UploadFile&) = delete;
  UploadFile& operator=(const UploadFile&) = delete;

  /// Makes the file before the first piece.
  std::optional<HttpResponse> write(std::string_view piece);

  /// No more will come.
  /// @return The file; nothing when none of it was written.
  std::shared_ptr<HttpUpload> finish();

 private:
  struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const noexcept;
  };

  bool open();

  std::filesystem::path folder_;
  std::filesystem::path path_;  // Empty: there is no file, or it is not ours any more.
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
  std::uint64_t size_bytes_ = 0;
  int descriptor_ = -1;
};

}  // namespace tonecue

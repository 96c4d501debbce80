/// @file
/// A body that was too much for memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace tonecue {

/// A file that came in, whole, readable by its owner alone. It goes with its handle, unless it was
/// kept. What a crash leaves behind is named `kHttpUploadPrefix` and six more letters.
///
/// Threads: of one thread at a time.
class HttpUpload {
 public:
  /// Takes over a file that is there.
  HttpUpload(std::filesystem::path path, std::uint64_t size_bytes, std::string sha256);

  const std::filesystem::path& path() const noexcept { return path_; }
  std::uint64_t size_bytes() const noexcept { return size_bytes_; }

  /// Of its bytes, 64 lower-case hexadecimal digits; computed as they came.
  const std::string& sha256() const noexcept { return sha256_; }

  /// The file stays, also when it was renamed; it is the caller's from here on. Not flushed to the
  /// disk yet.
  void keep() noexcept { kept_ = true; }

  HttpUpload(HttpUpload&& other) noexcept;
  HttpUpload& operator=(HttpUpload&& other) noexcept;
  HttpUpload(const HttpUpload&) = delete;
  HttpUpload& operator=(const HttpUpload&) = delete;
  ~HttpUpload();  ///< Removes the file.

 private:
  void remove() noexcept;

  std::filesystem::path path_;
  std::uint64_t size_bytes_ = 0;
  std::string sha256_;
  bool kept_ = false;
};

/// How the files of uploads that are under way are named.
inline constexpr const char* kHttpUploadPrefix = ".upload-";

}  // namespace tonecue

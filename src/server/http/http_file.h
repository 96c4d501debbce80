/// @file
/// A file on its way out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Part of an open file, read from its beginning to its end.
class FilePart {
 public:
  /// Takes over the descriptor; nothing of the file is chosen.
  explicit FilePart(int descriptor) noexcept : descriptor_(descriptor) {}
  FilePart(FilePart&& other) noexcept;
  FilePart& operator=(FilePart&& other) noexcept;
  FilePart(const FilePart&) = delete;
  FilePart& operator=(const FilePart&) = delete;
  ~FilePart();

  void choose(std::uint64_t first, std::uint64_t size_bytes) noexcept;
  std::uint64_t left_bytes() const noexcept { return left_bytes_; }

  /// Fills as much of this as is left.
  /// @return How much; 0 when the file cannot be read, or has become shorter.
  std::size_t read(std::span<char> bytes) noexcept;

 private:
  int descriptor_ = -1;
  std::uint64_t at_ = 0;
  std::uint64_t left_bytes_ = 0;
};

struct FileAnswer {
  HttpResponse head;             ///< Has the body of what is answered instead of the file.
  std::optional<FilePart> body;  ///< Nothing: `head` is all.
};

/// Opens it, and sees what of it was asked for.
/// @param head_only  HEAD, which knows no ranges.
FileAnswer open_file(FileResponse file, const HttpRequest& request, bool head_only);

}  // namespace tonecue

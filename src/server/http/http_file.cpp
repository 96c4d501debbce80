#include "http_file.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http_guard.h"
#include "http_range.h"
#include "http_text.h"

namespace tonecue {
namespace {

// Another time or another size is another file.
std::string etag_of(const struct stat& status) {
  return fmt::format("\"{:x}-{:x}{:08x}\"", status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

// Adds the tag, unless the handler gave one.
std::string take_etag(std::vector<NameValue>& headers, const struct stat& status) {
  const auto given = std::ranges::find_if(
      headers, [](const NameValue& header) { return equal_ignoring_case(header.first, "etag"); });
  if (given != headers.end()) return given->second;
  return headers.emplace_back("ETag", etag_of(status)).second;
}

// For browsers that cannot read the other one: what is not plain becomes an underscore.
std::string plain_name(std::string name) {
  std::ranges::replace_if(
      name, [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\' || c == '/'; }, '_');
  return name;
}

std::string disposition(const std::string& name) {
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain_name(name),
                     percent_encoded(name));
}

// A range of another version of the file is of no use (RFC 9110, 13.1.5).
RangeChoice choose(const HttpRequest& request, std::string_view etag, std::uint64_t size_bytes) {
  const std::string_view condition = request.header("if-range");
  const bool is_current = condition.empty() || condition == etag;
  return is_current ? choose_range(request.header("range"), size_bytes) : RangeChoice{};
}

FileAnswer nothing_there() { return {plain_answer(404, "This file is not there any more."), {}}; }

FileAnswer outside(std::uint64_t size_bytes) {
  FileAnswer answer{plain_answer(416, "The file is shorter than that."), {}};
  answer.head.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size_bytes));
  return answer;
}

}  // namespace

FileAnswer open_file(FileResponse file, const HttpRequest& request, bool head_only) {
  // Does not wait for the other end of a pipe.
  const int descriptor = open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return nothing_there();
  FilePart part(descriptor);  // Closes it, whatever comes.
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return nothing_there();
  const auto size_bytes = static_cast<std::uint64_t>(status.st_size);

  HttpResponse head{200, std::move(file.type), "", std::move(file.headers)};
  const std::string etag = take_etag(head.headers, status);
  head.headers.emplace_back("Accept-Ranges", "bytes");
  if (names_etag(request.header("if-none-match"), etag)) {
    head.status = 304;
    return {std::move(head), {}};
  }
  if (!file.download_name.empty()) {
    head.headers.emplace_back("Content-Disposition", disposition(file.download_name));
  }
  const auto range = head_only ? RangeChoice{} : choose(request, etag, size_bytes);
  if (range.kind == RangeChoice::Kind::outside) return outside(size_bytes);
  if (range.kind == RangeChoice::Kind::whole) {
    part.choose(0, size_bytes);
    return {std::move(head), std::move(part)};
  }
  head.status = 206;
  head.headers.emplace_back(
      "Content-Range",
      fmt::format("bytes {}-{}/{}", range.first, range.first + range.size_bytes - 1, size_bytes));
  part.choose(range.first, range.size_bytes);
  return {std::move(head), std::move(part)};
}

FilePart::FilePart(FilePart&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      at_(other.at_),
      left_bytes_(std::exchange(other.left_bytes_, 0)) {}

FilePart& FilePart::operator=(FilePart&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  at_ = other.at_;
  left_bytes_ = std::exchange(other.left_bytes_, 0);
  return *this;
}

FilePart::~FilePart() {
  if (descriptor_ >= 0) close(descriptor_);
}

void FilePart::choose(std::uint64_t first, std::uint64_t size_bytes) noexcept {
  at_ = first;
  left_bytes_ = size_bytes;
}

std::size_t FilePart::read(std::span<char> bytes) noexcept {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_bytes_));
  ssize_t size = 0;
  do {
    size = pread(descriptor_, bytes.data(), wanted, static_cast<off_t>(at_));
  } while (size < 0 && errno == EINTR);
  if (size <= 0) return 0;
  at_ += static_cast<std::uint64_t>(size);
  left_bytes_ -= static_cast<std::uint64_t>(size);
  return static_cast<std::size_t>(size);
}

}  // namespace tonecue

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/http_request_reader.h"

namespace {

constexpr std::size_t kLimitBytes = 1000;

void expect(bool holds) {
  if (!holds) std::abort();
}

// Into the reader, as much as there is room for, at most `step` bytes.
void feed(tonecue::HttpRequestReader& reader, std::string_view& bytes, std::size_t step) {
  const auto room = reader.room();
  expect(!room.empty());
  const std::size_t size = std::min({room.size(), bytes.size(), step});
  std::copy_n(bytes.begin(), size, room.begin());
  bytes.remove_prefix(size);
  size == 0 ? reader.end() : reader.add(size);
}

// @return Whether another request may follow.
bool read_one(tonecue::HttpRequestReader& reader, std::string_view& bytes, std::size_t step) {
  using Step = tonecue::HttpRequestReader::Step;
  reader.begin();
  while (true) {
    switch (reader.step()) {
      case Step::more:
        feed(reader, bytes, step);
        continue;
      case Step::head:
        if (const auto head = reader.head()) {
          expect(head->path.starts_with('/') && !head->method.empty() && head->body.empty());
          for (const auto& [name, value] : head->headers) {
            expect(!name.empty() && value.find_first_of("\r\n") == std::string_view::npos);
          }
        }
        reader.take_body(kLimitBytes, kLimitBytes);
        continue;
      case Step::done:
        expect(reader.body().size() <= kLimitBytes);
        if (const auto size = reader.body_size()) expect(reader.body().size() == *size);
        return reader.keep_alive();
      case Step::broken:
        if (const auto complaint = reader.complaint()) expect(complaint->status >= 400);
        return false;
    }
  }
}

}  // namespace

// First byte: how many come at once; the rest: a connection from its beginning to its end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = data[0] == 0 ? 100'000 : data[0];
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  tonecue::HttpRequestReader reader;
  while (read_one(reader, bytes, step)) {
  }
  return 0;
}

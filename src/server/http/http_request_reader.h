/// @file
/// A request as it comes in, piece by piece (Boost.Beast).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Reads the requests of one connection, one after another:
///
///     reader.begin();
///     for (step = reader.step(); step == Step::more; step = reader.step()) {
///       reader.add(receive(reader.room()));
///     }
///
/// After Step::head the body is let in by take_body(), or not.
class HttpRequestReader {
 public:
  enum class Step {
    more,    ///< Needs bytes.
    head,    ///< The head is there; told once per request.
    done,    ///< So is the body.
    broken,  ///< It will not become a request: complaint().
  };

  HttpRequestReader();
  ~HttpRequestReader();
  HttpRequestReader(const HttpRequestReader&) = delete;
  HttpRequestReader& operator=(const HttpRequestReader&) = delete;

  /// The next request. Of the last one nothing stays but what came behind it.
  void begin();

  /// Where the next bytes go; not empty after Step::more.
  std::span<char> room();
  void add(std::size_t size) noexcept;

  /// No more will come.
  void end() noexcept;

  Step step();

  // --- After Step::head.

  /// All but the body. Nothing when the target makes no sense.
  std::optional<HttpRequest> head() const;
  bool asks_for_head_alone() const;  ///< HEAD.
  bool keep_alive() const;
  bool has_body() const;                           ///< Or the rest of one is to come.
  std::optional<std::uint64_t> body_size() const;  ///< Where it was told.

  /// "100-continue": the sender waits for a sign before the body. Not when some of it has come, or
  /// when it is broken.
  bool waits_for_sign() const;
  bool expects_what_is_unknown() const;

  /// Goes on to read the body. One that turns out longer is Step::broken.
  /// @param room_bytes  At least 1; at most this much of it comes in one piece.
  void take_body(std::uint64_t limit_bytes, std::size_t room_bytes);

  /// What has come of the body; who empties it has it in pieces.
  std::string& body();

  /// What to say of a broken request; nothing when nobody is there to hear it.
  std::optional<HttpResponse> complaint() const;

 private:
  struct Parser;

  std::unique_ptr<Parser> parser_;
  std::string buffer_;
  std::size_t begin_ = 0;  // Of what was received and not read yet.
  std::size_t end_ = 0;
  bool ended_ = false;
  bool head_told_ = false;
};

}  // namespace tonecue
